import { formatDuration } from '#shared/core/duration';
import type { Scene } from '#shared/testing/slack/page';
import type { ContainerReport } from './containers.ts';
import { RELEASES, type Report, type Served, type Stage } from './measured.ts';
import type { Live } from './server-machine.ts';

const NAME_WIDTH = 44;
const SCENE_WIDTH = 46;
const LABEL_WIDTH = 34;
const FAULT_LENGTH = 160;
const isTerminal = process.stdout.isTTY;

/** A blank line and a title for the stages that follow. */
export function tellTitle(title: string): void {
  console.log(`\n${bold(title)}`);
}

/** A stage that has ended, with its time; of one that failed, the first line of why. */
export function tellStage({ name, ms, passed }: Stage, fault = ''): void {
  console.log(`  ${passed ? green('✓') : red('✗')} ${name.padEnd(NAME_WIDTH)}${seconds(ms)}`);
  const reason = fault.split('\n')[0] ?? '';
  if (!passed && reason !== '') console.log(dim(`      ${reason.length > FAULT_LENGTH ? `${reason.slice(0, FAULT_LENGTH)}…` : reason}`));
}

/** How the messages looked at each stage, by their headlines, and the files that show them whole. */
export function tellScenes(scenes: readonly Scene[], files: readonly string[]): void {
  for (const { moment, message } of scenes) console.log(`  ${moment.padEnd(SCENE_WIDTH)} ${message.text}`);
  for (const file of files) console.log(dim(`  As Slack would show it: ${file}`));
}

/** A remark between stages. */
export function tell(text: string): void {
  console.log(text);
}

/** The summary a person reads at the end. */
export function summary(report: Report): string {
  const { kinds, live } = report;
  const [get, order] = [kinds['get'], kinds['order']];
  const rows: readonly Row[] = [
    ['Requests served', `${count(report.requests - report.lost)}   (GET ${count(get?.answered ?? 0)}, POST ${count(order?.answered ?? 0)})`],
    ['Requests lost', report.lost === 0 ? green('0') : red(count(report.lost))],
    ['Orders answered, and stored', `${count(report.orders_answered)}, ${count(report.orders_stored)}, in columns ${report.orders_columns.join(', ')}`],
    answeredBy(report),
    ['Half of the answers within', `${latency(get?.p50_ms)} GET, ${latency(order?.p50_ms)} POST`],
    ['99 % of them within', `${latency(get?.p99_ms)} GET, ${latency(order?.p99_ms)} POST; the slowest took ${latency(Math.max(get?.max_ms ?? 0, order?.max_ms ?? 0))}`],
    ...turns(report),
    liveNow(live),
  ];
  return laidOut(rows);
}

/** The same of the demo with containers. */
export function containerSummary(report: ContainerReport): string {
  const get = report.kinds['get'];
  return laidOut([
    ['Requests served', count(report.requests - report.lost)],
    ['Requests lost', report.lost === 0 ? green('0') : red(count(report.lost))],
    answeredBy(report),
    ['Half of the answers within', `${latency(get?.p50_ms)}; 99 % of them within ${latency(get?.p99_ms)}; the slowest took ${latency(get?.max_ms)}`],
    ...turns(report),
    ['Containers left', report.containers.join(', ')],
    liveNow(report.live),
  ]);
}

type Row = readonly [string, string];

function answeredBy({ versions }: Served): Row {
  const answersOf = (version: string): string => count(versions.find((each) => each.version === version)?.answers ?? 0);
  return [`Answered by ${RELEASES.join(', ')}`, RELEASES.map(answersOf).join(', ')];
}

function turns(served: Served): readonly Row[] {
  return [
    ['2.0.0 took over', `${latency(served.switch_ms)} from the switch to its first answer to a user`],
    ['3.0.0 was found out', `${formatDuration(served.bad_news_ms)} after its first answer to a user`],
    ['Users were back on 2.0.0', `${formatDuration(served.rollback_ms)} after that verdict`],
  ];
}

function liveNow({ release, slot, verified }: Live): Row {
  return ['Live now', `${release} in slot ${slot}${verified ? ', verified' : ', not verified'}`];
}

function laidOut(rows: readonly Row[]): string {
  return rows.map(([label, value]) => `  ${label.padEnd(LABEL_WIDTH)}${value}\n`).join('');
}

/** The last line: all went as promised, or what did not. */
export function verdict({ ok, faults, took_ms: took }: Pick<Report, 'ok' | 'faults' | 'took_ms'>): string {
  const all = `Nobody noticed a thing. All of it took ${formatDuration(took)}.`;
  return ok ? green(bold(all)) : [red(bold('Not as promised:')), ...faults.map((fault) => `  - ${fault}`)].join('\n');
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function latency(ms = NaN): string {
  return ms < 10 ? `${ms.toFixed(1)}ms` : formatDuration(ms);
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`.padStart(8);
}

function coloured(code: number): (text: string) => string {
  return (text) => (isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text);
}
const [bold, dim, red, green] = [coloured(1), coloured(2), coloured(31), coloured(32)];
