import { afterAll, beforeAll, expect } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '#shared/core/secret';
import { openServer, type Server } from '#shared/server/server';
import { collectedLog } from '#shared/testing/collected-log';
import { ENGINE_NEEDS, startEngine, type Engine } from '#shared/testing/docker/engine';
import { buildImage } from '#shared/testing/docker/image';
import { startRegistry, type Registry } from '#shared/testing/docker/registry';
import { needs } from '#shared/testing/equipment';
import { waitUntil } from '#shared/testing/ports';
import { huntFor } from '#shared/testing/secret-hunt';
import { mountSmallDisk } from '#shared/testing/small-disk';
import { startSshd, type Sshd } from '#shared/testing/sshd';
import { capture } from '../../../script/src/process.ts';
import { bringImages, type Brought, type Bringing } from './bring.ts';
import { downloadOf } from './pull-need.ts';

const withEngines = needs(...ENGINE_NEEDS);
const RUN = 'sleep 60\n';
const PASSWORD = 'love-lace-42';
const PULL = readFileSync(new URL('./pull.sh', import.meta.url), 'utf8');

let server: Engine;
let runner: Engine;
let registry: Registry;
let sshd: Sshd;
let root: string;
let state: string;

beforeAll(async () => {
  if (process.getuid?.() !== 0) return;
  [server, runner] = await Promise.all([startEngine(), startEngine()]);
  registry = await startRegistry({ user: 'ada', password: PASSWORD });
  root = mkdtempSync(join(tmpdir(), 'images-'));
  state = join(root, '.slipway');
  mkdirSync(state);
  sshd = await startSshd({ setEnv: server.env });
}, 60_000);
afterAll(async () => {
  await sshd?.stop();
  await registry?.close();
  await Promise.all([server?.stop(), runner?.stop()]);
  if (root !== undefined) rmSync(root, { recursive: true, force: true });
});

async function bring(changes: Partial<Bringing>, log = collectedLog(), target = sshd.target()): Promise<Brought> {
  await using connected: Server = await openServer(target, log);
  const bringing = { references: [], way: 'transfer' as const, login: undefined, archive: undefined, state, environment: { ...process.env, ...runner.env }, pullTimeout: 20_000, ...changes };
  return await bringImages(connected, bringing, { log, signal: new AbortController().signal });
}

const layersOf = (engine: Engine, image: string): Promise<string> => engine.docker('image', 'inspect', '--format', '{{json .RootFS.Layers}}', image);
const build = (name: string, text: string): Promise<string> => buildImage(runner, name, { run: RUN, files: { text } });

withEngines('an image comes with only the layers that the server lacks, and is the very same', async () => {
  const first = await build('shop/web:v1', 'one');
  const one = await bring({ references: ['shop/web:v1'] });
  expect(one).toMatchObject({ by: 'transfer', images: [{ reference: 'shop/web:v1', id: first }] });
  expect(one.bytes).toBeGreaterThan(1_000_000);

  const second = await build('shop/web:v2', 'two');
  const log = collectedLog();
  const two = await bring({ references: ['shop/web:v2'] }, log);
  expect(two.images).toEqual([{ reference: 'shop/web:v2', id: second }]);
  expect(two.bytes).toBeLessThan(10_000);
  expect(log.lines.join('\n')).toContain('shop/web:v2: 1 of 2 layers');
  expect(await layersOf(server, 'shop/web:v2')).toBe(await layersOf(runner, 'shop/web:v2'));
  expect(await server.docker('run', '--rm', '--network', 'none', 'shop/web:v2', '/bin/sh', '-c', 'cat /text')).toBe('two');
  // What was received was not kept beside the engine's own copy; what was brought is known from then on.
  expect(existsSync(join(state, 'images'))).toBe(false);
  expect(readFileSync(join(state, 'images.brought'), 'utf8')).toBe(`${first} shop/web:v1\n${second} shop/web:v2\n`);
});

withEngines('an image comes out of an archive, as docker save or an OCI layout holds it', async () => {
  const id = await build('shop/packed:v1', 'packed');
  const archive = join(root, 'packed.tar');
  await runner.docker('save', '--output', archive, 'shop/packed:v1');
  expect(await bring({ references: ['shop/packed'], archive }).catch((error: Error) => error.message)).toContain('holds no shop/packed, but shop/packed:v1');
  expect((await bring({ references: ['shop/packed:v1'], archive })).images).toMatchObject([{ id }]);
  expect(await server.docker('run', '--rm', '--network', 'none', 'shop/packed:v1', '/bin/sh', '-c', 'cat /text')).toBe('packed');
  writeFileSync(join(root, 'torn.tar'), readFileSync(archive).subarray(0, 700_000));
  await expect(bring({ references: ['shop/packed:v1'], archive: join(root, 'torn.tar') })).rejects.toThrow('The image archive');
});

