import type { Host } from './host.ts';
import { runBundle, startBundle, type RunningStep, type Step, type StepResult } from './run-bundle.ts';

/** Inputs of an action, by name. */
export type Inputs = Readonly<Record<string, string>>;

/** What is deployed to: only these parts of a host matter here. */
export type Destination = Pick<Host, 'inputs' | 'makeRelease' | 'url'>;

/** One workflow run against a host: its steps, each run as GitHub runs it. */
export interface Pipeline {
  readonly run: string;
  deploy(version: string, more?: Inputs, fault?: string): Promise<StepResult>;
  switchTraffic(more?: Inputs): Promise<StepResult>;
  rollback(more?: Inputs): Promise<StepResult>;
  /** The switch, not waited for. */
  startSwitch(more?: Inputs): RunningStep;
}

const CONNECTION = ['host', 'port', 'user', 'ssh-key', 'known-hosts', 'service'];
const PROOF: Inputs = { 'version-json-path': '$.version', 'proof-path': '/version' };

/** The inputs that every action against this host needs. */
export function connectionInputs(host: Destination): Inputs {
  return Object.fromEntries(CONNECTION.map((name) => [name, host.inputs[name] as string]));
}

/** The steps of workflow run `run`. */
export function pipeline(host: Destination, run: string): Pipeline {
  const step = (inputs: Inputs): Step => ({ with: inputs, runId: run });
  const connection = connectionInputs(host);
  const startSwitch = (more: Inputs = {}): RunningStep => startBundle('blue-green-switch', step({ ...connection, ...PROOF, 'drain-timeout': '5s', ...more }));
  return {
    run,
    deploy: (version, more = {}, fault) =>
      runBundle('ssh-deploy', step({ ...host.inputs, source: host.makeRelease(version, fault), release: version, 'health-timeout': '30s', ...more })),
    switchTraffic: (more = {}) => startSwitch(more).result,
    startSwitch,
    rollback: (more = {}) => runBundle('rollback', step({ ...connection, ...PROOF, ...more })),
  };
}

/** What a step that must have succeeded put out. Throws with its log when it failed. */
export function outputsOf(result: StepResult): Inputs {
  if (result.code !== 0) throw new Error(`exit ${result.code}\n${result.log}`);
  return result.outputs;
}

/** What a failed step told the user, in one text. */
export function faultTold(result: StepResult): string {
  return result.annotations.filter(({ level }) => level === 'error').map(({ message }) => message).join('\n');
}

/** The version that answers at the public address. */
export async function liveVersion(host: Destination): Promise<string> {
  const answer = await fetch(`${host.url}/version`);
  return ((await answer.json()) as { readonly version: string }).version;
}
