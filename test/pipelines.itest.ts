import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { runWorkflow, type WorkflowRun } from '#shared/testing/act';
import { ENGINE_NEEDS, startEngine, type Engine } from '#shared/testing/docker/engine';
import { buildImage } from '#shared/testing/docker/image';
import { importPostgres } from '#shared/testing/docker/machine-image';
import { startRegistry, type Registry } from '#shared/testing/docker/registry';
import { missing, needs, needsFull } from '#shared/testing/equipment';
import { startHost, type Host } from '#shared/testing/host';
import { startNginx, startNginxForApps } from '#shared/testing/nginx';
import { freePort, waitUntil } from '#shared/testing/ports';
import type { ProxyStart } from '#shared/testing/proxy';
import { output } from '../script/src/process.ts';

// The workflows of examples/docker-service, cash-register and shop as people copy them, with their own hosts, ports and registry filled in: act
// runs them, images are built and pushed by a real engine, and pulled by the same one as the server's. Stand-ins: GitHub's command line, an approval, artifacts.

const NEEDS = ['act', 'nginx', 'sqlite3', ...ENGINE_NEEDS] as const;
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LIMIT = 240_000;
const ACCOUNT = { user: 'nektos/act', password: 'a-token-of-the-test' }; // act's own name for who started a run

// Answers at every path that one of the pipelines asks, with the version it was started as.
const APP = `site=/site$PREFIX; mkdir -p $site/v1 $site/web/database
for name in version health v1/health web/health web/database/selector; do printf '{"version":"%s"}' "$VERSION" >$site/$name; done
[ "$BROKEN" != 1 ] || rm $site/health; trap "exit 0" TERM; httpd -f -p $\{LISTEN:-80} -h /site & wait
`;

let engine: Engine;
let registry: Registry;
let host: Host | undefined;
const root = mkdtempSync(join(tmpdir(), 'pipelines-'));
const [tree, programs, actions] = [join(root, 'tree'), join(root, 'programs'), join(root, 'actions')];

beforeAll(async () => {
  if (missing(...NEEDS).length > 0) return;
  await output(process.execPath, [join(ROOT, 'script/src/release-tree.ts'), tree], { cwd: ROOT });
  engine = await startEngine();
  registry = await startRegistry(ACCOUNT);
  await buildImage(engine, 'app:1', { run: APP });
  for (const action of ['approval', 'artifact']) put(`actions/${action}/action.yml`, JSON.stringify({ name: action, description: action, runs: { using: 'composite', steps: [{ shell: 'bash', run: 'true' }] } }));
  put('programs/gh', `#!/bin/sh\necho "$*" >>${root}/gh\ncase "$*" in
    *commits*) cat ${root}/staged ;; *statuses*) echo "success $(date -d '30 hours ago' --iso-8601=seconds)" ;; *deployments*) echo "$(cat ${root}/staged) 7" ;; 'release view'*) exit 1 ;;
  esac\n`);
  chmodSync(join(programs, 'gh'), 0o755);
}, LIMIT);
afterEach(async () => {
  const containers = await engine.docker('ps', '--all', '--quiet');
  if (containers !== '') await engine.docker('rm', '--force', ...containers.split('\n'));
  await host?.stop(/plan\.sh timer|sleep /);
  host = undefined;
});
afterAll(async () => {
  await engine?.stop();
  await registry?.close();
  rmSync(root, { recursive: true, force: true });
});

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** A pipeline's folder below examples/, and what of it is filled in besides. */
interface Pipeline {
  readonly folder: string;
  readonly service: string;
  readonly proxy?: ProxyStart;
  readonly replace: Readonly<Record<string, string>>;
  /** The images it builds, by folder ('' is the repository itself), and what their Dockerfiles say. */
  readonly images: Readonly<Record<string, string>>;
}

