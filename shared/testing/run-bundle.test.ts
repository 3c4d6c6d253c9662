import { expect, test } from '@jest/globals';
import { parseFileCommands } from './job-folder.ts';
import { stepEnvironment } from './step-environment.ts';
import { parseCommand, readJobOutput } from './workflow-commands.ts';

const folder = { path: '/t', workspace: '/t/w', temp: '/t/tmp', files: { OUTPUT: '/t/o', STATE: '/t/s', STEP_SUMMARY: '/t/m', ENV: '/t/e', PATH: '/t/p' } };

test('inputs are handed over as GitHub does, defaults and empty ones included', () => {
  const action = { inputs: { 'ssh-key': {}, 'my input': { default: 'd' }, 'timeout': { default: '5m' } } };
  const environment = stepEnvironment(action, folder, { with: { Timeout: '1m' }, env: { DEPLOY_HOST: 'web1' } });
  expect(environment).toMatchObject({ 'INPUT_SSH-KEY': '', 'INPUT_MY_INPUT': 'd', 'INPUT_TIMEOUT': '1m', 'DEPLOY_HOST': 'web1', 'GITHUB_OUTPUT': '/t/o', 'GITHUB_STEP_SUMMARY': '/t/m' });
  expect(environment['GITHUB_RUN_ID']).not.toBe(stepEnvironment(action, folder, {})['GITHUB_RUN_ID']);
});

test('output files are read as GitHub reads them', () => {
  expect(parseFileCommands('a=1=2\nb<<EOF\nx\na=2\nEOF\nc<<E\nE\n')).toEqual({ a: '1=2', b: 'x\na=2', c: '' });
  expect(() => parseFileCommands('b<<EOF\nx\n')).toThrow('delimiter');
  expect(() => parseFileCommands('nonsense')).toThrow('Invalid format');
});

test('workflow commands are recognised as the runner recognises them', () => {
  expect(parseCommand('  ::error title=a%3Ab,file=x::one%0Atwo%25')).toEqual({ name: 'error', message: 'one\ntwo%', title: 'a:b' });
  expect(parseCommand('x ##[group]y')).toEqual({ name: 'group', message: 'y' });
  expect(parseCommand('std::vector')).toBeUndefined();
});

test('masks are kept out of the log', () => {
  expect(readJobOutput('::add-mask::a%0Ab\nhello\n::warning::w\n')).toEqual({ log: 'hello\n::warning::w\n', masks: ['a\nb'], annotations: [{ level: 'warning', message: 'w' }] });
});
