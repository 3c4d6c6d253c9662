import type { Figure, Grid, Row, Table, Unit } from '../../bench/benchmark.ts';
import type { Machine, Result } from '../../bench/result.ts';

const HEAD = `<!-- Written by script/docs from bench/results/*.json. Do not edit: run script/bench. -->
# Benchmarks

Each figure stands beside its peer's, measured in turn with it on the same machine in the same minutes: trust the ratios more than the
times. A figure is the median; the middle half of the measurements lay within the range given. A ratio is the median of the ratios
round by round. Run as root, all contenders have a higher priority than whatever else the machine does. A goal is what we aim for; where it
is missed, it says so.

\`script/bench\` measures it all again, \`script/bench NAME...\` some of it; \`--quick\` only tries whether it runs, and keeps nothing.
What a benchmark needs and \`script/setup\` could not install is named, and its old result stays.
`;

/** docs/benchmarks.md, from the results that are kept. */
export function benchmarksPage(results: readonly Result[]): string {
  return [HEAD, ...results.map(section)].join('\n');
}

/** A table as Markdown. */
export function tableText(table: Table | Grid): string {
  return 'columns' in table ? markdown(table, table.columns, table.lines) : figuresText(table);
}

/** What of a table is not as it was aimed for, by name. */
export function missedOf(table: Table | Grid): readonly string[] {
  return 'columns' in table ? table.missed : table.rows.filter((row) => !isReached(row)).map(({ name }) => name);
}

function figuresText(table: Table): string {
  const { unit, ratio, rows } = table;
  const hasGoal = rows.some(({ goal }) => goal !== undefined);
  const cells = (row: Row): string[] => [
    row.name, amount(row.figure.median, unit), spread(row.figure, unit),
    ...(ratio === undefined ? [] : [row.ratio === undefined ? '' : multiple(row.ratio)]),
    ...(hasGoal ? [goalText(row, unit)] : []),
  ];
  const head = ['', 'median', 'middle half', ...(ratio === undefined ? [] : [ratio]), ...(hasGoal ? ['goal'] : [])];
  return markdown(table, head, rows.map(cells));
}

function markdown({ title, notes = [] }: Table | Grid, head: readonly string[], lines: readonly (readonly string[])[]): string {
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  const all = [head, rule, ...lines].map((line) => `| ${line.join(' | ')} |`);
  return [`**${title}**`, '', ...all, ...notes.flatMap((note) => ['', note])].join('\n');
}

/** Whether a row is what was aimed for; a row without a goal is. */
export function isReached({ figure, ratio, goal }: Row): boolean {
  if (goal === undefined) return true;
  return 'ratio' in goal ? ratio !== undefined && ratio <= goal.ratio : figure.median <= goal.median;
}

function section({ name, title, method, measured, machine, tables }: Result): string {
  return [`## ${title}`, method.trim(), ...tables.map(tableText), `*bench/${name}.ts, ${measured}: ${machineText(machine)}.*`, ''].join('\n\n');
}

function machineText({ cores, memory, system, kernel, node, load }: Machine): string {
  return `${cores} cores, ${memory} GiB, ${system}, Linux ${kernel}, Node ${node.slice(1)}, load ${load} when it began`;
}

function goalText(row: Row, unit: Unit): string {
  if (row.goal === undefined) return '';
  const aim = 'ratio' in row.goal ? multiple(row.goal.ratio) : amount(row.goal.median, unit);
  return `≤ ${aim}${isReached(row) ? '' : ', **missed**'}`;
}

function spread({ low, high, count }: Figure, unit: Unit): string {
  return count === 1 ? '' : `${amount(low, unit)} – ${amount(high, unit)} of ${count}`;
}

function multiple(ratio: number): string {
  return `${significant(ratio)} ×`;
}

function amount(value: number, unit: Unit): string {
  switch (unit) {
    case 'ms': return value < 1_000 ? `${significant(value)} ms` : `${(value / 1_000).toFixed(2)} s`;
    case 'bytes': return value < 1_000_000 ? `${Math.round(value / 1_000)} kB` : `${(value / 1_000_000).toFixed(2)} MB`;
    case 'rate': return `${significant(value / 1_000_000)} MB/s`;
    case 'share': return `${value.toFixed(1)} %`;
    case 'count': return String(Math.round(value * 10) / 10);
  }
}

function significant(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2);
}