withEngines('a transfer that was cut off goes on with the pieces that are still missing', async () => {
  const random = await runner.docker('run', '--rm', '--network', 'none', 'shop/web:v1', '/bin/sh', '-c', 'head -c 18000000 /dev/urandom | base64');
  const id = await build('shop/large:v1', random);
  const log = collectedLog();
  const cut = async (): Promise<void> => {
    const pieces = (): number => (existsSync(join(state, 'images')) ? readdirSync(join(state, 'images'), { recursive: true }).filter((name) => /\/\d{6}(\.gz)?$/.test(String(name))).length : 0);
    await waitUntil('a piece has arrived', () => pieces() > 0, 20_000);
    await sshd.killConnections();
  };
  const [brought] = await Promise.all([bring({ references: ['shop/large:v1'] }, log), cut()]);
  expect(brought.images).toMatchObject([{ id }]);
  expect(log.lines.join('\n')).toMatch(/Connection to .* lost; reconnecting/);
  expect(await layersOf(server, 'shop/large:v1')).toBe(await layersOf(runner, 'shop/large:v1'));
});

withEngines('too full a disk refuses the images before anything is sent', async () => {
  const small = join(root, 'small');
  mkdirSync(small);
  const disk = mountSmallDisk(small, 'size=1m');
  try {
    await build('shop/late:v1', 'x'.repeat(3_000_000));
    await expect(bring({ references: ['shop/late:v1'], state: small })).rejects.toThrow(/The disk of the service on 127\.0\.0\.1:\d+ is too full: the images need 3 MB while they arrive, .* are free\. .* No image was sent\./);
    expect(readdirSync(small)).toEqual(['ballast']);
  } finally {
    disk.unmount();
  }
});

withEngines('a registry that refuses is told plainly, or the runner helps out; the login leaves nothing behind', async () => {
  const reference = `${registry.name}/shop:v1`;
  const login = { registry: registry.name, user: 'ada', password: new Secret(PASSWORD) };
  await buildImage(runner, reference, { run: RUN, files: { text: 'registered' } });
  await runner.docker('login', registry.name, '--username', 'ada', '--password', PASSWORD);
  await runner.docker('push', reference);

  const hunt = huntFor({ password: PASSWORD });
  const watch = hunt.watch(() => undefined);
  await expect(bring({ references: [reference], way: 'pull', login: { ...login, password: new Secret('wrong') } })).rejects.toThrow('the registry wants another login (401)');
  await expect(bring({ references: [`${registry.name}/shop:v9`], way: 'pull', login })).rejects.toThrow('the registry has none under that name and tag (404)');
  const { images, by } = await bring({ references: [reference], way: 'auto', login });
  expect({ by, images }).toMatchObject({ by: 'pull', images: [{ digest: expect.stringMatching(/^127\.0\.0\.1:\d+\/shop@sha256:/) }] });
  expect(watch.stop().found).toEqual([]);
  expect(hunt.inFiles(state)).toEqual([]);
  expect(readdirSync(join(state, 'incoming'))).toEqual([]);

  // Before a pull it is known how much comes; of what is here by its digest, nothing does.
  await buildImage(runner, `${registry.name}/shop:v2`, { run: RUN, files: { text: 'next' } });
  await runner.docker('push', `${registry.name}/shop:v2`);
  const asked = async (name: string): Promise<number | undefined> => {
    const input = JSON.stringify({ auths: { [registry.name]: { auth: Buffer.from(`ada:${PASSWORD}`).toString('base64') } } });
    const { stdout } = await capture('sh', ['-c', PULL, 'slipway', 'ask', join(state, 'incoming'), '20', name], { env: server.env, input });
    return downloadOf(stdout, [name], await server.docker('version', '--format', '{{.Server.Os}}/{{.Server.Arch}}'), new Set());
  };
  expect(await asked(`${registry.name}/shop:v2`)).toBeLessThan(10_000);
  expect(await asked(`${registry.name}/shop:v9`)).toBeUndefined();

  registry.setDown(true);
  const log = collectedLog();
  await buildImage(runner, reference, { run: RUN, files: { text: 'on the day it is down' } });
  expect(await bring({ references: [reference], way: 'auto', login }, log)).toMatchObject({ by: 'transfer' });
  expect(log.lines.join('\n')).toMatch(/could not pull .*(5xx|503).* The images are sent from the runner instead \(images: auto\)/);
  expect(log.lines.join('\n')).not.toContain(PASSWORD);
  registry.setDown(false);
});

withEngines('what a killed pull leaves of the login is found by the lock that nobody holds', async () => {
  const incoming = join(state, 'incoming');
  const child = spawn('sh', ['-c', PULL, 'slipway', 'pull', incoming, '20', '127.0.0.1:9/never:v1'], { env: { ...process.env, ...server.env, PATH: `${stalling()}:${process.env['PATH']}` }, stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.end('{"auths":{}}');
  await waitUntil('the login is there', () => existsSync(incoming) && readdirSync(incoming).some((name) => existsSync(join(incoming, name, 'config.json'))));
  child.kill('SIGTERM');
  await waitUntil('the login is gone', () => readdirSync(incoming).length === 0);
});

// A docker that does not come to its end by itself.
function stalling(): string {
  const bin = join(root, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'docker'), '#!/bin/sh\n[ "$1" = pull ] && exec sleep 30\n', { mode: 0o755 });
  return bin;
}
