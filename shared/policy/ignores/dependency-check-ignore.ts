import { SaxesParser } from 'saxes';
import { fitsOwnFile, type Ignore } from '../exemption.ts';
import { untilOf, type IgnoreFile } from './ignore-file.ts';

interface Element {
  readonly name: string;
  readonly isRegex: boolean;
  text: string;
}
interface Suppress {
  readonly until: string | undefined;
  readonly children: Element[];
}

const IDS = ['cve', 'vulnerabilityName'];
const KNOWN = new Set([...IDS, 'packageUrl', 'notes']);

/** What a suppression file of OWASP Dependency-Check says, where it names vulnerabilities and packages. @throws {Error} when it is not XML. */
export function parseDependencyCheckIgnore(xml: string, file: string): IgnoreFile {
  const read = suppressions(xml).flatMap((one, index) => readSuppress(one, `${file}, suppress ${index + 1}`, file));
  return { ignores: read.filter((one) => typeof one !== 'string'), notes: read.filter((one) => typeof one === 'string') };
}

function readSuppress({ until, children }: Suppress, place: string, file: string): readonly (Ignore | string)[] {
  const odd = [...new Set(children.filter(({ name, isRegex }) => !KNOWN.has(name) || (isRegex && IDS.includes(name))).map(({ name }) => name))];
  const span = untilOf(until?.replace(/^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})$/, '$1'));
  const ids = textsOf(children, ...IDS);
  const [packageUrl] = children.filter(({ name }) => name === 'packageUrl');
  const purl = packageUrl === undefined ? undefined : wholePattern(packageUrl);
  const why = odd.length > 0 ? `of ${odd.join(', ')}` : span === undefined ? 'its until is no day' : ids.length === 0 ? 'it names no vulnerability' : packageUrl !== undefined && purl === undefined ? 'its packageUrl is no regular expression' : undefined;
  if (why !== undefined) return [`${place}: not followed, because ${why}`];
  const reason = textsOf(children, 'notes')[0]?.replaceAll(/\s+/g, ' ');
  return ids.map((id) => ({ ...fitsOwnFile(file, 'dependency-check'), id, purl, until: span?.until, reason }));
}

function textsOf(children: readonly Element[], ...names: readonly string[]): readonly string[] {
  return children.filter(({ name }) => names.includes(name)).map(({ text }) => text.trim()).filter((text) => text !== '');
}

// As Dependency-Check has it: the whole of the purl, small and capital letters alike.
function wholePattern({ isRegex, text }: Element): RegExp | undefined {
  const source = text.trim();
  try {
    return new RegExp(`^(?:${isRegex ? source : source.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`)})$`, 'i');
  } catch {
    return undefined;
  }
}

function suppressions(xml: string): readonly Suppress[] {
  const found: Suppress[] = [];
  let depth = 0;
  let root = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth === 1) root = name;
    if (depth === 2 && name === 'suppress') found.push({ until: attributes['until'], children: [] });
    if (depth === 3) found.at(-1)?.children.push({ name, isRegex: attributes['regex'] === 'true', text: '' });
  });
  parser.on('closetag', () => void (depth -= 1));
  const addText = (text: string): void => {
    const element = depth === 3 ? found.at(-1)?.children.at(-1) : undefined;
    if (element !== undefined) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(xml).close();
  if (root !== 'suppressions') throw new Error('its root is not <suppressions>');
  return found;
}
