import { readFile } from 'node:fs/promises';
import { formatDuration, inSeconds } from '#shared/core/duration';
import { messageOf, UserError } from '#shared/core/errors';
import { formatSize } from '#shared/core/size';
import type { Job } from '#shared/runner/action';
import { carryOutScript, type ScriptEnd } from '#shared/script/carry-out-script';
import { openScriptState } from '#shared/script/open-state';
import type { Script } from '#shared/script/script-plan';
import { serviceKey } from '#shared/server/definition';
import type { Server } from '#shared/server/server';
import type { Together } from '#shared/server/together';
import type { action, Inputs } from './inputs.ts';
import { checkScript } from './script-inputs.ts';

// GitHub takes 1 MiB of all outputs of a job together, in UTF-16.
const CAPTURE_LIMIT = 262_144;
const NAMELESS = 'scripts';
const SECRET_NAME = /(PASS|PASSWORD|PASSWD|PASSPHRASE|PWD|TOKEN|SECRET|KEY|CREDENTIALS?|DSN|AUTH|WEBHOOK(_URL)?)$/i;

/** Runs a script on the server: strictly, once, and to the end, whether or not the runner lives. */
export async function runScript(inputs: Inputs, job: Job<typeof action>, server: Server, together?: Together): Promise<void> {
  await together?.prepared();
  const began = performance.now();
  const service = inputs.service || NAMELESS;
  for (const [name, value] of Object.entries(inputs.env ?? {})) if (SECRET_NAME.test(name)) job.mask(value);
  const script = await scriptOf({ ...inputs, service }, job);
  if (inputs.dryRun) return job.log.group('Script (dry run: it is not run)', async () => job.log.output(script.text));
  const state = await openScriptState(server, serviceKey(service, inputs.environment), job.run);
  job.log.info(`Running the script with ${inputs.shell}, for ${formatDuration(inputs.scriptTimeout)} at most.`);
  const end = await carryOutScript(server, state, script, { log: job.log, signal: job.signal, endsWithJob: inputs.onCancel === 'end', captureLimit: CAPTURE_LIMIT });
  report({ ...inputs, service }, job, server, end, performance.now() - began);
}

async function scriptOf({ script, scriptFile, shell, env = {}, scriptTimeout, timeout, service, environment }: Inputs, { run }: Job<typeof action>): Promise<Script> {
  const about = { SERVICE: service, ENVIRONMENT: environment, RUN_ID: run.id, RUN_URL: run.url, ACTOR: run.actor, COMMIT: run.commit };
  return { text: script ?? (await readScript(scriptFile ?? '')), shell, environment: { ...about, ...env }, timeout: scriptTimeout, lockWait: timeout, run };
}

async function readScript(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError(`script-file ${path} cannot be read: ${messageOf(error)}. Check it out, or build it, before this step.`);
  });
  const complaint = text.includes('\0') ? 'it holds NUL bytes, so it is no script' : checkScript(text);
  if (complaint !== undefined) throw new UserError(`script-file ${path}: ${complaint}.`);
  return text.replaceAll('\r\n', '\n'); // as a checkout on Windows leaves it
}

function report({ capture, service }: Inputs, job: Job<typeof action>, { label }: Server, end: ScriptEnd, took: number): void {
  const { code, timedOutAfter, stdout, bytes, lastWords } = end;
  job.output({ 'exit-code': code, duration: inSeconds(took), ...(capture && { stdout }) });
  const how = timedOutAfter !== undefined ? `was ended after ${timedOutAfter} s, the limit set by script-timeout` : code === 0 ? `ended well after ${formatDuration(took)}` : `failed with exit code ${code}`;
  job.summarise({ heading: `${service}: script on ${label}`, paragraphs: [`It ${how}.`] });
  if (code !== 0) throw new UserError([`The script on ${label} ${how}.`, ...lastWords.map((line) => `  | ${line}`)].join('\n'));
  job.log.info(`The script ${how}.`);
  if (capture && stdout === undefined) throw new UserError(`The script ended well, but printed ${formatSize(bytes)} on standard output: an output takes ${formatSize(CAPTURE_LIMIT)} at most. Print less, or write it to a file.`);
}