type Deliver = (workflow: string, more?: { readonly inputs?: Readonly<Record<string, string>>; readonly ref?: string; readonly images?: Readonly<Record<string, string>> }) => Promise<WorkflowRun>;

/** Starts the pipeline's server; what is given back runs one of its workflows. */
async function startPipeline({ folder, service, proxy = startNginx, replace, images }: Pipeline): Promise<Deliver> {
  const server = await startHost({ mode: 'bridge', env: engine.env, service, proxy });
  host = server;
  const { inputs, path, ports, url } = server;
  const texts: Readonly<Record<string, string>> = {
    [`/srv/${service}`]: path, 'port: 3001': `port: ${ports?.blue}`, 'port: 3002': `port: ${ports?.green}`, 'docker.io/acme': `${registry.name}/acme`, 'ghcr.io': registry.name, 'postgres:16': 'app:1', 'postgres:15': 'app:1', 'redis:7': 'app:1',
    'strategy: compose\n': `strategy: compose\n          router-config: ${inputs['router-config']}\n          registry: ${registry.name}\n`, [`          registry: ${registry.name}\n          registry-user`]: '          registry-user',
    'https://staging.shop.example.com': url, 'https://shop.example.com': url, 'interval: 30s': 'interval: 200ms', ...replace,
  };
  const filled = (file: string): string => Object.entries(texts).reduce((text, [from, to]) => text.replaceAll(from, to), readFileSync(join(ROOT, 'examples', folder, file), 'utf8')).replaceAll(/^ +ref: .*\n/gm, '');
  const connection = { HOST: inputs['host'], USER: inputs['user'], SSH_KEY: inputs['ssh-key'], URL: url } as Readonly<Record<string, string>>;
  const byStage = Object.entries(connection).flatMap(([name, value]) => [[`STAGING_${name}`, value], [`PRODUCTION_${name}`, value]]);
  let run = 1;
  return async (workflow, { inputs: given = {}, ref, images: changed = {} } = {}) => runWorkflow({
    yaml: filled(workflow), releaseTree: tree, programs, event: Object.keys(given).length > 0 ? 'workflow_dispatch' : 'push', inputs: given, ...(ref !== undefined && { payload: { ref } }),
    files: { 'deploy/compose.yaml': filled('compose.yaml'), ...Object.fromEntries(Object.entries({ ...images, ...changed }).map(([at, lines]) => [join(at, 'Dockerfile'), `FROM app:1\n${lines}\n`])) },
    otherActions: { 'trstringer/manual-approval@v1': join(actions, 'approval'), 'actions/upload-artifact@v5': join(actions, 'artifact') },
    secrets: {
      ...Object.fromEntries(byStage), DEPLOY_HOST_STAGING: connection['HOST'] ?? '', DEPLOY_HOST_PROD: connection['HOST'] ?? '', DEPLOY_USER: connection['USER'] ?? '', DEPLOY_SSH_KEY: connection['SSH_KEY'] ?? '',
      DOCKER_USERNAME: ACCOUNT.user, DOCKER_PASSWORD: ACCOUNT.password, GITHUB_TOKEN: ACCOUNT.password,
    },
    variables: Object.fromEntries(['DEPLOY', 'STAGING', 'PRODUCTION'].map((name) => [`${name}_KNOWN_HOSTS`, inputs['known-hosts'] ?? ''])),
    runner: { DOCKER_HOST: engine.env['DOCKER_HOST'] ?? '', DOCKER_BUILDKIT: '0', DEPLOY_PORT: inputs['port'] ?? '', DEPLOY_RUNTIME_DIR: server.runtimeDir, GITHUB_RUN_ID: String(run += 1) },
  });
}

function passed({ code, log }: WorkflowRun): string {
  if (code !== 0) throw new Error(log);
  return log;
}
const live = async (path: string): Promise<string> => ((await (await fetch(`${host?.url}${path}`)).json()) as { readonly version: string }).version;
const onGitHub = (): string => readFileSync(join(root, 'gh'), 'utf8');

