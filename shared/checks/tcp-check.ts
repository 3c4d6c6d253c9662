import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { formatDuration } from '#shared/core/duration';
import type { Attempt, CheckContext, TcpCheck } from './check.ts';
import { addressText, dial } from './dial.ts';
import { WrongAnswer, type Progress } from './failure.ts';
import { quoted, shown } from './shown.ts';

const SETTLING_MS = 150;
const BANNER_LIMIT = 65_536;

/** Connects once, and reads the greeting if one is expected. Rejects with the system's error, or WrongAnswer. */
export async function tryTcp(check: TcpCheck, context: CheckContext, progress: Progress): Promise<Attempt> {
  const started = performance.now();
  const connection = await dial(check.address, check.from ?? 'runner', context, progress);
  const close = (): void => void connection.destroy();
  context.signal.addEventListener('abort', close, { once: true });
  connection.on('error', () => undefined);
  const connectMs = Math.round(performance.now() - started);
  const evidence = { target: addressText(check.address), responseMs: connectMs };
  try {
    progress.phase = 'waiting';
    if (check.banner === undefined) await staysOpen(connection, context.signal);
    const banner = check.banner === undefined ? undefined : await readUntil(connection, check.banner, progress);
    const reason = `connected in ${formatDuration(connectMs)}`;
    if (banner === undefined) return { verdict: 'pass', reason, answered: true, evidence };
    return { verdict: 'pass', reason: `${reason}, greets with ${quoted(banner)}`, answered: true, evidence: { ...evidence, output: shown(banner) } };
  } finally {
    context.signal.removeEventListener('abort', close);
    close();
  }
}

// A proxy with nothing behind it (Docker's, HAProxy, an SSH forward) accepts first and closes at once: that is no open port.
async function staysOpen(connection: Duplex, signal: AbortSignal): Promise<void> {
  const settled = new AbortController();
  const data = once(connection, 'data', { signal: settled.signal });
  const end = once(connection, 'end', { signal: settled.signal }).then(closed, closed);
  try {
    await Promise.race([data, end, wait(SETTLING_MS, undefined, { signal })]);
  } finally {
    settled.abort();
    data.catch(() => undefined);
    end.catch(() => undefined);
  }
}

function closed(): never {
  throw new WrongAnswer('accepted the connection and closed it at once, as a proxy with nothing behind it does');
}

async function readUntil(connection: Duplex, wanted: string, progress: Progress): Promise<string> {
  const chunks: Buffer[] = [];
  const text = (): string => Buffer.concat(chunks).toString();
  try {
    for await (const chunk of connection as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      progress.bytes += chunk.length;
      if (text().includes(wanted)) return text();
      if (progress.bytes > BANNER_LIMIT) break;
    }
  } catch (error) {
    if (chunks.length === 0) throw error;
  }
  throw new WrongAnswer(chunks.length === 0 ? `closed without a greeting, expected ${quoted(wanted)}` : `greets with ${quoted(text())}, expected ${quoted(wanted)}`);
}
