import { Secret } from '#shared/core/secret';
import { createCover, SHORTEST_COVERED } from './cover.ts';
import { normaliseSecret } from './field-parsers.ts';

// The end of an address that is long enough to be a secret and no word.
const SHORTEST_END = 16;

/** The secrets of this run, in every form in which they could be printed. */
export interface Masks {
  /** Has a value hidden from now on, and returns it as a Secret; `as-is` hides no other form of it, which is enough for one of thousands. */
  add(value: string, forms?: 'all' | 'as-is'): Secret;
  /** The text with everything secret in it replaced. */
  redact(text: string): string;
}

/** An empty set of masks; `tell` hands each form to the runner, which hides it in what others print. */
export function createMasks(tell: (form: string) => void): Masks {
  const forms = new Set<string>();
  const cover = createCover();
  const add: Masks['add'] = (value, wanted = 'all') => {
    for (const form of (wanted === 'all' ? formsOf(value) : asIs(value)).filter((candidate) => !forms.has(candidate))) {
      forms.add(form);
      cover.add(form);
      tell(form);
    }
    return new Secret(normaliseSecret(value));
  };
  return { add, redact: cover.over };
}

/** Every form of a secret that could turn up in a log: whole, line by line, base64, URL-encoded, JSON and shell quoted. */
export function formsOf(value: string): readonly string[] {
  const whole = normaliseSecret(value);
  if (whole.trim() === '') return [];
  const wellFormed = whole.toWellFormed();
  const forms = [
    value, whole, whole.trim(), ...whole.split('\n').map((line) => line.trim()).filter(isTelling),
    ...base64Forms(whole), encodeURIComponent(wellFormed), encodeURIComponent(wellFormed).replaceAll('%20', '+'),
    JSON.stringify(wellFormed).slice(1, -1), whole.replaceAll("'", String.raw`'\''`), ...addressForms(whole),
  ];
  return [...new Set(forms)].filter((form) => form === whole || form.length >= SHORTEST_COVERED);
}

function asIs(value: string): readonly string[] {
  const whole = normaliseSecret(value).trim();
  return whole === '' ? [] : [...new Set([whole, ...whole.split('\n').map((line) => line.trim()).filter(isTelling)])];
}

/** What makes an address a secret, also alone: the end of a webhook's, the password in a database's. */
function addressForms(value: string): string[] {
  const address = URL.parse(value.trim());
  if (address === null || !value.includes('://')) return [];
  const end = /^https?:$/.test(address.protocol) ? address.pathname.split('/').at(-1) ?? '' : '';
  return [address.password, decoded(address.password), ...(end.length >= SHORTEST_END ? [end] : [])];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isTelling(line: string): boolean {
  return line.length >= SHORTEST_COVERED && /[\p{L}\p{N}]/u.test(line) && !/^-+ ?(?:BEGIN|END) [A-Z0-9 ]+-+$/.test(line);
}

/** The stable middle of the base64 of a value, wherever in a longer text it stands: the edge characters depend on its neighbours. */
function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value);
  const inner = [0, 1, 2].map((shift) => {
    const head = (3 - shift) % 3;
    const whole = bytes.subarray(head, head + Math.floor((bytes.length - head) / 3) * 3);
    return whole.toString('base64');
  });
  return [bytes.toString('base64'), ...inner].flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
    .filter((form) => form.length >= 2 * SHORTEST_COVERED);
}
