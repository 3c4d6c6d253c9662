import { fitsOwnFile, type Ignore } from '../exemption.ts';
import { beyondUs, looseList, looseMapping, looseText, untilOf, type IgnoreFile, type Loose } from './ignore-file.ts';

const TOOL = 'osv-scanner';
const PACKAGE_KEYS = ['name', 'version', 'ecosystem', 'ignore', 'vulnerability', 'license', 'effectiveUntil', 'reason'];
/** What OSV calls an ecosystem, and what purls do. https://ossf.github.io/osv-schema/#defined-ecosystems */
const PURL_TYPES: Readonly<Record<string, string>> = { pypi: 'pypi', npm: 'npm', go: 'golang', 'crates.io': 'cargo', maven: 'maven', packagist: 'composer', rubygems: 'gem', nuget: 'nuget', hex: 'hex', pub: 'pub' };

/** What an osv-scanner.toml says: vulnerabilities and packages that are ignored. */
export function parseOsvIgnore(toml: unknown, file: string): IgnoreFile {
  const root = looseMapping(toml);
  const read = [
    ...looseList(root['IgnoredVulns']).map((entry, index) => vulnerability(entry, `${file}, IgnoredVulns[${index}]`, file)),
    ...looseList(root['PackageOverrides']).map((entry, index) => ofPackage(entry, `${file}, PackageOverrides[${index}]`, file)),
  ].filter((one) => one !== undefined);
  return { ignores: read.filter((one) => typeof one !== 'string'), notes: read.filter((one) => typeof one === 'string') };
}

function vulnerability(entry: Loose, place: string, file: string): Ignore | string {
  const [id, span] = [looseText(entry['id']), untilOf(entry['ignoreUntil'])];
  if (id === undefined || span === undefined) return `${place}: not followed, because its ${id === undefined ? 'id is missing' : 'ignoreUntil is no day'}`;
  return { ...fitsOwnFile(file, TOOL), id, until: span.until, reason: looseText(entry['reason']) };
}

function ofPackage(entry: Loose, place: string, file: string): Ignore | string | undefined {
  if (entry['ignore'] !== true && looseMapping(entry['vulnerability'])['ignore'] !== true) return undefined;
  const [name, version, ecosystem, span, odd] = [looseText(entry['name']), looseText(entry['version']), looseText(entry['ecosystem']), untilOf(entry['effectiveUntil']), beyondUs(entry, PACKAGE_KEYS)];
  const type = PURL_TYPES[ecosystem?.toLowerCase() ?? ''];
  if (name === undefined || span === undefined || odd.length > 0 || (ecosystem !== undefined && type === undefined)) {
    const why = name === undefined ? 'it names no package' : span === undefined ? 'its effectiveUntil is no day' : odd.length > 0 ? `of ${odd.join(', ')}` : `of the ecosystem ${ecosystem}`;
    return `${place}: not followed, because ${why}`;
  }
  const called = `${type === undefined ? name : `pkg:${type}/${name.replace(':', '/')}`}${version === undefined ? '' : `@${version}`}`;
  return { ...fitsOwnFile(file, TOOL), packages: [called], until: span.until, reason: looseText(entry['reason']) };
}
