import { UserError } from '#shared/core/errors';
import { plainText } from './field-parsers.ts';

const ITEM = 'a YAML list of plain values, or one value per line, without control characters';

/**
 * The values of a list written as YAML (`- one` or `[one, two]`) or one per line; blank lines are dropped.
 * @throws {UserError} on nested values, control characters or broken YAML.
 */
export async function parseLines(given: string): Promise<readonly string[]> {
  const items = isYamlList(given) ? await yamlItems(given) : given.split(/\r?\n/);
  return items.map((item) => plainText(item, ITEM)).filter((item) => item !== '');
}

/**
 * What a piece of YAML 1.2 holds.
 * @throws {UserError} with the line and column of the first mistake; the text itself is not repeated.
 */
export async function parseYaml(given: string, schema: 'core' | 'failsafe' = 'core'): Promise<unknown> {
  if (given.includes('\0')) throw new UserError('accepted is YAML without NUL bytes');
  // Loaded on demand: most runs give no YAML, and it would be a tenth of their start-up time.
  const { LineCounter, parseDocument } = await import('yaml');
  const lineCounter = new LineCounter();
  const document = parseDocument(given, { schema, prettyErrors: false, lineCounter });
  const [mistake] = document.errors;
  if (mistake) {
    const { line, col } = lineCounter.linePos(mistake.pos[0]);
    throw new UserError(`the YAML has a mistake in line ${line}, column ${col}: ${mistake.message}`);
  }
  try {
    return document.toJS() as unknown;
  } catch (error) {
    // An alias without its anchor, or so many aliases that they would fill the memory.
    throw new UserError(`the YAML cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isYamlList(given: string): boolean {
  return /^\s*-(?:\s|$)/.test(given) || /^\s*\[[^]*\]\s*$/.test(given);
}

async function yamlItems(given: string): Promise<string[]> {
  const list = await parseYaml(given, 'failsafe');
  if (!Array.isArray(list) || !list.every((item) => typeof item === 'string')) throw new UserError(`accepted is ${ITEM}`);
  return list;
}
