// script/demo compose: three images of a small shop, each beside the one before, under a steady load of users; the third takes itself back.
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startLoad } from '#shared/testing/load';
import { output } from '../process.ts';
import { containerReportOf, containerRepository, containerWorkflow, startContainerMachine, type ContainerMachine } from './containers.ts';
import type { Deliver, DeliveredStep } from './delivery.ts';
import { RELEASES } from './measured.ts';
import { ROOT, show, tellStep, timed, type Outcome, type Showing } from './showing.ts';
import { containerSummary, tell, tellTitle, verdict } from './story.ts';
import { withAct } from './with-act.ts';
import { withBundles } from './with-bundles.ts';

const USERS = { get: 12 };
/** Between an answer and the next request of a user, in ms: about 100 requests a second, each of which starts a process in the container. */
const PAUSE = 100;
const TITLES = [
  `Release ${RELEASES[0]}: the first image`,
  `Release ${RELEASES[1]} over ${RELEASES[0]}`,
  `Release ${RELEASES[2]} over ${RELEASES[1]}: a bad image, healthy at first, failing under real use`,
] as const;

async function demonstrate(showing: Showing): Promise<Outcome> {
  const began = performance.now();
  tellTitle('Getting ready');
  const tree = join(showing.folder, 'tree');
  await timed(showing, 'The release tree, as org/actions@v1', output(process.execPath, [join(ROOT, 'script/src/release-tree.ts'), tree], { cwd: ROOT }));
  const machine = await timed(showing, 'A Docker engine and a registry; sshd, nginx', startContainerMachine(showing));
  Object.assign(process.env, machine.runner); // for steps that are run without act
  const deliver = delivering(showing, machine, showing.runner === 'act' ? withAct(tree) : withBundles);
  await deliver(0);
  tell(`\nFrom here on ${USERS.get} users read (GET /), on keep-alive connections, without a break.`);
  const load = await startLoad({ url: machine.host.url, connections: USERS, pause: PAUSE });
  await deliver(1);
  const switchedAt = lstatSync(join(machine.host.runtimeDir, 'live.sock')).ctimeMs;
  const third = await deliver(2);
  await wait(1_000); // so that users are seen to be served after it all
  const [live, containers, totals] = [await machine.live(), await machine.running(), await load.stop()];
  await machine.stop();
  const report = containerReportOf({ runner: showing.runner, stages: showing.stages, load: totals, switchedAt, third, live, containers, tookMs: performance.now() - began });
  return { report, summary: containerSummary(report), verdict: verdict(report) };
}

/** A function that runs the workflow for one of the releases, telling its steps, and returns them. Throws when one that should pass does not. */
function delivering(showing: Showing, { secrets, variables, runner }: ContainerMachine, deliver: Deliver) {
  return async (index: 0 | 1 | 2): Promise<readonly DeliveredStep[]> => {
    const release = RELEASES[index];
    const steps: DeliveredStep[] = [];
    tellTitle(TITLES[index]);
    showing.log(`\n==== release ${release}\n`);
    await deliver({
      yaml: containerWorkflow(), files: containerRepository(index === 2), inputs: { release }, secrets, variables, runner, runId: String(1_001 + index), signal: showing.signal, onLog: showing.log,
      onStep: (step) => void steps.push(tellStep(showing, release, step)),
    });
    if (index !== 2 && (steps.length === 0 || steps.some(({ passed }) => !passed))) throw new Error(`Release ${release} should have gone through.`);
    return steps;
  };
}

await show('three releases of a web shop in containers', 'examples/demo/compose/deploy.yml', demonstrate);
