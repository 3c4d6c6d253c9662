import type { LoadTotals } from '#shared/testing/load-totals';
import type { DeliveredStep } from './delivery.ts';
import { GATE } from './security.ts';
import type { Live } from './server-machine.ts';

/** A stage of the demo: getting ready, or a step of the workflow for a release. */
export interface Stage { readonly release?: string; readonly name: string; readonly ms: number; readonly passed: boolean }

/** What the demo has seen. Times are ms since 1970. */
export interface Seen {
  /** How the workflow was run. */
  readonly runner: 'act' | 'bundles';
  readonly stages: readonly Stage[];
  readonly load: LoadTotals;
  readonly storedOrders: number;
  /** The columns of the table of orders in the end. */
  readonly columns: readonly string[];
  /** When the link was renamed to the second release. */
  readonly switchedAt: number;
  /** The steps of the first release before its finding was waived. */
  readonly blocked: readonly DeliveredStep[];
  /** The steps of the third release. */
  readonly third: readonly DeliveredStep[];
  readonly live: Live;
  /** Messages that stand in Slack's channel. */
  readonly messages: number;
  readonly tookMs: number;
}

/** What users got of the three releases. */
export interface Served {
  readonly requests: number;
  readonly lost: number;
  readonly kinds: Readonly<Record<string, { readonly answered: number; readonly lost: number; readonly p50_ms: number; readonly p99_ms: number; readonly max_ms: number }>>;
  readonly losses: LoadTotals['losses'];
  readonly switch_ms: number;
  readonly bad_news_ms: number;
  readonly rollback_ms: number;
  readonly versions: readonly { readonly version: string; readonly answers: number }[];
}

/** The demo as JSON; docs/demo.md says what each figure is. */
export interface Report extends Served {
  readonly ok: boolean;
  /** Why not, one sentence each. */
  readonly faults: readonly string[];
  readonly runner: 'act' | 'bundles';
  readonly orders_answered: number;
  readonly orders_stored: number;
  readonly orders_columns: readonly string[];
  readonly live: Live;
  readonly slack_messages: number;
  /** Why the security gate kept the first release back, until its finding was waived. */
  readonly gate_said: string;
  readonly stages: readonly Stage[];
  readonly took_ms: number;
}

/** The three releases, in order: the first, a sound one over it, and one that fails under real use. */
export const RELEASES = ['1.0.0', '2.0.0', '3.0.0'] as const;
export type Release = (typeof RELEASES)[number];
/** The steps of the workflow that the demo measures by. */
export const WATCH = 'Watch it under real use';
export const GO_BACK = 'Go back';
export const UNDO = 'Take its migrations back';
// What the migrations of the first two releases make; the third adds a note.
const COLUMNS = ['id', 'item', 'ordered_at', 'channel'];

/** What was seen, in figures, and whether it is what was promised. */
export function reportOf(seen: Seen): Report {
  const { load } = seen;
  const faults = faultsOf(seen);
  return {
    ok: faults.length === 0, faults, runner: seen.runner, ...servedIn(seen), orders_answered: load.kinds.order.ok, orders_stored: seen.storedOrders, orders_columns: seen.columns,
    live: seen.live, slack_messages: seen.messages, gate_said: seen.blocked.at(-1)?.fault ?? '', stages: seen.stages, took_ms: Math.round(seen.tookMs),
  };
}

/** What users got of the three releases, in figures. */
export function servedIn({ load, switchedAt, third }: Pick<Seen, 'load' | 'switchedAt' | 'third'>): Served {
  const spell = (version: string): LoadTotals['versions'][number] | undefined => load.versions.find((each) => each.version === version);
  const verdict = third.find(({ name }) => name === WATCH)?.ended ?? NaN;
  return {
    requests: load.sent, lost: load.lost, losses: load.losses,
    kinds: Object.fromEntries(Object.entries(load.kinds).filter(([, { sent }]) => sent > 0).map(([kind, { ok, lost, p50, p99, max }]) => [kind, { answered: ok, lost, p50_ms: rounded(p50), p99_ms: rounded(p99), max_ms: rounded(max) }])),
    switch_ms: rounded((spell(RELEASES[1])?.firstSeen ?? NaN) - switchedAt),
    bad_news_ms: rounded(verdict - (spell(RELEASES[2])?.firstSeen ?? NaN)),
    rollback_ms: rounded((spell(RELEASES[2])?.lastSeen ?? NaN) - verdict),
    versions: load.versions.map(({ version, answers }) => ({ version, answers })),
  };
}

/** What was not as promised of that: requests lost, a release nobody saw, and a third one that did not fail and go back as it should. */
export function servedFaults({ load, third, live }: Pick<Seen, 'load' | 'third' | 'live'>): string[] {
  const passed = (name: string): boolean | undefined => third.find((step) => step.name === name)?.passed;
  const unseen = RELEASES.filter((release) => !load.versions.some(({ version }) => version === release));
  return [
    ...(load.lost > 0 ? [`${load.lost} of ${load.sent} requests were lost.`] : []),
    ...unseen.map((release) => `No user was ever answered by release ${release}.`),
    ...(passed(WATCH) === false && third.filter((step) => !step.passed).length === 1 ? [] : [`Release ${RELEASES[2]} should have failed at "${WATCH}", and nowhere else.`]),
    ...(passed(GO_BACK) === true ? [] : [`"${GO_BACK}" did not succeed.`]),
    ...(live.release === RELEASES[1] && live.verified ? [] : [`Release ${live.release} is live${live.verified ? '' : ', not verified'}, where ${RELEASES[1]} should be, verified.`]),
  ];
}

function faultsOf({ load, storedOrders, columns, blocked, third, live, messages, stages }: Seen): string[] {
  const answeredOrders = load.kinds.order.ok;
  // The first failure of the gate is the one that is meant to be.
  const early = stages.filter((stage) => stage.release !== RELEASES[2] && !stage.passed).filter(({ name }, index) => name !== GATE || index > 0);
  const kept = blocked.at(-1);
  return [
    ...early.map(({ release, name }) => `"${name}"${release === undefined ? '' : ` of release ${release}`} failed.`),
    ...(kept?.name === GATE && !kept.passed ? [] : [`"${GATE}" should have kept the first release back, and nothing should have followed.`]),
    ...servedFaults({ load, third, live }),
    ...(storedOrders === answeredOrders ? [] : [`${answeredOrders} orders were answered, and ${storedOrders} are stored.`]),
    ...(third.find(({ name }) => name === UNDO)?.passed === true && columns.join() === COLUMNS.join() ? [] : [`The migration of ${RELEASES[2]} was not taken back: orders have ${columns.join(', ')}.`]),
    ...(messages === RELEASES.length ? [] : [`Slack shows ${messages} messages of ${RELEASES.length} deployments.`]),
  ];
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
