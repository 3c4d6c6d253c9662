import type { Finding, MergedFinding } from '#shared/findings/finding';
import { isNamed, namesOf, packagesByVersion } from './naming.ts';
import { fitsName, fitsPath } from './pattern.ts';

/** An entry of a scanner's own ignore file. It speaks for its scanner alone. */
export interface Ignore {
  readonly file: string;
  readonly tool: string;
  /** Advisory or rule; undefined where it is about a package as a whole. */
  readonly id: string | undefined;
  /** Names or purls, any of them; empty for all. */
  readonly packages: readonly string[];
  /** What the whole purl has to fit. */
  readonly purl: RegExp | undefined;
  readonly paths: readonly string[];
  /** Exclusive; undefined for ever. */
  readonly until: Date | undefined;
  readonly reason: string | undefined;
}

/** An entry that fits everything its scanner found, for others to narrow. */
export function fitsOwnFile(file: string, tool: string): Ignore {
  return { file, tool, id: undefined, packages: [], purl: undefined, paths: [], until: undefined, reason: undefined };
}

/** A VEX statement by which a product of ours is not affected. */
export interface Exemption {
  readonly file: string;
  /** The vulnerability by every name. */
  readonly ids: readonly string[];
  /** Packages by purl. */
  readonly packages: readonly string[];
  readonly reason: string;
}

/** Who set a finding aside: every one of its sources has to be, each by its own scanner's word; undefined when one is left. */
export function suppressionOf(finding: MergedFinding, ignores: readonly Ignore[], now: Date): string | undefined {
  const words = finding.sources.map((source) => ownWord(source) ?? ignoredBy(source, ignores, now));
  return words.length > 0 && words.every((word) => word !== undefined) ? [...new Set(words)].join('; ') : undefined;
}

/** Why a finding does not affect us, as VEX documents say, of every version of its package; undefined where they do not. */
export function exemptionOf(finding: MergedFinding, exemptions: readonly Exemption[]): string | undefined {
  const about = exemptions.filter(({ ids }) => isNamed(finding, new Set(ids.map((id) => id.toLowerCase()))));
  const words = [...packagesByVersion(finding).values()].map((versions) => {
    const found = about.find(({ packages }) => packages.some((wanted) => versions.some(({ purl }) => purl !== undefined && samePackage(wanted, purl))));
    return found && `${found.reason} (${found.file})`;
  });
  return words.every((word) => word !== undefined) ? [...new Set(words)].join('; ') : undefined;
}

/** Whether two purls name the same package: a version or a qualifier that only one of them has does not part them; nor is a narrower one met by a wider. */
export function samePackage(wanted: string, purl: string): boolean {
  const [one, other] = [partsOf(wanted), partsOf(purl)];
  if (one.name !== other.name) return false;
  if (one.version !== undefined && one.version !== other.version) return false;
  return [...one.qualifiers].every(([name, value]) => other.qualifiers.get(name) === value);
}

function partsOf(purl: string): { readonly name: string; readonly version: string | undefined; readonly qualifiers: URLSearchParams } {
  const [, head = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(purl) ?? [];
  const at = head.lastIndexOf('@');
  const isVersion = at > head.lastIndexOf('/');
  return { name: decoded(isVersion ? head.slice(0, at) : head).toLowerCase(), version: isVersion ? decoded(head.slice(at + 1)) : undefined, qualifiers: new URLSearchParams(query) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function ownWord({ suppressedBy }: Finding): string | undefined {
  return suppressedBy && `${suppressedBy.by}${suppressedBy.reason === undefined ? '' : `: ${suppressedBy.reason}`}`;
}

function ignoredBy(source: Finding, ignores: readonly Ignore[], now: Date): string | undefined {
  if (source.kind === 'secrets' || source.secretHash !== undefined) return undefined;
  const found = ignores.find((ignore) => ignore.tool === source.tool && covers(ignore, source) && (ignore.until === undefined || now.getTime() < ignore.until.getTime()));
  return found && `${found.file}${found.reason === undefined ? '' : `: ${found.reason}`}`;
}

function covers({ id, packages, purl: pattern, paths }: Ignore, source: Finding): boolean {
  if (id !== undefined && !namesOf(source).includes(id.toLowerCase())) return false;
  const names = source.package === undefined ? [] : [source.package.name, ...(source.package.version === undefined ? [] : [`${source.package.name}@${source.package.version}`])];
  const purl = source.package?.purl;
  if (pattern !== undefined && !(purl !== undefined && pattern.test(purl))) return false;
  if (packages.length > 0 && !packages.some((wanted) => names.some((name) => fitsName(wanted, name)) || (purl !== undefined && samePackage(wanted, purl)))) return false;
  return paths.length === 0 || (source.location !== undefined && paths.some((pattern) => fitsPath(pattern, source.location!.path)));
}
