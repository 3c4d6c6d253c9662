import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { output } from '../process.ts';
import { RELEASES, type Release } from './measured.ts';
import { waiversText } from './security.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const EXAMPLE = join(ROOT, 'examples/demo');
const APP = ['package.json', 'server.js', 'recent-orders.js', 'build.sh', 'orders-report.py', 'security/policy.yml'];
/** The migrations that each release has, besides those of the one before. */
const MIGRATIONS: Readonly<Record<Release, string>> = { '1.0.0': '20261101090000_orders.sql', '2.0.0': '20261108090000_channel.sql', '3.0.0': '20261115090000_note.sql' };

/** The workflow that a user could copy. */
export function workflowText(): string {
  return readFileSync(join(EXAMPLE, 'deploy.yml'), 'utf8');
}

/** The shop's repository at a release: text by path. The last release fails under real use; without the waiver none passes the security gate. */
export function repository(packages: Readonly<Record<string, string>>, { release, isWaived }: { readonly release: Release; readonly isWaived: boolean }): Record<string, string> {
  const isFaulty = release === RELEASES.at(-1);
  const read = (name: string): readonly [string, string] => [name, readFileSync(join(EXAMPLE, isFaulty && name === 'recent-orders.js' ? 'faulty' : 'app', name), 'utf8')];
  const migrations = RELEASES.slice(0, RELEASES.indexOf(release) + 1).map((each) => read(`db/migrations/${MIGRATIONS[each]}`));
  return { ...Object.fromEntries([...APP.map(read), ...migrations]), 'security/waivers.yml': waiversText(isWaived), ...packages };
}

/** What `npm ci` would fetch, without the network: the package pg in one file, made under `folder`. */
export async function installedPackages(folder: string): Promise<Record<string, string>> {
  const bundler = join(ROOT, 'node_modules/@vercel/ncc/dist/ncc/cli.js');
  await output(process.execPath, [bundler, 'build', join(ROOT, 'node_modules/pg/lib/index.js'), '--out', folder, '--no-cache', '--quiet']);
  return {
    'node_modules/pg/package.json': JSON.stringify({ name: 'pg', main: 'index.js' }),
    'node_modules/pg/index.js': readFileSync(join(folder, 'index.js'), 'utf8'),
  };
}
