import { expect, test } from '@jest/globals';
import { workflowCommand } from './workflow-command.ts';

test('a command is one line, whatever its message and properties hold', () => {
  expect(workflowCommand('endgroup')).toBe('::endgroup::');
  expect(workflowCommand('warning', '100 %\r\nof it')).toBe('::warning::100 %25%0D%0Aof it');
  expect(workflowCommand('error', 'x: y, z', { title: 'a: b, c\n%', file: 'src/a.ts', line: 3, endLine: undefined })).toBe('::error title=a%3A b%2C c%0A%25,file=src/a.ts,line=3::x: y, z');
});
