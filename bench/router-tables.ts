import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LoadKind, LoadTotals, StreamKind } from '#shared/testing/load-totals';
import { quantile, type Grid } from './benchmark.ts';

/** What was measured of one router. */
export interface RouterFigures {
  readonly name: string;
  /** How many requests and streams it may lose; undefined where they are counted only. */
  readonly goal: number | undefined;
  /** From the order to the first answer of the slot that it named, a switch each, in ms. */
  readonly moves: readonly number[];
  readonly totals: LoadTotals;
  /** How many other processes wanted the cores when it began: each router is measured at a time of its own, and a busy machine lengthens the moment of a loss. */
  readonly load?: number;
  /** Percent. */
  readonly shares: readonly { readonly asked: number; readonly got: number }[];
}

const KINDS = { get: 'GET', post: 'POST', slow: 'slow', download: 'download' } as const satisfies Partial<Record<LoadKind, string>>;
const STREAMS = { sse: 'event streams', ws: 'WebSockets' } as const satisfies Record<StreamKind, string>;
const NEAR = 1; // percentage points
// A router each, so that one can be measured again without the others.
const FOLDER = fileURLToPath(new URL('../.tools/bench/routers/', import.meta.url));

/** Keeps what was measured of a router for the next run of others. */
export function keepRouter(figures: RouterFigures): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}${figures.name}.json`, JSON.stringify(figures));
}

/** What is kept, in the order of these names. */
export function keptRouters(names: readonly string[]): readonly RouterFigures[] {
  return names.filter((name) => existsSync(`${FOLDER}${name}.json`)).map((name) => JSON.parse(readFileSync(`${FOLDER}${name}.json`, 'utf8')) as RouterFigures);
}

/** The tables of the routers that were measured. */
export function routerTables(routers: readonly RouterFigures[]): readonly Grid[] {
  return [losses(routers), moves(routers), shares(routers.filter(({ shares: measured }) => measured.length > 0))];
}

function losses(routers: readonly RouterFigures[]): Grid {
  const requests = ({ totals }: RouterFigures): string[] => Object.keys(KINDS).map((kind) => ofAll(totals.kinds[kind as LoadKind].lost, totals.kinds[kind as LoadKind].sent));
  const streams = ({ totals }: RouterFigures): string[] => Object.keys(STREAMS).map((kind) => ofAll(endedOf(totals, kind as StreamKind), totals.streams[kind as StreamKind].opened));
  const told = (router: RouterFigures): string => (router.goal === undefined ? 'counted only' : `0${isLossless(router) ? '' : ', **missed**'}`);
  return {
    title: 'Requests lost and streams ended by the switches, of all there were',
    columns: ['', 'load', 'switches', ...Object.values(KINDS), ...Object.values(STREAMS), 'goal'],
    lines: routers.map((router) => [router.name, router.load?.toFixed(0) ?? '', String(router.moves.length), ...requests(router), ...streams(router), told(router)]),
    missed: routers.filter((router) => router.goal !== undefined && !isLossless(router)).map(({ name }) => `${name}, requests lost`),
  };
}

function moves(routers: readonly RouterFigures[]): Grid {
  return {
    title: 'From the order to the first answer of the new version', columns: ['', 'p50', 'p99', 'longest'], missed: [],
    lines: routers.map(({ name, moves: all }) => [name, ...[0.5, 0.99, 1].map((share) => `${Math.round(quantile(all, share))} ms`)]),
  };
}

function shares(routers: readonly RouterFigures[]): Grid {
  const asked = [...new Set(routers.flatMap(({ shares: measured }) => measured.map((share) => share.asked)))];
  const isNear = (share: { readonly asked: number; readonly got: number }): boolean => Math.abs(share.got - share.asked) <= NEAR;
  return {
    title: 'The share that a slot gets',
    columns: ['', ...asked.map((percent) => `asked for ${percent} %`), 'goal'],
    lines: routers.map(({ name, shares: measured }) => [name, ...measured.map(({ got }) => `${got.toFixed(2)} %`), `within ${NEAR} point${measured.every(isNear) ? '' : ', **missed**'}`]),
    missed: routers.filter(({ shares: measured }) => !measured.every(isNear)).map(({ name }) => `${name}, share`),
  };
}

function isLossless({ totals, goal = 0 }: RouterFigures): boolean {
  return totals.lost + endedOf(totals, 'sse') + endedOf(totals, 'ws') <= goal;
}

function endedOf({ streams }: LoadTotals, kind: StreamKind): number {
  return streams[kind].closed + streams[kind].cut;
}

function ofAll(count: number, all: number): string {
  return `${count.toLocaleString('en')} of ${all.toLocaleString('en')}`;
}
