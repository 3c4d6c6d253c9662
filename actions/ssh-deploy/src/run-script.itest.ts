import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { hostileValues } from '#shared/testing/hostile-values';
import { waitUntil } from '#shared/testing/ports';
import { isAlive, processes, send } from '#shared/testing/processes';
import { startBundle, type RunningStep } from '#shared/testing/run-bundle';
import { huntFor } from '#shared/testing/secret-hunt';
import { pathWithShell } from '#shared/testing/shells';
import { startSshd, type Sshd } from '#shared/testing/sshd';
import { tellStory, type Told } from '#shared/testing/tell-story';
import { action } from './inputs.ts';
import { sshDeploy } from './ssh-deploy.ts';

type Inputs = Readonly<Record<string, string>>;

const it = needs('sshd', 'bash', 'flock', 'setsid');
const SECRET = 'Wq7-hunter2-correct-horse';

let sshd: Sshd;
beforeAll(async () => { sshd = await startSshd(); });
afterAll(() => sshd.stop());

const connection = (to = sshd): Inputs => ({ host: to.host, port: String(to.port), user: to.user, 'ssh-key': to.key.text, 'known-hosts': to.knownHosts, strategy: 'script' });
const run = (more: Inputs, to = sshd): Promise<Told> => tellStory(action, sshDeploy, { ...connection(to), ...more });
const start = (more: Inputs): RunningStep => startBundle('ssh-deploy', { with: { ...connection(), ...more } });
const home = (to = sshd): string => join(to.folder, 'home');
const plans = (service = 'scripts'): string => join(home(), '.slipway/.scripts', `${service}.production`, 'plans');
const pidIn = (file: string): number => Number(readFileSync(join(home(), file), 'utf8'));

