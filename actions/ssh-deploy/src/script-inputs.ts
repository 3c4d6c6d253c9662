import { UserError } from '#shared/core/errors';
import { choice, duration, flag, structure, text } from '#shared/runner/fields';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const ENV = 'YAML of names and plain values, such as APP_ENV: staging';
// A script whose first line asks for another interpreter would be read by a shell as something else.
const SHELL_LINE = /^#!.*\b(ba|da|k|z|a)?sh\b/;

/** The inputs of strategy `script`. */
export const scriptFields = {
  script: text({
    description: 'Commands to run on the server, with strategy `script`: once, by a strict shell, in the home folder of `user`.', multiline: true,
    example: 'cd /srv/shop && docker compose up --detach', check: checkScript,
  }),
  'script-file': text({ description: 'File on the runner that holds them, instead of `script`.', example: 'ops/restart.sh' }),
  shell: choice({
    options: ['bash', 'sh'], default: 'bash',
    description: 'What runs the script: `bash -euo pipefail`, or `sh -eu`. The first command that fails ends it, and so does a variable that is not set; a script that wants it otherwise begins with `set +eu`.',
  }),
  env: structure({
    description: 'Variables for the script, as YAML; each value reaches it exactly as written. They travel on standard input into a file of mode 600, which is deleted before the script\'s first line. Where the name ends like a secret\'s (`PASSWORD`, `TOKEN`, `SECRET`, `KEY` …), the value is hidden in the log, too.',
    example: 'VERSION: ${{ github.ref_name }}', accepts: ENV, schema: 'failsafe', parser: parseEnvironment,
  }),
  'script-timeout': duration({ description: 'How long the script may take. Then the server ends it, with everything that runs in its process group.', default: '10m', min: '1s', max: '6h' }),
  'on-cancel': choice({
    options: ['end', 'go-on'], default: 'end',
    description: 'What becomes of a script when the job is cancelled or out of time: the server ends it with its process group, or it goes on unwatched. When the runner dies or the line drops, it goes on in either case.',
  }),
  capture: flag({ description: 'Put what the script prints on standard output into the output `stdout`.' }),
};

/** What is wrong with them together, for strategy `script`. */
export function scriptMistakes({ script, scriptFile, scriptTimeout, timeout }: { readonly script: string | undefined; readonly scriptFile: string | undefined; readonly scriptTimeout: number; readonly timeout: number }): string[] {
  return [
    ...((script === undefined) === (scriptFile === undefined) ? ['give exactly one of script and script-file'] : []),
    ...(scriptTimeout > timeout ? ['script-timeout is longer than timeout, which ends all of it'] : []),
  ];
}

/** What is wrong with a script's text; undefined when nothing is. */
export function checkScript(script: string): string | undefined {
  const [first = ''] = script.split('\n', 1);
  return !first.startsWith('#!') || SHELL_LINE.test(first) ? undefined : `accepted is a shell script; its first line ${first.slice(0, 80)} asks for something else, which you call from one: python3 - <<'EOF'`;
}

function parseEnvironment(yaml: unknown): Readonly<Record<string, string>> {
  if (typeof yaml !== 'object' || yaml === null || Array.isArray(yaml)) throw new UserError(`accepted is ${ENV}`);
  for (const [name, value] of Object.entries(yaml)) {
    if (!NAME.test(name)) throw new UserError(`${JSON.stringify(name.slice(0, 40))} is no name of a variable: letters, digits and underscores, not beginning with a digit`);
    if (typeof value !== 'string') throw new UserError(`the value of ${name} is no plain text; quote it if it looks like a list or a map`);
    if (value.includes('\0')) throw new UserError(`the value of ${name} holds a NUL byte`);
  }
  return { ...(yaml as Readonly<Record<string, string>>) };
}
