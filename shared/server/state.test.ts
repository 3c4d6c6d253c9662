import { expect, test } from '@jest/globals';
import { parseInspection } from './state.ts';

function roomOf(bytes: string, inodes: string): unknown {
  const inspection = parseInspection(`\u001em space\n${bytes}\n${inodes}\n\u001em end\n`, 'm');
  return inspection.kind === 'state' && [inspection.state.freeBytes, inspection.state.freeInodes];
}

test.each([
  ['/dev/vda 263944568 13 78484664 15% /', '/dev/vda 16777216 542918 16234298 4% /', [78_484_664 * 1_024, 16_234_298]],
  ['//nas/my share 100 40 60 40% /mnt/5% full', '//nas/my share 0 0 0 - /mnt/5% full', [61_440, undefined]],
  ['/dev/sda 100 100 0 100% /', '/dev/sda 0 0 0 0% /', [0, undefined]],
  ['', '', [undefined, undefined]],
])('what df says of the room: %s', (bytes, inodes, expected) => expect(roomOf(bytes, inodes)).toEqual(expected));
