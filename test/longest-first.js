import Sequencer from '@jest/test-sequencer';

// Whole minutes each; one of them begun last would keep one worker busy alone. Where jest knows how long tests took it does so by itself.
const LONGEST = ['kill-matrix', 'kill-runner', 'kill-shares', 'kill-in-place', 'kill-random', 'kill-haproxy', 'kill-routers', 'kill-compose', 'compose', 'rolling', 'fleet-killed', 'fleet', 'backup-killed', 'backup-container', 'lost-requests', 'site', 'disk-full', 'share-races', 'shares', 'secrets', 'executor', 'crowd'];

/** Jest's own order, but the longest first on a machine that has not run them yet. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).map((test) => [test, rank(test)]).sort(([, one], [, other]) => one - other).map(([test]) => test);
  }
}

function rank({ path, duration }) {
  const at = LONGEST.findIndex((name) => path.endsWith(`/${name}.itest.ts`));
  return duration !== undefined || at < 0 ? LONGEST.length : at;
}
