import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { output } from '../process.ts';
import { waiversText } from './security.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const EXAMPLE = join(ROOT, 'examples/demo');
const APP = ['package.json', 'server.js', 'recent-orders.js', 'build.sh', 'orders-report.py', 'security/policy.yml'];

/** The workflow that a user could copy. */
export function workflowText(): string {
  return readFileSync(join(EXAMPLE, 'deploy.yml'), 'utf8');
}

/** The shop's repository: text by path. With the fault it is the one whose release fails under real use; without the waiver it does not pass the security gate. */
export function repository(packages: Readonly<Record<string, string>>, { isFaulty, isWaived }: { readonly isFaulty: boolean; readonly isWaived: boolean }): Record<string, string> {
  const files = APP.map((name) => [name, readFileSync(join(EXAMPLE, isFaulty && name === 'recent-orders.js' ? 'faulty' : 'app', name), 'utf8')] as const);
  return { ...Object.fromEntries(files), 'security/waivers.yml': waiversText(isWaived), ...packages };
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