async function startShop(): Promise<Deliver> {
  const [blue, green] = [await freePort(), await freePort()];
  return startPipeline({
    folder: 'shop', service: 'shop', proxy: startNginxForApps(blue, green), replace: { 'port: 4001': `port: ${blue}`, 'port: 4002': `port: ${green}` },
    images: { backend: 'ENV LISTEN=8000', ai: 'ENV LISTEN=8000 PREFIX=/ai' },
  });
}
const byHand = (version: string) => ({ inputs: { version, skip_tests: 'true' } });

const ofStage = (stage: string): readonly string[] => ['SSH_KEY', 'HOST', 'USER', 'URL'].map((name) => `${stage}_${name}`);
test.each<readonly [string, Readonly<Record<string, unknown>>, readonly string[]]>([
  ['docker-service/cd-staging.yml', { push: { branches: ['develop'] } }, ['DOCKER_USERNAME', 'DOCKER_PASSWORD', 'DEPLOY_SSH_KEY', 'DEPLOY_HOST_STAGING', 'DEPLOY_USER', 'SLACK_WEBHOOK']],
  ['docker-service/cd-production.yml', { push: { tags: ['v*.*.*'] } }, ['DOCKER_USERNAME', 'DOCKER_PASSWORD', 'DEPLOY_SSH_KEY', 'DEPLOY_HOST_PROD', 'DEPLOY_USER', 'SLACK_WEBHOOK']],
  ['cash-register/cd-staging.yml', { push: { branches: ['main'] } }, [...ofStage('STAGING'), 'SLACK_WEBHOOK_URL']],
  ['cash-register/cd-production.yml', { workflow_dispatch: expect.anything() }, [...ofStage('PRODUCTION'), 'SLACK_WEBHOOK_URL']],
  ['shop/staging-deploy.yml', { push: { branches: ['develop', 'phase-*/**'] } }, [...ofStage('STAGING'), 'SLACK_WEBHOOK_URL']],
  ['shop/production-deploy.yml', { push: { tags: ['v*.*.*'] }, workflow_dispatch: { inputs: { version: expect.anything(), skip_tests: expect.anything() } } }, [...ofStage('PRODUCTION'), 'SLACK_WEBHOOK_URL']],
])('%s starts when its team says, and takes the secrets that they have, all of them named at its head', (file, on, secrets) => {
  const text = readFileSync(join(ROOT, 'examples', file), 'utf8');
  expect((parse(text) as { readonly on: unknown }).on).toEqual(on);
  expect([...new Set([...text.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name))].sort()).toEqual([...secrets].sort());
  for (const secret of secrets) expect(/^(?:#.*\n)+/.exec(text)?.[0]).toContain(secret);
});

describe('pipeline D, backend and AI services', () => {
  needsFull(...NEEDS)('production: two versions, both services each time; one that is not healthy never reaches users', async () => {
    const deliver = await startShop();
    passed(await deliver('production-deploy.yml', byHand('v1.0.0')));
    expect([await live('/version'), await live('/ai/version')]).toEqual(['v1.0.0', 'v1.0.0']);
    expect(onGitHub()).toContain('release create v1.0.0');
    const { code, log } = await deliver('production-deploy.yml', { ...byHand('v1.1.0'), images: { ai: 'ENV LISTEN=8000 PREFIX=/ai BROKEN=1' } });
    expect([code, await live('/version'), await live('/ai/version')]).toEqual([1, 'v1.0.0', 'v1.0.0']);
    expect(log).toContain('/ai/health answered with status 404');
    expect(log).not.toContain(ACCOUNT.password);
  }, LIMIT);

  needs(...NEEDS)('staging', async () => {
    const deliver = await startShop();
    passed(await deliver('staging-deploy.yml'));
    const commit = await live('/version');
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
    expect(await live('/ai/version')).toBe(commit);
  }, LIMIT);
});

describe('pipeline C, one Docker service', () => {
  const start = (): Promise<Deliver> => startPipeline({ folder: 'docker-service', service: 'shop', replace: {}, images: { '': 'ENV LISTEN=3000' } });

  needsFull(...NEEDS)('staging', async () => {
    const deliver = await start();
    passed(await deliver('cd-staging.yml'));
    expect(await live('/version')).toMatch(/^[0-9a-f]{40}$/);
  }, LIMIT);

  needsFull(...NEEDS)('production by a tag', async () => {
    const deliver = await start();
    passed(await deliver('cd-production.yml', { ref: 'refs/tags/v1.0.0' }));
    expect(await live('/version')).toBe('v1.0.0');
    passed(await deliver('cd-production.yml', { ref: 'refs/tags/v1.1.0' }));
    expect(await live('/version')).toBe('v1.1.0');
    passed(await deliver('cd-production.yml', { ref: 'refs/tags/v1.0.0' }));
    expect(await live('/version')).toBe('v1.0.0');
  }, LIMIT);
});

/** An attachment as Odoo keeps one: named by its content in the database, and a file of that name; its path. */
async function holdInvoice(filestore: string): Promise<string> {
  const [content, database] = ['an invoice', await engine.docker('ps', '--quiet', '--filter', 'label=com.docker.compose.service=db')];
  const name = createHash('sha1').update(content).digest('hex');
  const path = join(filestore, 'odoo', name.slice(0, 2), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  const psql = (...args: string[]): Promise<string> => engine.docker('exec', database, 'psql', '-U', 'postgres', ...args);
  await waitUntil('its PostgreSQL answers', () => psql('-c', 'select 1').then(() => true, () => false), 60_000);
  await psql('-c', 'create database odoo');
  await psql('-d', 'odoo', '-c', `create table ir_attachment as select '${name.slice(0, 2)}/${name}' as store_fname`);
  return path;
}

describe('pipeline B, Odoo and its adapter', () => {
  needsFull(...NEEDS, 'psql', 'zstd')('staging, and production with a proven backup of database, filestore and buffer, without which nothing moves', async () => {
    const adapter = String(await freePort());
    await importPostgres(engine, 'postgres:own', '/var/lib/postgresql/data');
    const deliver = await startPipeline({
      folder: 'cash-register', service: 'erp', replace: { '${ADAPTER_PORT:-8000}': adapter, '127.0.0.1:8000': `127.0.0.1:${adapter}`, 'DB_IMAGE:-app:1': 'DB_IMAGE:-postgres:own', 'DEPLOY_ENVIRONMENT: staging': 'DEPLOY_ENVIRONMENT: production' },
      images: { odoo: 'ENV LISTEN=8069', 'odoo-adapter': 'ENV LISTEN=8000' },
    });
    const shared = join(host?.path ?? '', 'shared');
    mkdirSync(join(shared, 'buffer'), { recursive: true });
    spawnSync('sqlite3', [join(shared, 'buffer', 'buffer.sqlite'), 'create table receipts (id integer); insert into receipts values (1);']);
    const log = passed(await deliver('cd-staging.yml'));
    expect(log).toContain('adapter was away for');
    const invoice = await holdInvoice(join(shared, 'filestore'));
    writeFileSync(join(root, 'staged'), await live('/version'));
    const produced = passed(await deliver('cd-production.yml', { inputs: { version: 'v1.2.3' } }));
    for (const part of ['odoo', 'buffer', 'filestore']) expect(produced).toContain(`${part}: proven equal`);
    expect(await live('/version')).toBe('v1.2.3');
    rmSync(invoice);
    const { code, log: torn } = await deliver('cd-production.yml', { inputs: { version: 'v1.2.4' } });
    expect([code, await live('/version')]).toEqual([1, 'v1.2.3']);
    expect(torn).toContain('1 of 1 files that the database names are not in filestore.');
  }, LIMIT);
});
