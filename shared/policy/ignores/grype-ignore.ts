import { fitsOwnFile, type Ignore } from '../exemption.ts';
import { beyondUs, looseList, looseMapping, looseText, type IgnoreFile, type Loose } from './ignore-file.ts';

const KEYS = ['vulnerability', 'include-aliases', 'reason', 'package'];
const PACKAGE_KEYS = ['name', 'version', 'location'];

/** What the rules under `ignore` in a .grype.yaml say. They have no end. */
export function parseGrypeIgnore(yaml: unknown, file: string): IgnoreFile {
  const read = looseList(looseMapping(yaml)['ignore']).map((entry, index) => readRule(entry, `${file}, ignore[${index}]`, file));
  return { ignores: read.filter((one) => typeof one !== 'string'), notes: read.filter((one) => typeof one === 'string') };
}

// A rule with a condition that we cannot judge would hide more than it says.
function readRule(entry: Loose, place: string, file: string): Ignore | string {
  const one = looseMapping(entry['package']);
  const odd = [...beyondUs(entry, KEYS), ...beyondUs(one, PACKAGE_KEYS).map((key) => `package.${key}`)];
  if (odd.length > 0) return `${place}: not followed, because of ${odd.join(', ')}`;
  const [id, name, version, location] = [looseText(entry['vulnerability']), looseText(one['name']), looseText(one['version']), looseText(one['location'])];
  if (id === undefined && name === undefined) return `${place}: not followed, because it names neither vulnerability nor package`;
  if (version !== undefined && name === undefined) return `${place}: not followed, because its package has a version and no name`;
  return {
    ...fitsOwnFile(file, 'grype'), id, packages: name === undefined ? [] : [`${name}${version === undefined ? '' : `@${version}`}`], paths: location === undefined ? [] : [location], reason: looseText(entry['reason']),
  };
}
