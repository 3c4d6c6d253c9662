import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, expect } from '@jest/globals';
import { Secret } from '#shared/core/secret';
import { backupSteps } from '#shared/testing/backup-steps';
import { ENGINE_NEEDS, startEngine, type Engine } from '#shared/testing/docker/engine';
import { needs } from '#shared/testing/equipment';
import { removeServers } from '#shared/testing/local-server';
import { waitUntil } from '#shared/testing/ports';
import { postgresPrograms } from '#shared/testing/postgres';

const it = needs(...ENGINE_NEEDS, 'psql', 'zstd');
let engine: Engine | undefined;
let folder = '';

// An image of this machine's own PostgreSQL, its libraries and a shell.
const MAKE_ROOT = `set -e
programs=$1 root=$2
mkdir -p "$root/bin" "$root/tmp" "$root/etc" "$root/var/run/postgresql" "$root/usr/share/zoneinfo"
chmod 1777 "$root/tmp" "$root/var/run/postgresql"
for name in sh mkdir printenv cat rm; do cp "$(command -v busybox)" "$root/bin/$name"; done
grep -E '^(root|postgres):' /etc/passwd >"$root/etc/passwd"; grep -E '^(root|postgres):' /etc/group >"$root/etc/group"
version=\${programs%/bin}; version=\${version##*/}
cp --parents -rL "$programs" "/usr/share/postgresql/$version" /usr/share/zoneinfo/UTC /usr/share/zoneinfo/Etc "$root"
cp --parents -rL "/usr/lib/postgresql/$version/lib/plpgsql.so" "/usr/lib/postgresql/$version/lib/dict_snowball.so" "$root"
ldd "$programs"/* /usr/lib/postgresql/$version/lib/plpgsql.so 2>/dev/null | sed -n 's/.*=> \\(\\/[^ ]*\\).*/\\1/p; s/^[[:space:]]*\\(\\/lib[^ ]*\\) (.*/\\1/p' | sort -u | while read -r library; do cp --parents -L "$library" "$root"; done
tar -C "$root" -c .`;

async function startContainer(): Promise<Engine> {
  folder = mkdtempSync(join(tmpdir(), 'backup-container-'));
  engine = await startEngine();
  const programs = postgresPrograms() ?? '';
  execFileSync('sh', ['-c', `(${MAKE_ROOT}) | docker import --change "ENV PATH=/bin:$1" - postgres:own`, 'sh', programs, join(folder, 'root')], { env: { ...process.env, ...engine.env }, stdio: ['ignore', 'ignore', 'pipe'] });
  await engine.docker('run', '--detach', '--name', 'shop-db-1', '--label', 'com.docker.compose.service=db', '--network', 'none', '--user', 'postgres', 'postgres:own', 'sh', '-c', 'initdb -D /tmp/data -U postgres --auth=trust --no-sync >/dev/null && exec postgres -D /tmp/data -c listen_addresses=');
  const psql = (sql: string): Promise<unknown> => (engine as Engine).docker('exec', 'shop-db-1', 'psql', '-U', 'postgres', '-c', sql);
  await waitUntil('its PostgreSQL answers', () => psql('select 1').then(() => true, () => false), 60_000);
  await psql('create database shop');
  await engine.docker('exec', 'shop-db-1', 'psql', '-U', 'postgres', '-d', 'shop', '-c', 'create table t as select i, md5(i::text) from generate_series(1, 1000) i');
  return engine;
}
afterAll(async () => {
  await engine?.stop();
  removeServers();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
}, 60_000);

it('with the programs of its own container, proven in another one of the same image', async () => {
  const { docker, env } = await startContainer();
  const steps = backupSteps([{ kind: 'postgres', name: 'shop', database: 'shop', container: 'db', password: new Secret('not-asked-for') }]);
  Object.assign(steps.server.env, env);
  expect(steps.run()).toBeUndefined();
  expect(steps.names()).toEqual([steps.backup.set]);
  expect(await docker('ps', '--all', '--format', '{{.Names}}')).toBe('shop-db-1');
  expect(await docker('exec', 'shop-db-1', 'sh', '-c', 'cat /dev/shm/slipway-* 2>/dev/null; echo done')).toBe('done');
  const unknown = backupSteps([{ kind: 'postgres', name: 'shop', database: 'shop', container: 'database' }]);
  Object.assign(unknown.server.env, env);
  expect(unknown.run()).toEqual({ step: 'check', told: expect.stringContaining('No container called database runs, nor one of a compose service of that name.') });
}, 120_000);
