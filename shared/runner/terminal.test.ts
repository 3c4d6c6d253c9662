import { describe, expect, test } from '@jest/globals';
import { defineAction } from './action.ts';
import { flag, lines, secret, text } from './fields.ts';
import { readWords } from './terminal.ts';

const action = defineAction({
  name: 'sample', title: 'Sample', description: 'A sample.', branding: { icon: 'anchor', color: 'blue' }, commandLine: 'files',
  inputs: { stage: text({ description: 'S.' }), files: lines({ description: 'F.' }), 'dry-run': flag({ description: 'D.' }), token: secret({ description: 'T.' }) }, outputs: {},
});

describe('a command line', () => {
  test.each([
    [['--stage', 'build', 'a.json', 'b.json'], { INPUT_STAGE: 'build', INPUT_FILES: 'a.json\nb.json' }],
    [['--stage=build=1', '--dry-run', 'a.json'], { INPUT_STAGE: 'build=1', 'INPUT_DRY-RUN': 'true', INPUT_FILES: 'a.json' }],
    [['--dry-run', 'false', '--files', 'a', '--files=b'], { 'INPUT_DRY-RUN': 'false', INPUT_FILES: 'a\nb' }],
    [['--stage', '--x'], { INPUT_STAGE: '--x' }],
  ])('%j', (words, wanted) => expect(readWords(action, words)).toEqual(wanted));

  test.each([
    [['--stgae', 'x'], 'sample has no --stgae; the nearest is --stage. --help lists them.'], [['--stage'], '--stage lacks its value'], [['-x'], '-x is nothing that sample takes'],
    [['--constructor', 'x'], 'sample has no --constructor'], [['--token', 'x'], '--token would show a secret in the list of processes: give it as the variable INPUT_TOKEN.'],
  ])('%j is refused', (words, message) => expect(() => readWords(action, words)).toThrow(message));
});
