import { chmodSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { capture } from '../script/src/process.ts';

/** Microsoft's own tool for SARIF, at the version that is measured. */
export const MULTITOOL = { name: 'sarif-multitool', package: '@microsoft/sarif-multitool', version: '5.7.0', address: 'https://github.com/microsoft/sarif-sdk' } as const;

const FOLDER = fileURLToPath(new URL(`../.tools/peers/${MULTITOOL.name}/`, import.meta.url));
const PROGRAM = `${FOLDER}node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool`;

/** Its program, installed when it is not there yet; undefined where it cannot be had. */
export async function multitool(): Promise<string | undefined> {
  if (!existsSync(PROGRAM)) await capture('npm', ['install', '--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund', `${MULTITOOL.package}@${MULTITOOL.version}`]);
  if (!existsSync(PROGRAM)) return undefined;
  chmodSync(PROGRAM, 0o755); // its install script would do so
  return PROGRAM;
}
