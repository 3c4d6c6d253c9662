import { text } from '#shared/runner/fields';
import type { Field } from '#shared/runner/fields';

/**
 * Text that may hold anything: a workflow pastes commit messages into it, and nobody's commit message may fail a step. Control
 * characters become visible where it is shown.
 */
export function anyText(options: { readonly description: string; readonly example?: string }): Field<string | undefined> {
  return { ...text({ ...options, multiline: true, accepts: 'text' }), parse: (given) => given.trim() };
}

/** Lines of `Label: value`. A line without a label belongs to the value above, for the same reason. */
export function labelled(options: { readonly description: string; readonly example?: string }): Field<Readonly<Record<string, string>>> {
  return { ...anyText(options), accepts: 'lines such as "Ticket: OPS-12"', absent: {}, parse: parseLabelled };
}

/** Labels and values of lines such as `Ticket: OPS-12`. */
function parseLabelled(given: string): Readonly<Record<string, string>> {
  const pairs: [string, string][] = [];
  for (const line of given.split(/\r\n|\n|\r/)) {
    const [, label, value] = /^\s*([^\s:][^:]{0,60}?)\s*:(?:\s+(.*))?$/.exec(line) ?? [];
    const last = pairs.at(-1);
    if (label !== undefined) pairs.push([label, value ?? '']);
    else if (last !== undefined) last[1] = `${last[1]}\n${line}`.trim();
    else if (line.trim() !== '') pairs.push(['Note', line.trim()]);
  }
  return Object.fromEntries(pairs);
}
