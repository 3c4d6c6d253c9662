import { formatDuration } from '#shared/core/duration';
import { messageOf } from '#shared/core/errors';
import { formatSize } from '#shared/core/size';
import type { HeaderExpectation, HttpExpectations, VersionExpectation } from './check.ts';
import { NotMeasured } from './failure.ts';
import type { HttpAnswer } from './http-exchange.ts';
import { jsonFault, select } from './json-path.ts';
import { isMatch } from './pattern.ts';
import { SUCCESS, covers, formatStatus } from './status-range.ts';
import { isVersion } from './version.ts';

/** An expectation that was not met, or (inconclusive) could not be judged. */
export interface Fault {
  readonly verdict: 'fail' | 'inconclusive';
  readonly reason: string;
}

/** An answer, and how text of it is shown: quoted, with the request's secrets struck out before anything is cut off. */
export interface Reading extends HttpAnswer {
  readonly say: (text: string) => string;
}

type Probe = () => string | undefined | Promise<string | undefined>;

/** Every expectation the answer does not meet; of an answer with an unexpected status only that is said. */
export async function faultsOf(answer: Reading, expect: HttpExpectations, responseMs: number): Promise<readonly Fault[]> {
  const ranges = expect.status ?? SUCCESS;
  if (!covers(ranges, answer.status)) return [{ verdict: 'fail', reason: statusFault(answer, formatStatus(ranges)) }];
  const probes: Probe[] = [
    () => versionFault(answer, expect.version),
    ...(expect.headers ?? []).map((header) => () => headerFault(answer, header)),
    ...(expect.text ?? []).map((text) => () => textFault(answer, text)),
    ...(expect.matches ?? []).map((pattern) => () => patternFault(answer, pattern)),
    () => jsonFaults(answer, expect),
    () => slowness(responseMs, expect.maxResponseTime),
  ];
  return (await Promise.all(probes.map(judge))).filter((fault) => fault !== undefined);
}

/** The version the answer says it comes from, or undefined where it says none. */
export async function versionOf(answer: HttpAnswer, { header, jsonPath }: VersionExpectation): Promise<string | undefined> {
  if (header !== undefined) return answer.headers[header.toLowerCase()]?.trim() || undefined;
  try {
    const [value] = await select(JSON.parse(answer.body), jsonPath ?? '$');
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() || undefined : undefined;
  } catch {
    return undefined;
  }
}

async function judge(probe: Probe): Promise<Fault | undefined> {
  try {
    const reason = await probe();
    return reason === undefined ? undefined : { verdict: 'fail', reason };
  } catch (error) {
    if (!(error instanceof NotMeasured)) throw error;
    return { verdict: 'inconclusive', reason: error.message };
  }
}

function statusFault({ status, headers, say }: Reading, expected: string): string {
  const target = headers['location'];
  const redirect = target === undefined ? '' : `, which points to ${say(target)}`;
  return `status ${status}${redirect}, expected ${expected}`;
}

function headerFault({ headers, say }: Reading, { name, text, matches }: HeaderExpectation): string | undefined {
  const value = headers[name.toLowerCase()];
  if (value === undefined) return `the header ${name} is missing`;
  if (text !== undefined && !value.toLowerCase().includes(text.toLowerCase())) return `the header ${name} is ${say(value)}, expected ${say(text)}`;
  return matches === undefined || isMatch(matches, value) ? undefined : `the header ${name} is ${say(value)}, which does not match ${say(matches)}`;
}

async function versionFault(answer: Reading, expected: VersionExpectation | undefined): Promise<string | undefined> {
  if (expected === undefined) return undefined;
  const version = await versionOf(answer, expected);
  const place = expected.header === undefined ? `at ${expected.jsonPath} of its body` : `in the header ${expected.header}`;
  const wanted = `expected ${answer.say(expected.equals)}`;
  if (version === undefined && expected.header === undefined) return bodyFault(answer, `the answer does not say its version ${place}, ${wanted}`);
  if (version === undefined) return `the answer does not say its version ${place}, ${wanted}`;
  if (isVersion(version, expected.equals)) return undefined;
  const age = Number(answer.headers['age'] ?? 0);
  const cache = age > 0 ? ` (the answer is ${age} s old, from a cache in between)` : '';
  return `version ${answer.say(version)} answers, ${wanted}${cache}`;
}

function textFault(answer: Reading, text: string): string | undefined {
  return answer.body.includes(text) ? undefined : bodyFault(answer, `the body does not hold ${answer.say(text)}`);
}

function patternFault(answer: Reading, pattern: string): string | undefined {
  return isMatch(pattern, answer.body) ? undefined : bodyFault(answer, `the body does not match ${answer.say(pattern)}`);
}

async function jsonFaults(answer: Reading, { json = [] }: HttpExpectations): Promise<string | undefined> {
  if (json.length === 0) return undefined;
  let document: unknown;
  try {
    document = JSON.parse(answer.body);
  } catch (error) {
    return bodyFault(answer, `the body is not JSON: ${answer.body === '' ? 'it is empty' : answer.say(messageOf(error))}`);
  }
  const faults = await Promise.all(json.map((expectation) => jsonFault(document, expectation, answer.say)));
  return faults.filter((fault) => fault !== undefined).join('; ') || undefined;
}

// What lies behind the limit nobody has read: its absence there proves nothing.
function bodyFault({ body, isCut }: HttpAnswer, reason: string): string {
  if (!isCut) return reason;
  throw new NotMeasured(`${reason}, but only its first ${formatSize(Buffer.byteLength(body))} were read: raise body-limit`);
}

function slowness(responseMs: number, limit: number | undefined): string | undefined {
  if (limit === undefined || responseMs <= limit) return undefined;
  return `the answer took ${formatDuration(responseMs)}, allowed are ${formatDuration(limit)}`;
}
