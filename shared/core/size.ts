import { UserError } from './errors.ts';

const UNIT_BYTES: Readonly<Record<string, number>> = {
  B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40,
};

/**
 * Bytes in a size such as `512B`, `64KiB`, `1.5GB` or `2GiB`.
 * @throws {UserError} when the unit is missing or unknown, naming the accepted form.
 */
export function parseSize(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]+)$/.exec(text.trim()) ?? [];
  const bytes = UNIT_BYTES[unit ?? ''];
  if (bytes === undefined) throw new UserError('a size carries its unit: 512B, 64KiB, 100MB or 2GiB');
  return Math.round(Number(amount) * bytes);
}

/** A number of bytes as people say it: `0 B`, `4.2 MB`, `1.5 GB`. */
export function formatSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1_000 ** power;
  return `${power === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1).replace(/\.0$/, '')} ${units[power]}`;
}
