import { ENGINE_NEEDS } from '#shared/testing/docker/engine';
import { webApp } from '#shared/testing/docker/image';
import { startStackHost, type StackHost } from '#shared/testing/docker/stack';
import { startLoad } from '#shared/testing/load';
import { quickSwitches } from '#shared/testing/quick-switches';
import type { StepResult } from '#shared/testing/run-bundle';
import type { Bench, Benchmark } from './benchmark.ts';

const REQUESTS = 100_000;
const CONNECTIONS = 60;

/** What a switch of a compose project costs its users. */
export const benchmark: Benchmark = {
  title: 'Switching a compose project under load',
  method: `A service with strategy \`compose\` (a web service, a worker and a singleton in containers of busybox) has a release in each slot, behind nginx with the live socket. ${CONNECTIONS} keep-alive
connections ask for a page without a break until ${REQUESTS.toLocaleString('en-US')} requests are sent, while traffic is moved to and fro, each time by a whole plan with checks, worker, singleton and
confirmation, one as soon as the one before has ended. Lost is what was refused, cut, not answered in 20 s, or answered with an error. The container's web server starts a process for each request.`,
  needs: ['nginx', 'sshd', ...ENGINE_NEEDS],
  async run(bench: Bench) {
    const aim = bench.isQuick ? 2_000 : REQUESTS;
    const stack = await startStackHost();
    try {
      for (const release of ['v1', 'v2']) await releaseTo(stack, release, bench);
      const load = await startLoad({ url: stack.host.url, connections: { get: CONNECTIONS }, pause: 0 });
      await using switches = await quickSwitches(stack.host, 'bench');
      let count = 0;
      for (let sent = 0; sent < aim; sent = (await load.stats()).sent, count += 1) {
        if (count % 20 === 0) bench.say(`${sent} requests, ${count} switches`);
        await switches.move();
      }
      const { sent, lost, kinds: { get } } = await load.stop();
      const told = (ms: number): string => `${Math.round(ms)} ms`;
      return [{
        title: 'Requests lost', columns: ['', 'requests', 'switches', 'lost', 'median', '99 %', 'slowest'],
        lines: [['Slipway, strategy compose', sent.toLocaleString('en-US'), String(count), String(lost), told(get.p50), told(get.p99), told(get.max)]], missed: lost > 0 ? [`${lost} requests were lost`] : [],
      }];
    } finally {
      await stack.stop();
    }
  },
};

async function releaseTo(stack: StackHost, release: string, bench: Bench): Promise<void> {
  bench.say(`releasing ${release}`);
  const app = webApp(release);
  await stack.images(release, { ...app, files: { ...app.files, 'index.html': `<p>${release}</p>\n` } });
  for (const step of [await stack.deploy(release), await stack.switchTraffic()]) mustPass(step);
  stack.nextRun();
}

function mustPass({ code, log }: StepResult): void {
  if (code !== 0) throw new Error(log);
}
