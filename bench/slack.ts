import { globSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startGitHub } from '#shared/testing/github-api';
import { startBundle, type StepResult } from '#shared/testing/run-bundle';
import { FAILURE_CASES, type FailureCase } from '#shared/testing/slack/failure-cases';
import { byToken, byWebhook, startNotice } from '#shared/testing/slack/notice-step';
import { type Slack, startSlack } from '#shared/testing/slack/slack';
import { type Bench, type Benchmark, figureOf, interleave, ratioOf, type Row, type Table } from './benchmark.ts';
import { builtBundles } from './bundles.ts';
import { PEER, peerEntry, peerInputs } from './slack-peer.ts';

const LIMIT_MS = 600_000;
/** The peer waits for minutes, so its cases overlap; they begin one after another, so that the short ones are alone. */
const STAGGER_MS = 5_000;
const SUBJECT = 'Sell tea';

/** One notice from the start of the process to its end, the bundles, and what becomes of both when Slack fails them. */
export const benchmark: Benchmark = {
  title: 'Slack',
  method: `One notice by [${PEER.name}](${PEER.address}) ${PEER.version}, as published, and by notify-slack, each a whole process against a Slack on
loopback that checks what it gets (\`shared/testing/slack\`). The peer sends its text and is done. notify-slack by token looks whether the deployment has a message
already, posts, looks whether another job did so at the same time, and asks for the message's address: four requests. Then both meet the eight failures of
[slack-failures.md](slack-failures.md), each with its own defaults; whatever still runs after ten minutes is ended.`,
  async absent() {
    return (await peerEntry()) === undefined ? `${PEER.name} ${PEER.version}` : undefined;
  },
  async run(bench: Bench) {
    const entries = { peer: (await peerEntry()) as string, ours: (await builtBundles())['notify-slack'] as string };
    return [await oneNotice(entries, bench), sizes(entries), ...(bench.isQuick ? [] : await failures(entries, bench))];
  },
};

interface Entries {
  readonly peer: string;
  readonly ours: string;
}

async function oneNotice(entries: Entries, { isQuick }: Bench): Promise<Table> {
  const slack = await startSlack({ limits: { burst: 100_000 } });
  const contender = (who: keyof Entries, through: FailureCase['through']) => async (): Promise<number> => {
    const { took, code, log } = await told(entries, who, slack, { through }, {});
    if (code !== 0) throw new Error(`${who} failed:\n${log}`);
    return took;
  };
  const measured = await interleave({
    'by webhook, peer': contender('peer', 'webhook'), 'by webhook, ours': contender('ours', 'webhook'), 'by token, peer': contender('peer', 'token'), 'by token, ours': contender('ours', 'token'),
  }, isQuick ? 3 : 30);
  await slack.stop();
  const rows = (['by webhook', 'by token'] as const).flatMap((way): Row[] => {
    const [peer, ours] = [measured[`${way}, peer`], measured[`${way}, ours`]];
    return [{ name: `${PEER.name}, ${way}`, figure: figureOf(peer) }, { name: `notify-slack, ${way}`, figure: figureOf(ours), ratio: ratioOf(ours, peer), goal: { ratio: 1 } }];
  });
  return { title: 'One notice, from start to end', unit: 'ms', ratio: `times ${PEER.name}`, rows };
}

function sizes({ peer, ours }: Entries): Table {
  const bytesOf = (entry: string): number => globSync('**/*.{js,cjs,mjs}', { cwd: dirname(entry) }).reduce((sum, file) => sum + statSync(join(dirname(entry), file)).size, 0);
  const [theirs, own] = [bytesOf(peer), bytesOf(ours)];
  const startsWith = (entry: string): number => statSync(entry).size;
  const row = (name: string, ours_: number, theirs_: number): Row[] => [
    { name: `${PEER.name}, ${name}`, figure: figureOf([theirs_]) }, { name: `notify-slack, ${name}`, figure: figureOf([ours_]), ratio: ours_ / theirs_, goal: { ratio: 1 } },
  ];
  return { title: 'JavaScript in the bundle', unit: 'bytes', ratio: `times ${PEER.name}`, rows: [...row('all of it', own, theirs), ...row('loaded at every start', startsWith(ours), startsWith(peer))] };
}

interface Fate {
  readonly failure: string;
  readonly who: string;
  readonly messages: number;
  readonly took: number;
}

async function failures(entries: Entries, { say }: Bench): Promise<readonly Table[]> {
  say('the eight failures: up to eleven minutes');
  const own: Fate[] = [];
  for (const failure of FAILURE_CASES) own.push(await fateOf(entries, 'ours', failure));
  const theirs = await Promise.all(FAILURE_CASES.map(async (failure, index) => wait(index * STAGGER_MS).then(() => fateOf(entries, 'peer', failure))));
  const fates = theirs.flatMap((fate, index) => [fate, own[index] as Fate]);
  const rows = (value: (fate: Fate) => number): Row[] => fates.map((fate) => ({ name: `${fate.failure}: ${fate.who}`, figure: figureOf([value(fate)]) }));
  return [
    { title: 'When Slack fails: messages in the channel for one notice', unit: 'count', rows: rows(({ messages }) => messages) },
    { title: 'When Slack fails: until the job goes on', unit: 'ms', rows: rows(({ took }) => took), notes: ['What took 600 s was ended then.'] },
  ];
}

async function fateOf(entries: Entries, who: keyof Entries, failure: FailureCase): Promise<Fate> {
  const slack = await startSlack({ limits: { burst: 100 } });
  failure.arrange(slack);
  const github = await startGitHub({ commit: { sha: '0123456789abcdef0123456789abcdef01234567', message: failure.subject ?? SUBJECT, name: 'Ada' } });
  const { took } = await told(entries, who, slack, failure, { 'github-token': github.token }, { GITHUB_API_URL: github.apiUrl });
  const messages = slack.messages('deploys').length;
  await Promise.all([slack.stop(), github.stop()]);
  return { failure: failure.name, who: who === 'peer' ? PEER.name : 'notify-slack', messages, took };
}

async function told(entries: Entries, who: keyof Entries, slack: Slack, failure: Pick<FailureCase, 'through' | 'token' | 'subject'>, more: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}): Promise<StepResult> {
  const place = failure.through === 'webhook' ? byWebhook(slack) : byToken(slack, failure.token);
  const step = who === 'peer'
    ? startBundle('none', { entry: entries.peer, with: peerInputs(slack, failure) })
    : startNotice({ ...place, ...more, status: 'success', release: '1.4.0' }, { entry: entries.ours, env, runId: String(slack.requests.length + 1) });
  const timer = setTimeout(() => void step.kill(), LIMIT_MS);
  const result = await step.result;
  clearTimeout(timer);
  return result;
}
