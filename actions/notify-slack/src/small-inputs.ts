import { parseDuration } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import { webAddress } from '#shared/notices/slack/mrkdwn';

const MOST_BUTTONS = 20; // of the 25 there may be, ours included

/** Labels and addresses of buttons out of YAML. @throws {UserError} that names the first mistake. */
export function parseButtons(yaml: unknown): Readonly<Record<string, string>> {
  const buttons = textsOf(yaml, 'lines such as "Logs: https://logs.example.com"');
  const odd = Object.entries(buttons).find(([, address]) => webAddress(address) === undefined);
  if (odd !== undefined) throw new UserError(`${odd[0]}: accepted is an address that begins with https://`);
  if (Object.keys(buttons).length > MOST_BUTTONS) throw new UserError(`accepted are ${MOST_BUTTONS} buttons at most`);
  return buttons;
}

/** Variables of a workflow out of YAML. @throws {UserError} when one is no text. */
export function parseVariables(yaml: unknown): Readonly<Record<string, string>> {
  return textsOf(yaml, 'lines such as "version: {{ release }}"');
}

/** Milliseconds in `41.2` (seconds) or `1m 5s`. @throws {UserError} on anything else. */
export function parseTook(given: string): number {
  return /^\d+(?:\.\d+)?$/.test(given.trim()) ? Math.round(Number(given) * 1_000) : parseDuration(given.replaceAll(' ', ''));
}

function textsOf(yaml: unknown, accepts: string): Readonly<Record<string, string>> {
  const isMapping = typeof yaml === 'object' && yaml !== null && !Array.isArray(yaml);
  if (!isMapping) throw new UserError(`accepted are ${accepts}`);
  return Object.fromEntries(Object.entries(yaml).map(([name, value]) => {
    if (typeof value === 'object') throw new UserError(`${name}: accepted is text`);
    return [name, String(value)];
  }));
}
