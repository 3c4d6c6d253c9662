import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { findProgram } from '../programs.ts';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];
const WIDTH = 440;
const LIMIT_MS = 60_000;
/** Pixels at twice the width; beyond this the browser paints nothing more. */
const HIGHEST = 16_000 / 2;

/** The browser that pictures are taken with, or undefined where none is installed. */
export function findBrowser(): string | undefined {
  return BROWSERS.map(findProgram).find((path) => path !== undefined);
}

/** Paints a page as a phone shows it, whole, into a PNG of twice its width. Throws when the browser fails. */
export async function photograph(browser: string, page: string, file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-picture-'));
  try {
    const html = join(folder, 'page.html');
    const common = ['--headless', '--disable-gpu', '--hide-scrollbars', `--user-data-dir=${join(folder, 'profile')}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
    writeFileSync(html, `${page}<script>document.title = String(document.documentElement.scrollHeight)</script>`);
    const shown = await run(browser, [...common, `--window-size=${WIDTH},800`, '--dump-dom', pathToFileURL(html).href]);
    const height = Math.min(Number(/<title>(\d+)<\/title>/.exec(shown)?.[1] ?? 4_000), HIGHEST);
    writeFileSync(html, page);
    await run(browser, [...common, `--window-size=${WIDTH},${height}`, '--force-device-scale-factor=2', `--screenshot=${file}`, pathToFileURL(html).href]);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function run(browser: string, args: readonly string[]): Promise<string> {
  const child = spawn(browser, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS, killSignal: 'SIGKILL' });
  const [printed, complaints, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (code !== 0) throw new Error(`${browser} ended with ${code}: ${complaints.slice(-500)}`);
  return printed;
}
