import { UserError } from '#shared/core/errors';
import type { Case } from '#shared/policy/decide';
import { defaultPolicy } from '#shared/policy/default-policy';
import { readIgnores } from '#shared/policy/ignores/read-ignores';
import { parsePolicy, stageNamed } from '#shared/policy/parse-policy';
import { readVex } from '#shared/policy/vex';
import { checkStages, NO_WAIVERS, parseWaivers, type Waivers } from '#shared/policy/waiver';
import { parseYaml } from '#shared/runner/yaml-text';
import { filesOf, readText, sha256 } from './files.ts';
import type { Inputs } from './inputs.ts';
import type { Fingerprints } from './record.ts';

/** What was decided before any report is read: policy, stage, and every kind of exception on file. */
export interface Rules extends Pick<Case, 'policy' | 'stage' | 'waivers' | 'ignores' | 'exemptions' | 'notes'> {
  readonly fingerprints: Fingerprints;
  /** The waiver file as read, for looking up who brought its lines. */
  readonly waiverText: string | undefined;
}

/** Reads them. @throws {UserError} that names the file and its mistakes: nothing is decided by half of a policy. */
export async function readRules(inputs: Inputs, now: Date): Promise<Rules> {
  const policyText = inputs.policy === undefined ? undefined : readText('policy', inputs.policy);
  const policy = policyText === undefined ? defaultPolicy() : await parsed('policy', inputs.policy!, policyText, parsePolicy);
  const waiverText = inputs.waivers === undefined ? undefined : readText('waivers', inputs.waivers);
  const parse = (yaml: unknown): Waivers => {
    const waivers = parseWaivers(yaml, now);
    checkStages(waivers, Object.keys(policy.stages));
    return waivers;
  };
  const waivers = waiverText === undefined ? NO_WAIVERS : await parsed('waivers', inputs.waivers!, waiverText, parse);
  const ignores = await readAll('ignore-files', inputs.ignoreFiles, readIgnores);
  const vex = await readVex(await readAll('vex', inputs.vex, async (text, file) => ({ text, file })), [...inputs.products, ...inputs.digest.map(plainDigest)], now);
  return {
    policy, stage: stageNamed(policy, inputs.stage), waivers, ignores: ignores.flatMap((one) => one.ignores), exemptions: vex.exemptions,
    notes: [...ignores, vex].flatMap(({ notes }) => notes), waiverText,
    fingerprints: { policy: policyText === undefined ? 'built-in' : sha256(policyText), ...(waiverText !== undefined && { waivers: sha256(waiverText) }) },
  };
}

/** `sha256:…` of `image@sha256:…`. */
export function plainDigest(given: string): string {
  return given.slice(given.lastIndexOf('@') + 1).toLowerCase();
}

async function parsed<Value>(input: string, path: string, text: string, parse: (yaml: unknown) => Value): Promise<Value> {
  try {
    return parse(await parseYaml(text));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${input} ${path}: ${error.message}`);
  }
}

async function readAll<Read>(input: string, patterns: readonly string[], read: (text: string, path: string) => Promise<Read>): Promise<readonly Read[]> {
  const files = patterns.flatMap((pattern) => {
    const found = filesOf(pattern).files;
    if (found.length === 0) throw new UserError(`${input}: there is no file ${pattern}`);
    return found;
  });
  return Promise.all(files.map((path) => read(readText(input, path), path)));
}
