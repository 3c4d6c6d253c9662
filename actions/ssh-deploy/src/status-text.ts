import type { LedgerEvent } from '#shared/server/ledger';
import type { Inline } from '#shared/runner/markdown';
import type { SummarySection } from '#shared/runner/summary';
import type { ServiceStatus, Since, SlotStatus } from './service-status.ts';

/** The status as a block of text for the log. */
export function statusText(status: ServiceStatus): string {
  const { candidates, unfinished, events, time } = status;
  return [
    `${status.service} (${status.environment}) on ${status.server}, ${moment(time)}`,
    headline(status),
    ...status.slots.map((slot) => `  slot ${slot.slot.padEnd(5)}  ${slotText(slot, status)}`),
    `  kept for a rollback: ${candidates.join(', ') || 'no other release'}`,
    ...shareText(status),
    ...unconfirmedText(status),
    ...unfinished.map((plan) => `  ! ${unfinishedText(plan, time)}`),
    ...(events.length === 0 ? [] : ['Last events:', ...events.map((event) => `  ${eventText(event, time)}`)]),
  ].join('\n');
}

/** The same for the job summary, with links to the runs. */
export function statusSection(status: ServiceStatus): SummarySection {
  const { events, time, slots, candidates } = status;
  return {
    heading: `${status.service} (${status.environment}) on ${status.server}`,
    paragraphs: [
      headline(status),
      ...slots.map((slot) => `Slot ${slot.slot}: ${slotText(slot, status)}`),
      `Kept for a rollback: ${candidates.join(', ') || 'no other release'}`,
      ...[...shareText(status), ...unconfirmedText(status)].map((line) => line.trim()),
      ...status.unfinished.map((plan) => unfinishedText(plan, time)),
    ],
    ...(events.length === 0 ? {} : { table: { columns: ['When', 'Event', 'Release', 'Slot', 'Generation', 'By', 'Run'], rows: events.map((event) => eventRow(event, time)) } }),
  };
}

/** How long before `now` a time was, both ISO 8601: `12 min ago`. */
export function ago(time: string, now: string): string {
  const seconds = Math.round((Date.parse(now) - Date.parse(time)) / 1_000);
  if (Number.isNaN(seconds)) return 'at an unknown time';
  if (seconds < 0) return `in ${span(-seconds)}`;
  return `${span(seconds)} ago`;
}

function span(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 2 * 86_400 ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / 86_400)} days`;
}

function headline({ live, maintenance, strategy, generation, time, path }: ServiceStatus): string {
  if (strategy === 'none') return 'No deployment has come to its end yet.';
  if (maintenance !== undefined) return `Closed for maintenance${sinceText(maintenance.since, time)}: users get status 503 until operation: maintenance-off of blue-green-switch. Generation ${generation}, in ${path}.`;
  const where = live?.slot === undefined ? 'in place' : `in slot ${live.slot}`;
  const what = live === undefined ? 'Users reach no release yet' : `Users reach ${live.release} ${where}${sinceText(live.since, time)}`;
  return `${what}. Generation ${generation}, in ${path}.`;
}

function slotText({ role, release, since, until }: SlotStatus, { time: now, maintenance, share }: ServiceStatus): string {
  switch (role) {
    case 'empty': return 'empty';
    case 'share': return `${release}: gets ${share?.percent} % of the requests${sinceText(since, now)}`;
    case 'live': return `${release}: ${maintenance === undefined ? `live${sinceText(since, now)}` : 'behind the maintenance page'}`;
    case 'prepared': return `${release}: prepared, waits for its switch${sinceText(since, now)}`;
    case 'failed': return `${release}: taken back${sinceText(since, now).replace(' since', '')}`;
    case 'standby': return `${release}: on standby${sinceText(since, now)}${until === undefined ? '' : `, until ${dated(until, now)}`}`;
  }
}

function shareText({ share }: ServiceStatus): readonly string[] {
  return share === undefined ? [] : [`  ! ${share.release} has a share of the traffic, which is no state to stay in: without a further step it goes back`];
}

function unconfirmedText({ unconfirmed, time }: ServiceStatus): readonly string[] {
  if (unconfirmed === undefined) return [];
  const { slot, back, since } = unconfirmed;
  return [`  ! the switch to slot ${slot}${sinceText(since, time).replace(' since', ' of')} is not confirmed: a boot leads ${back === undefined ? 'nowhere' : `back to slot ${back}`}`];
}

function sinceText({ time, actor, run, url }: Since, now: string): string {
  if (time === undefined) return '';
  const by = [actor === undefined ? '' : ` by ${actor}`, run === undefined ? '' : `, run ${run}`, url === undefined ? '' : ` ${url}`].join('');
  return ` since ${dated(time, now)}${by}`;
}

function dated(time: string, now: string): string {
  return `${moment(time)} (${ago(time, now)})`;
}

function moment(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}

function eventText(event: LedgerEvent, now: string): string {
  const { release, slot, undone, percent, actor, run } = event;
  const what = [event.event, percent === undefined ? undefined : `${percent} % to`, release, slot === undefined ? undefined : `in ${slot}`, undone === undefined ? undefined : `instead of ${undone}`];
  const by = [actor === undefined ? undefined : `by ${actor}`, run === undefined ? undefined : `run ${run}`];
  return [`${dated(event.time, now)}  `, ...what, ...by].filter((part) => part !== undefined).join(' ');
}

function eventRow(event: LedgerEvent, now: string): readonly Inline[] {
  const { release = '', slot = '', undone, actor = '', run = '', url = '', generation } = event;
  const link = url === '' ? run : { text: run || url, href: url };
  return [dated(event.time, now), event.event, undone === undefined ? release : `${release} instead of ${undone}`, slot, String(generation), actor, link];
}

function unfinishedText({ plan, last }: ServiceStatus['unfinished'][number], now: string): string {
  const what = last.endsWith(' verified') ? 'waits to be confirmed' : 'has not ended: it is running, or the next deployment or rollback heals it';
  return `plan ${plan} ${what} (${lastWords(last, now)})`;
}

// A line of the journal: seconds since 1970, then words.
function lastWords(last: string, now: string): string {
  const [, seconds, words] = /^(\d+) (.*)$/.exec(last) ?? [];
  return seconds === undefined ? last : `${words} ${ago(new Date(Number(seconds) * 1_000).toISOString(), now)}`;
}
