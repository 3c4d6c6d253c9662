import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { localServer, planOn, removeServers, type LocalServer } from '#shared/testing/local-server';
import { pathWithShell, SHELLS } from '#shared/testing/shells';
import { packet } from './packet.ts';
import { renderPlan, type Plan } from './plan.ts';
import { receiveCommand } from './scripts.ts';

const CLAIM = '"purpose":"rollback","run":"813","url":"https://example.test/runs/813"';

afterAll(removeServers);

describe.each(SHELLS)('a plan that takes its generation as it starts, under %s', (shell) => {
  const it = needs(shell);
  const claimed = (): LocalServer => {
    const host = localServer(pathWithShell(shell));
    host.claim(1);
    return host;
  };

  it('claims and runs where nothing has happened since, once, however often it is sent', async () => {
    const host = claimed();
    const plan = planOn(host, { generation: 2 });
    const length = host.ledger().length;
    expect([await send(host, plan, length), await send(host, plan, length)]).toEqual([0, 0]);
    const claims = host.ledger().split('\n').filter((line) => line.includes('"event":"claim"')).map((line) => JSON.parse(line) as object);
    expect(claims).toMatchObject([{ generation: 1, run: '812' }, { generation: 2, run: '813' }]);
    expect(host.journal(plan)).toContain('final completed');
  });

  it('is not started where another run took over, a plan is under way, or the ledger ends in a torn line', async () => {
    const host = claimed();
    const plan = planOn(host, { generation: 2 });
    const expectRefusal = async (length: number): Promise<void> => {
      const before = host.ledger();
      expect(await send(host, plan, length)).toBe(73);
      expect([host.ledger(), host.has('prepared'), readdirSync(join(host.state, 'incoming'))]).toEqual([before, false, ['lock']]);
    };
    const length = host.ledger().length;
    host.claim(2, '900');
    await expectRefusal(length);
    mkdirSync(join(host.state, 'plans', 'other'));
    writeFileSync(join(host.state, 'plans', 'other', 'journal'), 'slipway-journal 1\n');
    await expectRefusal(host.ledger().length);
    writeFileSync(join(host.state, 'plans', 'other', 'final'), '');
    appendFileSync(join(host.state, 'ledger'), '{"event":"sw');
    await expectRefusal(host.ledger().length);
  });
});

async function send(host: LocalServer, plan: Plan, ledgerLength: number): Promise<unknown> {
  const command = receiveCommand(host.state, plan.id, [String(ledgerLength), String(plan.generation), CLAIM]);
  const child = spawn('sh', ['-c', command], { env: host.env, stdio: ['pipe', 'ignore', 'inherit'] });
  const code = new Promise((resolve) => child.on('close', resolve));
  const texts = { 'plan.sh': renderPlan(plan, 'mark'), journal: 'slipway-journal 1\n', output: '', complete: '' };
  packet(Object.entries(texts).map(([path, text]) => ({ path, mode: 0o600, kind: 'text', text }))).pipe(child.stdin);
  return code;
}
