import { PLAN_FORMAT } from '#shared/server/plan';
import { ok, problem, warning, type Diagnosis, type Judge } from './diagnosis.ts';
import type { Examination, LockHolder } from './examination.ts';

const HEADING = `slipway-journal ${PLAN_FORMAT}`;

/** The lock of the service must be free, or held by a plan that runs. */
export const judgeLock: Judge = ({ lock }) => {
  if (!lock.isHeld) return ok('lock', 'is free');
  if (lock.running !== undefined) return warning('lock', `plan ${lock.running.plan} is running (process ${lock.running.pid}); a deployment now waits for it`, `tail -f ~/.slipway/*/plans/${lock.running.plan}/output`);
  const strays = lock.holders.filter(({ isOfStep }) => !isOfStep);
  if (lock.holders.length > 0 && strays.length === 0) return warning('lock', `is held by ${named(lock.holders)}, which a killed plan left; the next one ends it`, '- uses: …/rollback@v1, or deploy again');
  const mend = strays.length === 0 ? 'sudo lslocks' : `kill ${strays.map(({ pid }) => pid).join(' ')}    # and close descriptor 9 where it is started: … 9>&-`;
  return problem('lock', `is held by ${strays.length === 0 ? 'a process of another user' : named(strays)}, which no plan looks after`, mend);
};

/** Plans that did not end are healed by the next deployment, unless a newer version of these actions wrote them. */
export const judgePlans: Judge = (examination) => {
  const { plans, lock } = examination;
  const left = plans.filter(({ plan }) => !lock.isHeld || plan !== lock.running?.plan);
  return left.length === 0 ? ok('plans', 'none is left unfinished') : left.map((plan) => judgePlan(plan));
};

/** Each slot's port must be free where the slot is empty, and used where it holds a release. */
export const judgePorts: Judge = ({ ports: users, links }, { definition }) => {
  const { ports, moreApps = {}, path } = definition;
  if (ports === undefined) return undefined;
  const all = [ports, ...Object.values(moreApps).map((app) => app.ports)];
  return all.flatMap((each) => (['blue', 'green'] as const).map((slot) => ({ slot, port: each[slot] }))).map(({ slot, port }): Diagnosis => {
    const user = users.find((each) => each.port === port);
    const isFull = links.get(`${path}/slots/${slot}`)?.kind === 'link';
    const by = user === undefined ? '' : `${user.owner}${user.process === '' ? '' : `, ${user.process}`}`;
    if (isFull) return user === undefined ? warning(`port ${port}`, `nobody listens, though slot ${slot} holds a release`, `ss -ltn 'sport = :${port}'`) : ok(`port ${port}`, `slot ${slot} listens (${by})`);
    return user === undefined ? ok(`port ${port}`, `is free for slot ${slot}`) : problem(`port ${port}`, `is taken by ${by}, though slot ${slot} is empty: the next release could not listen there`, `sudo ss -ltnp 'sport = :${port}'    # end it, or give other ports`);
  });
};

function named(holders: readonly LockHolder[]): string {
  return holders.map(({ pid, command }) => `process ${pid} (${command})`).join(', ');
}

function judgePlan({ plan, heading, last }: Examination['plans'][number]): Diagnosis {
  if (heading !== HEADING && heading !== '') {
    return problem('plans', `plan ${plan} has the journal format "${heading}", which this version does not know: it would be refused`, 'uses: …/ssh-deploy@<the version that wrote it, or a later one>');
  }
  if (last.endsWith(' verified')) return warning('plans', `plan ${plan} waits to be confirmed; a deployment now would take its switch back first`, '- uses: …/blue-green-switch@v1\n  with: { operation: confirm }');
  return warning('plans', `plan ${plan} did not end (${last.replace(/^\d+ /, '')}); the next deployment or rollback heals it`, '- uses: …/rollback@v1, or deploy again');
}
