import { createHash } from 'node:crypto';
import type { Kind, Package } from './finding.ts';
import { packageName } from './package-name.ts';

/** What a finding is known by: of two runs, of two versions of a file, of two tools where they mean the same. */
export interface IdentityParts {
  readonly kind: Kind;
  readonly tool: string;
  readonly rule: string;
  readonly aliases: readonly string[];
  readonly package?: Package | undefined;
  readonly path?: string | undefined;
  readonly licence?: string | undefined;
  readonly secretHash?: string | undefined;
  /** What the tool itself uses to recognise it, or the code at the place; no line numbers. */
  readonly fingerprint?: string | undefined;
}

/** Whether findings of a kind are about packages and named by advisories. */
export function isVulnerability(kind: Kind): boolean {
  return kind === 'sca' || kind === 'container';
}

/**
 * A finding's key: `vuln-3f9a1c2b7d4e5f60`. Of a vulnerability it depends on the preferred advisory and the package without its
 * version, of a secret on its keyed hash, of anything else on tool, rule, path and what the code there is; never on lines.
 */
export function keyOf(parts: IdentityParts): string {
  const { kind, secretHash, licence } = parts;
  const of = parts.package === undefined ? undefined : packageName(parts.package);
  if (isVulnerability(kind) && of !== undefined) return key('vuln', parts.aliases[0] ?? parts.rule, of.ecosystem, of.name);
  if (kind === 'licence' && of !== undefined) return key('licence', (licence ?? parts.rule).toLowerCase(), of.ecosystem, of.name);
  if (kind === 'secrets' && secretHash !== undefined) return key('secret', secretHash);
  const name = isVulnerability(kind) ? 'vuln' : kind === 'secrets' ? 'secret' : kind;
  return key(name, parts.tool, parts.aliases[0] ?? parts.rule, parts.path ?? '', parts.fingerprint ?? '');
}

/** The key of the n-th finding, from 1, that nothing but its lines tells from the others in its report. */
export function keyOfNth(first: string, n: number): string {
  return n === 1 ? first : key(first.slice(0, first.lastIndexOf('-')), first, String(n));
}

/** Code as a fingerprint: without the spaces that formatters move. */
export function codeFingerprint(code: string): string {
  return code.replace(/\s+/g, ' ').trim().slice(0, 2_000);
}

// Where GitHub's runners and the usual containers have the sources. Absolute paths would make each machine's findings new.
const CHECKOUTS = /^(?:\/home\/runner\/work\/[^/]+\/[^/]+|\/github\/workspace|\/__w\/[^/]+\/[^/]+|[a-z]:\/a\/[^/]+\/[^/]+)(?=\/|$)/i;

/** A path as it is in the repository: relative to `root`, with `/`. An address stays as it is. */
export function normalisePath(given: string, root?: string): string {
  const slashed = decodedFile(given).replaceAll('\\', '/');
  if (/^https?:\/\//i.test(slashed)) return slashed;
  const inside = root !== undefined && slashed.startsWith(`${root}/`) ? slashed.slice(root.length) : slashed.replace(CHECKOUTS, '');
  const relative = inside === slashed ? slashed : inside.replace(/^\/+/, '');
  return relative.replace(/^(?:\.\/)+/, '').replace(/\/{2,}/g, '/');
}

function decodedFile(path: string): string {
  if (!/^file:/i.test(path)) return path;
  try {
    return decodeURIComponent(path.replace(/^file:\/{0,2}(?=\/|[a-z]:)/i, '').replace(/^\/(?=[a-z]:)/i, ''));
  } catch {
    return path;
  }
}

function key(name: string, ...parts: readonly string[]): string {
  return `${name}-${createHash('sha256').update(JSON.stringify([name, ...parts])).digest('hex').slice(0, 16)}`;
}
