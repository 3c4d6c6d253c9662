import { expect, test } from '@jest/globals';
import type { ServiceDefinition } from './definition.ts';
import { definitionOf, parseInspection } from './state.ts';

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

test('a release keeps what it was deployed with; its ports only while it runs, and nothing where it knew no slots', () => {
  const given = (strategy: string, start: string, port: number): ServiceDefinition => ({ strategy, start, ports: { blue: port, green: port + 1 } }) as ServiceDefinition;
  const now = given('slots', 'start v3', 4001);
  const definitions = new Map([['slots/blue', given('slots', 'start v2', 3001)], ['releases/v2', given('slots', 'start v2', 3001)], ['releases/v1', given('in-place', '', 2001)]]);
  const of = (place: Parameters<typeof definitionOf>[2]): unknown => {
    const { strategy, start, ports } = definitionOf({ slots: { blue: 'v2' }, definition: now, definitions }, now, place);
    return [strategy, start, ports?.blue];
  };
  expect([of({ slot: 'blue', release: 'v2' }), of({ slot: 'green', release: 'v2' }), of({ release: 'v1' })]).toEqual([['slots', 'start v2', 3001], ['slots', 'start v2', 4001], ['slots', 'start v3', 4001]]);
});
