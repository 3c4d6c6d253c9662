import { inSeconds } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import { overFleet, type HostEnd } from '#shared/fleet/fleet';
import { openServer, type Server } from '#shared/server/server';
import type { Together } from '#shared/server/together';
import type { Action, Job, OutputValue } from './action.ts';
import { stationsOf, tempoOf, type FleetInputs } from './fleet-inputs.ts';

/** The part of a story that is told on one host, by its label; `together` where there are others. */
export type HostStory<Anything extends Action> = (job: Job<Anything>, server: Server, together: Together | undefined, label: string) => Promise<void>;

/** What to say where a fleet came to no common end. */
export interface FleetWords {
  /** What a host has that came to its end, such as "has the release". */
  readonly has: string;
  /** Whether it is a script, which has nothing to prepare. */
  readonly isScript?: boolean;
  /** Whether it only looks: then no host is other than the others for what was found on it. */
  readonly isLook?: boolean;
}

type Outputs = Readonly<Record<string, OutputValue>>;

/**
 * Tells a story on the one host that the inputs name, or on every host of a fleet at once, with a table and a list of how it went on each.
 * @throws {UserError} naming every host on which it failed, and how the others are.
 */
export async function onEveryHost<Anything extends Action>(inputs: FleetInputs, job: Job<Anything>, words: FleetWords, story: HostStory<Anything>): Promise<void> {
  const [only, ...others] = stationsOf(inputs);
  if (only !== undefined && others.length === 0) {
    await using server = await openServer(only.target, job.log, job.signal);
    return await story(job, server, undefined, only.label);
  }
  const began = performance.now();
  const put = new Map<string, Record<string, OutputValue>>();
  const ends = await overFleet(stationsOf(inputs), tempoOf(inputs, words.isScript), job, ({ label, server, log, together }) => {
    const own: Record<string, OutputValue> = {};
    put.set(label, own);
    return story({ ...job, log, output: (values) => void Object.assign(own, values), summarise: () => {} }, server, together, label);
  });
  const outputs = (label: string): Outputs => put.get(label) ?? {};
  const skew = skewOf(ends);
  const hosts = ends.map(({ label, result, reason, seconds }) => ({ label, result, ...(reason !== '' && { reason }), seconds: Number(seconds.toFixed(1)), ...outputs(label) }));
  const common = inCommon(ends.filter(({ result }) => result === 'done').map(({ label }) => outputs(label)));
  (job as Job).output({ ...common, hosts, ...(words.isLook !== true && { 'skew-ms': skew ?? '' }), ...('duration' in common && { duration: inSeconds(performance.now() - began) }) });
  job.summarise({
    heading: `${ends.filter(({ result }) => result === 'done').length} of ${ends.length} hosts done`,
    ...(skew !== undefined && { paragraphs: [`${skew} ms between the first and the last host on which users saw the change.`] }),
    table: { columns: ['Host', 'Result', 'Served before', 'Took', ''], rows: ends.map(({ label, result, served = '', seconds, reason }) => [label, result, served, `${seconds.toFixed(1)} s`, reason.split('\n')[0] ?? '']) },
  });
  const fault = job.signal.aborted ? undefined : faultOf(ends, words);
  job.signal.throwIfAborted();
  if (fault !== undefined) throw new UserError(fault);
  job.log.info(`All ${ends.filter(({ result }) => result === 'done').length} hosts ${words.has}.${skew === undefined ? '' : ` ${skew} ms between the first and the last.`}`);
}

function skewOf(ends: readonly HostEnd[]): number | undefined {
  const times = ends.flatMap(({ actedAt, result }) => (actedAt === undefined || result !== 'done' ? [] : [actedAt]));
  return times.length < 2 ? undefined : Math.round(Math.max(...times) - Math.min(...times));
}

// What all hosts say alike is what the fleet says.
function inCommon(all: readonly Outputs[]): Outputs {
  const [first = {}, ...others] = all;
  return Object.fromEntries(Object.entries(first).filter(([name, value]) => others.every((other) => JSON.stringify(other[name]) === JSON.stringify(value))).concat('duration' in first ? [['duration', first['duration']]] : []));
}

function faultOf(ends: readonly HostEnd[], { has, isLook = false }: FleetWords): string | undefined {
  const named = (result: HostEnd['result']): string => ends.filter((end) => end.result === result).map(({ label }) => label).join(', ');
  const failed = ends.filter(({ result }) => result === 'failed');
  if (failed.length === 0) return undefined;
  const isMixed = !isLook && named('done') !== '';
  return [
    `${failed.length} of ${ends.length} hosts failed:`,
    ...failed.map(({ label, reason }) => `- ${label}: ${reason}`),
    ...(named('held-back') === '' ? [] : [`Held back for that, and as before: ${named('held-back')}.`]),
    ...(isMixed ? [`Mixed until the next run, which makes it one again: ${named('done')} ${has}.`] : []),
  ].join('\n');
}
