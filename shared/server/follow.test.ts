import { expect, test } from '@jest/globals';
import { followAsked } from './follow.ts';

const MARK = '0123456789abcdef';

test.each(['', 'Welcome to web1!\n', 'no end of line '])('a verb that was asked is followed from its heading on, after %j', (greeting) => {
  const follower = followAsked('plan', () => undefined);
  const output = `${greeting}${MARK} 700\nwörds\n\u001e${MARK} state confirmed\n`;
  for (const byte of Buffer.from(output)) follower.hear(Buffer.of(byte));
  expect(follower.outcome().state).toBe('confirmed');
  expect(follower.offset()).toBe(700 + Buffer.byteLength(`wörds\n\u001e${MARK} state confirmed\n`));
});
