import { expect, test } from '@jest/globals';
import { faultOf } from './faults.ts';
import { type Progress, faultAt } from './progress.ts';

const at = { host: 'web1', port: 22, user: 'deploy', isJump: false };
const login = { methods: [], refused: async () => faultOf('key-refused', at) };

async function kindAt(stage: Progress['stage'], error: object, greeting = ''): Promise<string> {
  const fault = await faultAt({ stage, greeting, methods: [], isPartlyIn: false }, Object.assign(new Error('said so'), error), at, login, 1_000);
  return fault.kind;
}

// What no machine of ours can be made to do at will; the rest is proven against real servers in connection-faults.itest.ts.
test.each([
  ['reaching', { code: 'EHOSTUNREACH' }, '', 'unreachable'],
  ['reaching', { code: 'ENETUNREACH' }, '', 'unreachable'],
  ['reaching', { code: 'ENOTFOUND' }, '', 'dns'],
  ['reaching', { code: 'EAI_AGAIN' }, '', 'dns-down'],
  ['reaching', { code: 'ETIMEDOUT' }, '', 'time-out'],
  ['reaching', { code: 'EACCES' }, '', 'failed'],
  ['greeting', {}, 'Not allowed at this time\r\n', 'crowded'],
  ['handshake', { message: 'Handshake failed: signature verification failed', level: 'handshake' }, '', 'handshake'],
  ['handshake', { code: 'ECONNRESET' }, '', 'reset'],
  ['login', { code: 'ECONNRESET' }, '', 'login-closed'],
] as const)('at %s, %j, having said "%s": %s', async (stage, error, greeting, kind) => expect(await kindAt(stage, error, greeting)).toBe(kind));
