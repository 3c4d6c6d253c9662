// script/demo: three releases of a small shop onto servers of this demo's own, under a steady load of users.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startLoad } from '#shared/testing/load';
import { output } from '../process.ts';
import { startDatabase } from './database.ts';
import type { Deliver, DeliveredStep } from './delivery.ts';
import { type Notices, paint, type ReleasedStep, startNotices } from './notices.ts';
import { RELEASES, reportOf } from './measured.ts';
import { installedPackages, repository, workflowText } from './repository.ts';
import { startServerMachine, type ServerMachine } from './server-machine.ts';
import { ROOT, show, tellStep, timed, type Outcome, type Showing } from './showing.ts';
import { summary, tell, tellScenes, tellTitle, verdict } from './story.ts';
import { withAct } from './with-act.ts';
import { withBundles } from './with-bundles.ts';

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

interface Demo extends Showing { readonly delivered: ReleasedStep[] }

async function demonstrate(showing: Showing): Promise<Outcome> {
  const demo: Demo = { ...showing, delivered: [] };
  const began = performance.now();
  tellTitle('Getting ready');
  const tree = join(demo.folder, 'tree');
  const [packages, database] = await Promise.all([
    timed(demo, 'The one package the shop needs', installedPackages(join(demo.folder, 'package'))),
    timed(demo, 'PostgreSQL, a cluster of its own', startDatabase(join(demo.folder, 'database'))),
    timed(demo, 'The release tree, as org/actions@v1', output(process.execPath, [join(ROOT, 'script/src/release-tree.ts'), tree], { cwd: ROOT })),
  ]);
  const machine = await timed(demo, 'sshd, nginx, and runit with two slots', startServerMachine(database, demo.folder));
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
  const [storedOrders, columns] = [await database.countOrders(), await database.columns()];
  const scenes = notices.scenes(demo.delivered);
  tellTitle('What Slack showed');
  tellScenes(scenes, await paint(scenes, PAGE, PICTURE));
  await Promise.all([machine.stop(), notices.stop()]);
  const report = reportOf({ runner: demo.runner, stages: demo.stages, blocked, load: totals, storedOrders, columns, switchedAt, third, live, messages: notices.count(), tookMs: performance.now() - began });
  return { report, summary: summary(report), verdict: verdict(report) };
}

/** A function that runs the workflow for one of the releases, telling its steps, and returns them. Throws when one that should pass does not. */
function delivering(demo: Demo, machine: ServerMachine, notices: Notices, packages: Readonly<Record<string, string>>, deliver: Deliver) {
  const { delivered, signal, log } = demo;
  return async (index: 0 | 1 | 2, { isWaived } = { isWaived: true }): Promise<readonly DeliveredStep[]> => {
    const release = RELEASES[index];
    const steps: DeliveredStep[] = [];
    tellTitle(isWaived ? TITLES[index] ?? release : `Release ${release}, with a finding that nobody has looked at`);
    log(`\n==== release ${release}\n`);
    const { secrets, variables, runner } = notices.of(index);
    await deliver({
      yaml: workflowText(), files: repository(packages, { release, isWaived }), inputs: { release }, secrets: { ...machine.secrets, ...secrets }, variables: { ...machine.variables, ...variables },
      runId: String(1_001 + index), runner, signal, onLog: log,
      onStep: (step) => {
        steps.push(tellStep(demo, release, step));
        delivered.push({ ...step, release });
      },
    });
    if (index !== 2 && isWaived && (steps.length === 0 || steps.some(({ passed }) => !passed))) throw new Error(`Release ${release} should have gone through.`);
    return steps;
  };
}

await show('three releases of a web shop', 'examples/demo/deploy.yml', demonstrate);
