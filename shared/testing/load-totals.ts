import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

/** What a connection asks for, again and again: a page, a body to be hashed, an answer that takes seconds, a slow download, an order to be stored (the demo's shop). */
export type LoadKind = 'get' | 'post' | 'slow' | 'download' | 'order';
/** Why a request counts as lost: cut in flight, not accepted, no answer in time, a 5xx, an answer that is not what was asked for. */
export type LossCause = 'reset' | 'refused' | 'timeout' | 'status' | 'body';
export type StreamKind = 'sse' | 'ws';

/** What a load does. Times are in ms. */
export interface LoadOptions {
  /** Origin, such as http://127.0.0.1:8080. */
  readonly url: string;
  /** Keep-alive connections of each kind, each with one request at a time. */
  readonly connections?: Partial<Readonly<Record<LoadKind, number>>>;
  /** Streams held open; one that ends is opened again. */
  readonly streams?: Partial<Readonly<Record<StreamKind, number>>>;
  /** Between an answer and the next request of a connection; 20 when not given. */
  readonly pause?: number;
  readonly slow?: number;
  readonly downloadBytes?: number;
  readonly bodyBytes?: number;
  /** No answer within this time is a loss; 20 s when not given. */
  readonly limit?: number;
}

/** Counts of one kind; latencies of answered requests, in ms. */
export interface KindTotals {
  readonly sent: number;
  readonly ok: number;
  readonly lost: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** A lost request; `at` and `sentAt` are ms since 1970. */
export interface Loss {
  readonly at: number;
  readonly sentAt: number;
  readonly kind: LoadKind;
  readonly cause: LossCause;
  /** Of the release that answered wrongly; empty when none answered. */
  readonly version: string;
  readonly detail: string;
}

/** Answers of one version; when the first and last of them came, ms since 1970. */
export interface VersionSeen {
  readonly version: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly answers: number;
}

/** An end of a stream that the load did not ask for; clean is with `bye` or close frame. */
export interface StreamEnd {
  readonly at: number;
  readonly kind: StreamKind;
  readonly isClean: boolean;
  readonly version: string;
  readonly detail: string;
}

/** Streams of one kind: opened, ended cleanly by the server, cut, not opened, events received. */
export interface StreamTotals {
  readonly opened: number;
  readonly closed: number;
  readonly cut: number;
  readonly refused: number;
  readonly events: number;
}

/** What became of a load. sent = ok + lost + in flight; a request that was never sent, on a connection closed while idle, is made anew and counted in `renewed`. */
export interface LoadTotals {
  readonly sent: number;
  readonly ok: number;
  readonly lost: number;
  readonly renewed: number;
  readonly kinds: Readonly<Record<LoadKind, KindTotals>>;
  readonly causes: Readonly<Record<LossCause, number>>;
  /** The first of them. */
  readonly losses: readonly Loss[];
  readonly versions: readonly VersionSeen[];
  readonly streams: Readonly<Record<StreamKind, StreamTotals>>;
  /** The first of them. */
  readonly ends: readonly StreamEnd[];
}

/** Ms since 1970, on a clock that all processes of the machine share. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

const LISTED = 200;

/** Counts; `totals()` is a snapshot. */
export interface Tally {
  sent(kind: LoadKind): void;
  answered(kind: LoadKind, version: string, latency: number): void;
  lost(loss: Omit<Loss, 'at'>): void;
  renewed(): void;
  stream(kind: StreamKind, what: 'opened' | 'refused' | 'events'): void;
  ended(end: Omit<StreamEnd, 'at'>): void;
  totals(): LoadTotals;
}

/** A fresh count of everything. */
export function createTally(): Tally {
  const kinds = { get: newKind(), post: newKind(), slow: newKind(), download: newKind(), order: newKind() };
  const causes = { reset: 0, refused: 0, timeout: 0, status: 0, body: 0 };
  const streams = { sse: newStream(), ws: newStream() };
  const losses: Loss[] = [];
  const ends: StreamEnd[] = [];
  const versions = new Map<string, { firstSeen: number; lastSeen: number; answers: number }>();
  let renewed = 0;
  const sum = (of: 'sent' | 'ok' | 'lost'): number => Object.values(kinds).reduce((total, kind) => total + kind[of], 0);
  return {
    sent: (kind) => void (kinds[kind].sent += 1),
    answered: (kind, version, latency) => {
      kinds[kind].ok += 1;
      kinds[kind].micros.record(Math.max(1, Math.round(latency * 1000)));
      const seen = versions.get(version) ?? { firstSeen: now(), lastSeen: 0, answers: 0 };
      versions.set(version, { firstSeen: seen.firstSeen, lastSeen: now(), answers: seen.answers + 1 });
    },
    lost: (loss) => {
      kinds[loss.kind].lost += 1;
      causes[loss.cause] += 1;
      if (losses.length < LISTED) losses.push({ at: now(), ...loss });
    },
    renewed: () => void (renewed += 1),
    stream: (kind, what) => void (streams[kind][what] += 1),
    ended: (end) => {
      streams[end.kind][end.isClean ? 'closed' : 'cut'] += 1;
      if (ends.length < LISTED) ends.push({ at: now(), ...end });
    },
    totals: () => ({
      sent: sum('sent'), ok: sum('ok'), lost: sum('lost'), renewed, causes, losses, streams, ends,
      kinds: { get: totalsOf(kinds.get), post: totalsOf(kinds.post), slow: totalsOf(kinds.slow), download: totalsOf(kinds.download), order: totalsOf(kinds.order) },
      versions: [...versions].map(([version, seen]) => ({ version, ...seen })),
    }),
  };
}

interface KindCount {
  sent: number;
  ok: number;
  lost: number;
  readonly micros: RecordableHistogram;
}

function newKind(): KindCount {
  return { sent: 0, ok: 0, lost: 0, micros: createHistogram() };
}

function newStream(): { opened: number; closed: number; cut: number; refused: number; events: number } {
  return { opened: 0, closed: 0, cut: 0, refused: 0, events: 0 };
}

function totalsOf({ sent, ok, lost, micros }: KindCount): KindTotals {
  const at = (percentile: number): number => micros.percentile(percentile) / 1000;
  return { sent, ok, lost, p50: at(50), p99: at(99), max: ok === 0 ? 0 : micros.max / 1000 };
}
