import { appendFileSync } from 'node:fs';

/** Appends a name and its value, of as many lines as it likes, to a file of the runner's such as GITHUB_OUTPUT; without such a file (a run by hand) this does nothing. */
export function appendValue(file: string | undefined, name: string, value: string): void {
  if (!file) return;
  // By hand, because @actions/core loads all of node:crypto for its delimiter: a quarter of the time in which Node starts.
  let delimiter = 'END';
  while (value.includes(delimiter)) delimiter += '_';
  appendFileSync(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
}
