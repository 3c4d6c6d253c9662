import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { startMigrationHost, upAndDown, type MigrationHost } from '#shared/testing/migration-host';
import { faultTold, outputsOf } from '#shared/testing/pipeline';
import { startPostgres, type Postgres } from '#shared/testing/postgres';

// A deploy user without rights: what is rehearsed has no way out all the same, or is not rehearsed.
const it = needs('psql', 'dbmate', 'zstd', 'flock', 'root', 'setpriv', 'unshare');
const NOBODY = 65_534;
let folder: string;
let host: MigrationHost;
let pg: Postgres;

// In a root directory of its own, the kernel makes no user namespace for anybody without rights.
const SHELL = `as="setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups sh"
[ -d "$ENCLOSURE" ] || exec $as "$@"
exec unshare --mount sh -c 'mount --rbind / "$ENCLOSURE" && exec chroot "$ENCLOSURE" '"$as"' "$@"' sh "$@"
`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rootless-'));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'shell'), SHELL);
  host = await startMigrationHost({ ENCLOSURE: join(folder, 'enclosure') }, `sh ${join(folder, 'shell')}`);
  pg = await startPostgres(join(host.root, 'pg'));
  pg.query('create role app login; create database shop owner app');
  pg.query('set role app; create table users (id int)', 'shop');
  host.release('v1', { '001_orders.sql': upAndDown('create table orders (n int);', 'drop table orders;') });
  for (const name of ['home', 'srv', 'scratch']) execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, join(host.root, name)]);
}, 60_000);
afterAll(async () => {
  await pg?.stop();
  await host?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('its rehearsal sees the copy and nothing else, and leaves nothing; where the kernel forbids that, it is refused and says what to allow', async () => {
  const database = JSON.stringify({ postgres: 'shop', host: pg.socket, user: 'app' });
  outputsOf(await host.backup({ sources: `[${database}]` }));
  const neutralize = `read -r _ outside _ </proc/self/uid_map; [ "$outside" = ${NOBODY} ]; [ "$(wc -l </proc/net/dev)" -eq 3 ]; [ "$(psql -Atc 'select current_user')" = app ]; if psql -h ${pg.socket} -d shop -c 'select 1'; then exit 1; fi`;
  const inputs = { database, neutralize, 'scratch-directory': join(host.root, 'scratch') };
  const { token } = outputsOf(await host.migrate({ ...inputs, operation: 'rehearse' }));
  expect(readdirSync(join(host.root, 'scratch'))).toEqual([]);
  mkdirSync(join(folder, 'enclosure'));
  const refused = await host.migrate({ ...inputs, operation: 'rehearse' });
  expect(faultTold(refused)).toMatch(/This server lets a plan have no network of its own .*sysctl user\.max_user_namespaces.*or set rehearsal-network: allowed/);
  expect(outputsOf(await host.migrate({ ...inputs, operation: 'rehearse', neutralize: 'true', 'rehearsal-network': 'allowed' }))['token']).toBe(token);
  expect(outputsOf(await host.migrate({ ...inputs, operation: 'apply' }))['state']).toBe('applied');
}, 120_000);