describe('strategy script', () => {
  it('prints both streams as they come, and puts out the exit code and standard output', async () => {
    const { failure, outputs, lines } = await run({ script: 'echo one; echo two >&2; printf "three\\nEND\\n$SERVICE"', capture: 'true' });
    expect(failure).toBeUndefined();
    expect(lines).toEqual(expect.arrayContaining(['one', '\u001B[33mtwo\u001B[0m', 'three']));
    expect(outputs).toMatchObject({ 'exit-code': 0, stdout: 'one\nthree\nEND\nscripts' });
  });

  it.each([
    ['a command that fails', 'false\necho on', 1], ['an unset variable', 'echo "$NOT_SET"\necho on', 1], ['a failure in a pipe', 'exit_7() { exit 7; }; exit_7 | cat\necho on', 7],
    ['an exit', 'exit 42', 42], ['a signal', 'kill -9 $$', 137],
  ])('is strict, and tells the real exit code: %s', async (_, script, code) => {
    const { failure, outputs, lines } = await run({ script });
    expect(outputs['exit-code']).toBe(code);
    expect(failure?.message).toContain(`The script on 127.0.0.1:${sshd.port} failed with exit code ${code}.`);
    expect(lines).not.toContain('on');
  });

  it('tells the last words of a script that fails', async () => {
    expect((await run({ script: 'echo "no such database" >&2; exit 3' })).failure?.message).toContain('failed with exit code 3.\n  | no such database');
  });

  it('does not wait for what it leaves running, which does not hold up the next script either', async () => {
    const { failure } = await run({ script: 'sleep 60 & echo $! >"$HOME/background"' });
    expect(failure).toBeUndefined();
    expect((await run({ script: 'kill -0 "$(cat background)"' })).failure).toBeUndefined();
    send(pidIn('background'), 'SIGKILL');
  });

  it('is ended with its process group when its time is up, even if it does not listen', async () => {
    const { failure, outputs } = await run({ script: `trap '' TERM\nsleep 61 & echo $! >"$HOME/child"; sleep 62`, 'script-timeout': '1s' });
    expect(failure?.message).toContain('was ended after 1 s, the limit set by script-timeout');
    expect(outputs['exit-code']).not.toBe(0);
    expect(isAlive(pidIn('child'))).toBe(false);
  });

  it('is ended when the job is cancelled, or goes on where it was asked to', async () => {
    for (const [onCancel, isGoingOn] of [['end', false], ['go-on', true]] as const) {
      const script = 'echo $$ >"$HOME/own"; echo begun; sleep 3; echo over >"$HOME/over"';
      const step = start({ script, 'on-cancel': onCancel, service: onCancel });
      await step.untilPrinted(/^begun$/m);
      expect((await step.cancel()).code).not.toBe(0);
      await waitUntil('the script has ended', () => !isAlive(pidIn('own')), 15_000);
      expect(existsSync(join(home(), 'over'))).toBe(isGoingOn);
    }
  });

  it('goes on to its end when the runner is killed, and is not run again', async () => {
    const step = start({ script: 'echo begun; sleep 1; echo once >>"$HOME/ran"', service: 'killed' });
    await step.untilPrinted(/^begun$/m);
    await step.kill();
    expect((await run({ script: 'cat ran', service: 'killed', capture: 'true' })).outputs['stdout']).toBe('once');
  });

  it('is heard to its end when the line drops', async () => {
    const step = start({ script: 'for n in 1 2 3 4 5 6; do echo "out $n"; echo "err $n" >&2; sleep 0.5; done', capture: 'true' });
    await step.untilPrinted('out 2');
    await sshd.killConnections();
    const { code, outputs, log } = await step.result;
    expect([code, outputs['stdout']]).toEqual([0, [1, 2, 3, 4, 5, 6].map((n) => `out ${n}`).join('\n')]);
    expect(log.match(/err \d/g)).toHaveLength(6);
  });

  it('scripts of one service wait for each other; where the executor of one was killed, the next ends what it left', async () => {
    const both = [1, 2].map((n) => run({ script: `echo "in ${n}" >>"$HOME/turns"; sleep 0.5; echo "out ${n}" >>"$HOME/turns"`, service: 'turns' }));
    await Promise.all(both);
    expect(readFileSync(join(home(), 'turns'), 'utf8')).toMatch(/^in (\d)\nout \1\nin (\d)\nout \2\n$/);

    const step = start({ script: 'echo $$ >"$HOME/orphan"; echo begun; sleep 63', service: 'turns' });
    await step.untilPrinted(/^begun$/m);
    const executor = processes().find(({ command }) => command.includes(plans('turns')) && command.includes('\0begin\0run'));
    send(executor!.pid, 'SIGKILL');
    expect((await step.result).log).toContain('ended without a word');
    expect((await run({ script: 'echo next', service: 'turns' })).failure).toBeUndefined();
    expect(isAlive(pidIn('orphan'))).toBe(false);
  });

  it('takes along what it has started when only the shell that runs it is killed', async () => {
    const step = start({ script: 'trap "" TERM; echo $$ >"$HOME/left"; sleep 66 & echo begun; wait', service: 'shell' });
    await step.untilPrinted(/^begun$/m);
    const shell = processes().find(({ command }) => command.includes(plans('shell')) && command.includes('\0step\0script'))!;
    send(shell.pid, 'SIGKILL');
    expect((await step.result).code).not.toBe(0);
    expect(isAlive(pidIn('left'))).toBe(false);
  });

  it('takes every value as data, in the environment as in a file', async () => {
    const values = hostileValues(join(home(), 'canary')).map(({ value }) => value).filter((value) => !value.includes('\0') && value.length < 100_000);
    const env = JSON.stringify(Object.fromEntries(values.map((value, index) => [`V${index}`, value])));
    const script = values.map((_, index) => `printf %s "$V${index}" | sha256sum`).join('\n');
    const { outputs } = await run({ script, env, capture: 'true' });
    expect(outputs['stdout']).toBe(values.map((value) => `${createHash('sha256').update(value).digest('hex')}  -`).join('\n'));
    expect(existsSync(join(home(), 'canary'))).toBe(false);
  });

  it('keeps what is secret out of every command line, environment, file and log, but the script\'s own', async () => {
    const hunt = huntFor({ password: SECRET });
    const watch = hunt.watch(() => step.pid);
    const step = start({ script: 'echo "$DB_PASSWORD"; export -n DB_PASSWORD; sleep 1; ls "$HOME"/.slipway/.scripts/hunted.production/plans/*/once', env: `DB_PASSWORD: ${SECRET}`, service: 'hunted' });
    const { code, log, summary, masks } = await step.result;
    expect([code, masks.includes(SECRET)]).toEqual([0, true]);
    expect(log).toContain('\nscript\n');
    expect(log).not.toContain('\nenv\n');
    // The shell that runs the script is given it, and nobody but its user and root can look there.
    const { found } = watch.stop();
    expect(found.filter((place) => !/ bash -euo pipefail /.test(place))).toEqual([]);
    expect([...hunt.inText('log', log), ...hunt.inText('summary', summary)]).toEqual([]);
    expect(hunt.inFiles(home()).filter((place) => !place.includes('/stdout '))).toEqual([]);
    expect(readdirSync(plans('hunted')).flatMap((plan) => readdirSync(join(plans('hunted'), plan)))).not.toContain('once');
  });

  it('reads a file with the line ends of Windows, and refuses what is no shell script', async () => {
    const file = join(sshd.folder, 'ops.sh');
    writeFileSync(file, '#!/usr/bin/env bash\r\nset -x\r\necho "fine"\r\n');
    expect((await run({ 'script-file': file, capture: 'true' })).outputs['stdout']).toBe('fine');
    writeFileSync(file, '#!/usr/bin/env python3\nprint(1)\n');
    expect((await run({ 'script-file': file })).failure?.message).toContain('asks for something else');
    expect((await run({ 'script-file': `${file}.not` })).failure?.message).toContain('cannot be read');
  });

  it('refuses to put out more than an output takes', async () => {
    const { failure, outputs } = await run({ script: 'head -c 300000 /dev/zero | tr "\\0" x', capture: 'true' });
    expect(failure?.message).toContain('printed 300 kB on standard output');
    expect(outputs['stdout']).toBeUndefined();
  });

  it.each(['bash', 'busybox'] as const)('runs by sh where that is %s', async (shell) => {
    const folder = join(sshd.folder, `as-${shell}`);
    mkdirSync(folder);
    const other = await startSshd({ setEnv: { HOME: folder, PATH: pathWithShell(shell, [], join(folder, 'bin')) } });
    const { failure, outputs } = await run({ script: 'umask; echo "$A"', env: 'A: 1.10', shell: 'sh', capture: 'true' }, other);
    const failed = await run({ script: `trap '' TERM; echo $$ >"$HOME/deaf"; sleep 64; sleep 65`, shell: 'sh', 'script-timeout': '1s' }, other);
    const deaf = Number(readFileSync(join(folder, 'deaf'), 'utf8'));
    await other.stop();
    expect([failure, outputs['stdout']]).toEqual([undefined, '0022\n1.10']);
    expect(failed.failure?.message).toContain('was ended after 1 s');
    expect(isAlive(deaf)).toBe(false);
  });
});
