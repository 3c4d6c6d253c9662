import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runWorkflow } from '#shared/testing/act';
import { needs } from '#shared/testing/equipment';
import { capture } from '../script/src/process.ts';

const script = fileURLToPath(new URL('../script/src/release-tree.ts', import.meta.url));
const actionYml = [
  'name: greet', 'description: Greets.', 'inputs: { whom: { description: Who, required: true } }', 'outputs: { said: { description: What } }',
  'runs:', '  using: node24', '  main: ../../dist/greet/index.js', '',
].join('\n');
const bundle = `
import { appendFileSync } from 'node:fs';
console.log('greeting from ' + process.version + ' in run ' + process.env.GITHUB_RUN_ID + '.' + process.env.GITHUB_RUN_ATTEMPT + ' of ' + process.env.GITHUB_REPOSITORY);
appendFileSync(process.env.GITHUB_OUTPUT, 'said=hello ' + process.env.INPUT_WHOM + '\\n');
`;
let repository = '';

const git = (...args: string[]): string => execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim();
const releaseTree = (...args: string[]): ReturnType<typeof capture> => capture(process.execPath, [script, ...args], { cwd: repository });

function write(path: string, content: string): void {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), content);
}

function commitAll(): void {
  git('add', '--all');
  git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '--quiet', '--message', 'feat: greet');
}

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'slipway-release-'));
  git('init', '--quiet');
  git('config', 'user.name', 'Ada');
  git('config', 'user.email', 'ada@example.com');
  write('actions/greet/action.yml', actionYml);
  write('actions/greet/README.md', 'See [the docs](../../docs/a.md#top), [the source](src/index.ts) and [GitHub](https://github.com).\n');
  write('dist/greet/index.js', bundle);
  write('dist/greet/package.json', '{ "type": "module" }\n');
  commitAll();
});

afterEach(() => rmSync(repository, { recursive: true, force: true }));

describe('the release commit', () => {
  test('is a child of HEAD that only adds the actions at the root', async () => {
    const { stdout, code } = await releaseTree('--commit');
    const id = stdout.trim();
    expect(code).toBe(0);
    expect(git('rev-parse', `${id}^`)).toBe(git('rev-parse', 'HEAD'));
    expect(git('diff', '--name-status', 'HEAD', id).split('\n')).toEqual(['A\tgreet/README.md', 'A\tgreet/action.yml']);
    expect(git('show', `${id}:greet/action.yml`)).toBe(actionYml.replace('../../dist', '../dist').trim());
    expect(git('show', `${id}:greet/README.md`)).toContain('[the docs](../docs/a.md#top), [the source](../actions/greet/src/index.ts) and [GitHub](https://github.com)');
  });

  test('leaves the work tree, the index and the branch as they are, and takes nothing uncommitted', async () => {
    write('actions/greet/action.yml', `${actionYml}# changed\n`);
    write('staged.txt', 'staged');
    git('add', 'staged.txt');
    const before = [git('status', '--porcelain'), git('rev-parse', 'HEAD'), git('branch', '--list')];
    const { stdout } = await releaseTree('--commit');
    expect([git('status', '--porcelain'), git('rev-parse', 'HEAD'), git('branch', '--list')]).toEqual(before);
    expect(git('diff', '--name-status', 'HEAD', stdout.trim())).toBe('A\tgreet/README.md\nA\tgreet/action.yml');
    expect(git('show', `${stdout.trim()}:greet/action.yml`)).not.toContain('changed');
  });

  test.each([
    ['something at the root that is there already', 'greet/notes.md', 'mine', 'greet/notes.md is there already'],
    ['an action without a bundle', 'actions/late/action.yml', actionYml, 'dist/late/index.js is missing'],
    ['an action that starts something else', 'actions/greet/action.yml', actionYml.replace('greet/index.js', 'other/index.js'), 'must say "main: ../../dist/greet/index.js"'],
  ])('is refused for %s', async (_, path, content, message) => {
    write(path, content);
    commitAll();
    const { code, stdout, stderr } = await releaseTree('--commit');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('the release tree', () => {
  test('holds what a commit of the work tree would, and stores nothing in the repository', async () => {
    write('.gitignore', 'ignored\n');
    write('ignored', '');
    write('new.txt', 'new');
    const objects = git('count-objects');
    const out = join(repository, 'ignored-out');
    write('.git/info/exclude', 'ignored-out\n');
    expect(await releaseTree(out)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readdirSync(out).sort()).toEqual(['.gitignore', 'actions', 'dist', 'greet', 'new.txt']);
    expect(readFileSync(join(out, 'greet/action.yml'), 'utf8')).toContain('main: ../dist/greet/index.js');
    expect(git('count-objects')).toBe(objects);
    expect((await releaseTree(out)).stderr).toContain('is not empty');
  });

  needs('act')('runs as org/actions/<name>@v1, on Node 24', async () => {
    const out = join(repository, 'out');
    await releaseTree(out);
    const yaml = [
      'on: { workflow_dispatch: { inputs: { whom: {} } } }', 'jobs:', '  greet:', '    runs-on: ubuntu-latest', '    steps:',
      '      - uses: actions/checkout@v5',
      '      - { id: greet, uses: org/actions/greet@v1, with: { whom: "${{ inputs.whom }} ${{ vars.TITLE }}" } }',
      '      - run: echo "it said ${{ steps.greet.outputs.said }} on $(cat greeted.txt)"',
      '      - { env: { KEY: "${{ secrets.KEY }}" }, run: test "$KEY" = "$(cat key.txt)" }', '',
    ].join('\n');
    const key = 'line "one" $HOME\nline \\two "$KEY"';
    const run = await runWorkflow({
      yaml, releaseTree: out, inputs: { whom: 'Ada' }, variables: { TITLE: 'Countess' }, secrets: { KEY: key },
      runner: { GITHUB_RUN_ID: '812', GITHUB_RUN_ATTEMPT: '2' }, files: { 'greeted.txt': 'Sunday', 'key.txt': key },
    });
    expect(run.log).toMatch(/greeting from v24\.[0-9.]+ in run 812\.2 of acme\/shop/);
    expect(run.log).toContain('it said hello Ada Countess on Sunday');
    expect(run.code).toBe(0);
  });

  needs('act')('a failing step fails the workflow', async () => {
    const out = join(repository, 'out');
    await releaseTree(out);
    const yaml = 'on: workflow_dispatch\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: exit 3 }] } }\n';
    expect((await runWorkflow({ yaml, releaseTree: out })).code).toBe(1);
  });
});
