import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LoadKind, LoadTotals } from '#shared/testing/load-totals';
import { figureOf, quantile, type Row, type Table } from './benchmark.ts';

/** What was measured of one router. */
export interface RouterFigures {
  readonly name: string;
  /** How many requests it may lose; undefined where it is counted only. */
  readonly goal: number | undefined;
  /** From the order to the first answer of the slot that it named, a switch each, in ms. */
  readonly moves: readonly number[];
  readonly totals: LoadTotals;
  /** Percent. */
  readonly shares: readonly { readonly asked: number; readonly got: number }[];
}

const KINDS: readonly LoadKind[] = ['get', 'post', 'slow', 'download'];
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
export function routerTables(routers: readonly RouterFigures[]): readonly Table[] {
  const rows = (figure: (router: RouterFigures) => number): Row[] => routers.map((router) => ({ name: labelOf(router), figure: figureOf([figure(router)]) }));
  const title = 'From the order to the first answer of the new version';
  return [
    { title: 'Requests lost', unit: 'count', rows: routers.map(lossRow), notes: routers.map(lossNote) },
    { title: 'Streams ended, 6 of each kind open at a time', unit: 'count', rows: routers.flatMap(streamRows) },
    { title, unit: 'ms', rows: routers.map((router) => ({ name: labelOf(router), figure: figureOf(router.moves) })) },
    { title: `${title}: 99 of 100 switches took no longer`, unit: 'ms', rows: rows(({ moves }) => quantile(moves, 0.99)) },
    { title: 'The share that a slot gets', unit: 'share', rows: routers.flatMap(shareRows) },
  ];
}

function labelOf({ name, moves }: RouterFigures): string {
  return `${name}, ${moves.length} switches`;
}

function lossRow(router: RouterFigures): Row {
  return { name: labelOf(router), figure: figureOf([router.totals.lost]), ...(router.goal !== undefined && { goal: { median: router.goal } }) };
}

function lossNote({ name, totals }: RouterFigures): string {
  return `${name}: ${KINDS.map((kind) => `${totals.kinds[kind].lost} of ${totals.kinds[kind].sent.toLocaleString('en')} ${kind}`).join(', ')}.`;
}

function streamRows(router: RouterFigures): readonly Row[] {
  const { streams } = router.totals;
  return (['ws', 'sse'] as const).map((kind) => ({
    name: `${labelOf(router)}, ${kind === 'ws' ? 'WebSockets' : 'event streams'}`, figure: figureOf([streams[kind].closed + streams[kind].cut]),
  }));
}

function shareRows({ name, shares }: RouterFigures): readonly Row[] {
  return shares.map(({ asked, got }) => ({ name: `${name}, asked for ${asked} %`, figure: figureOf([got]) }));
}
