// script/demo: three releases of a small shop onto servers of this demo's own, under a steady load of users.
import { chmodSync, createWriteStream, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findProgram } from '#shared/testing/programs';
import { startLoad } from '#shared/testing/load';
import { output } from '../process.ts';
import { startDatabase } from './database.ts';
import type { Deliver, DeliveredStep } from './delivery.ts';
import { type Notices, paint, type ReleasedStep, startNotices } from './notices.ts';
import { RELEASES, reportOf, type Report, type Stage } from './measured.ts';
import { installedPackages, repository, workflowText } from './repository.ts';
import { startServerMachine, type ServerMachine } from './server-machine.ts';
import { summary, tell, tellScenes, tellStage, tellTitle, verdict } from './story.ts';
import { sweep } from './tidy.ts';
import { withAct } from './with-act.ts';
import { withBundles } from './with-bundles.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const LOG = join(ROOT, '.tools/demo.log');
const PAGE = join(ROOT, '.tools/demo-slack.html');
const PICTURE = join(ROOT, '.tools/demo-slack.png');
const USERS = { get: 12, order: 6 };
/** Between an answer and the next request of a user, in ms: near 300 requests a second. */
const PAUSE = 50;
const TITLES = [
  `Release ${RELEASES[0]}: the first`,
  `Release ${RELEASES[1]} over ${RELEASES[0]}`,
  `Release ${RELEASES[2]} over ${RELEASES[1]}: healthy at first, failing under real use`,
];

interface Demo {
  readonly folder: string;
  readonly runner: 'act' | 'bundles';
  readonly signal: AbortSignal;
  readonly log: (text: string) => void;
  readonly stages: Stage[];
  readonly delivered: ReleasedStep[];
}

async function demonstrate(demo: Demo): Promise<Report> {
  const began = performance.now();
  tellTitle('Getting ready');
  const tree = join(demo.folder, 'tree');
  const [packages, database] = await Promise.all([
    timed(demo, 'The one package the shop needs', installedPackages(join(demo.folder, 'package'))),
    timed(demo, 'PostgreSQL, a cluster of its own', startDatabase(join(demo.folder, 'database'))),
    timed(demo, 'The release tree, as org/actions@v1', output(process.execPath, [join(ROOT, 'script/src/release-tree.ts'), tree], { cwd: ROOT })),
  ]);
  const machine = await timed(demo, 'sshd, nginx, and runit with two slots', startServerMachine(database));
  const notices = await startNotices();
  const deliver = delivering(demo, machine, notices, packages, demo.runner === 'act' ? withAct(tree) : withBundles);
  const blocked = await deliver(0, { isWaived: false });
  tell('  The finding is now waived for two weeks, by somebody other than who asked for it.');
  await deliver(0);
  tell(`\nFrom here on ${USERS.get} users read (GET /) and ${USERS.order} buy (POST /orders), on keep-alive connections, without a break.`);
  const load = await startLoad({ url: machine.host.url, connections: USERS, pause: PAUSE });
  await deliver(1);
  const switchedAt = machine.lastSwitch();
  const third = await deliver(2);
  await wait(1_000); // so that users are seen to be served after it all
  const [live, totals] = [await machine.live(), await load.stop()];
  const storedOrders = await database.countOrders();
  const scenes = notices.scenes(demo.delivered);
  tellTitle('What Slack showed');
  tellScenes(scenes, await paint(scenes, PAGE, PICTURE));
  await Promise.all([machine.stop(), notices.stop()]);
  return reportOf({ runner: demo.runner, stages: demo.stages, blocked, load: totals, storedOrders, switchedAt, third, live, messages: notices.count(), tookMs: performance.now() - began });
}

/** A function that runs the workflow for one of the releases, telling its steps, and returns them. Throws when one that should pass does not. */
function delivering({ stages, delivered, signal, log }: Demo, machine: ServerMachine, notices: Notices, packages: Readonly<Record<string, string>>, deliver: Deliver) {
  return async (index: 0 | 1 | 2, { isWaived } = { isWaived: true }): Promise<readonly DeliveredStep[]> => {
    const release = RELEASES[index];
    const steps: DeliveredStep[] = [];
    tellTitle(isWaived ? TITLES[index] ?? release : `Release ${release}, with a finding that nobody has looked at`);
    log(`\n==== release ${release}\n`);
    const { secrets, variables, runner } = notices.of(index);
    await deliver({
      yaml: workflowText(), files: repository(packages, { isFaulty: index === 2, isWaived }), inputs: { release }, secrets: { ...machine.secrets, ...secrets }, variables: { ...machine.variables, ...variables },
      runId: String(1_001 + index), runner, signal, onLog: log,
      onStep: (step) => {
        const stage = { release, name: step.name, ms: step.ended - step.began, passed: step.passed };
        steps.push(step);
        delivered.push({ ...step, release });
        stages.push(stage);
        tellStage(stage, step.fault);
      },
    });
    if (index !== 2 && isWaived && (steps.length === 0 || steps.some(({ passed }) => !passed))) throw new Error(`Release ${release} should have gone through.`);
    return steps;
  };
}

async function timed<Result>({ stages }: Demo, name: string, work: Promise<Result>): Promise<Result> {
  const began = performance.now();
  const result = await work;
  const stage = { name, ms: Math.round(performance.now() - began), passed: true };
  stages.push(stage);
  tellStage(stage);
  return result;
}

/** Resolves with the signal that asks this process to end. */
function interruption(stop: AbortController): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        stop.abort();
        resolve(signal);
      });
    }
  });
}

function conclude(report: Report, jsonFile: string | undefined): void {
  tellTitle('What users saw');
  tell(summary(report));
  tell(verdict(report));
  tell(`The workflow's own log: ${LOG}`);
  if (jsonFile !== undefined) writeFileSync(jsonFile, `${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = report.ok ? 0 : 1;
}

function tellFailure(error: unknown): void {
  const lines = readFileSync(LOG, 'utf8').trimEnd().split('\n').slice(-60);
  console.error(`\n${lines.join('\n')}\n\nThe demo could not be brought to its end: ${error instanceof Error ? error.message : String(error)}\nThe lines above are the last of ${LOG}.`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'string' }, 'without-act': { type: 'boolean', default: false } } });
  const isActThere = findProgram('act') !== undefined;
  const runner = isActThere && !values['without-act'] ? 'act' : 'bundles';
  // Everything that is started has this folder in its environment, by which it is found again.
  const folder = mkdtempSync(join(tmpdir(), 'slipway-demo-'));
  chmodSync(folder, 0o711); // PostgreSQL's own user passes through
  Object.assign(process.env, { TMPDIR: folder, SLIPWAY_TEST_BUNDLES: '1' });
  const stop = new AbortController();
  const interrupted = interruption(stop);
  const log = createWriteStream(LOG);
  await new Promise((resolve) => log.once('open', resolve));
  tell(`Slipway: three releases of a web shop, ${runner === 'act' ? 'by examples/demo/deploy.yml under act' : `by the steps of examples/demo/deploy.yml, each run as GitHub's runner does (${isActThere ? 'as asked' : 'act is not to be had here'})`}.`);
  const demo: Demo = { folder, runner, signal: stop.signal, log: (text) => void log.write(text), stages: [], delivered: [] };
  const end = demonstrate(demo).then((report) => conclude(report, values.json), (error: unknown) => (stop.signal.aborted ? undefined : tellFailure(error)));
  const signal = await Promise.race([interrupted, end]);
  await sweep(folder);
  if (signal === undefined) return void process.removeAllListeners();
  console.error(`\nStopped by ${signal}. Nothing that was started is left.`);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

await main();
