import { Secret } from '#shared/core/secret';
import { normaliseSecret } from './field-parsers.ts';

// Shorter pieces would hide half of every log and protect nothing.
const SHORTEST_PIECE = 4;
// The end of an address that is long enough to be a secret and no word.
const SHORTEST_END = 16;
const HIDDEN = '***';

/** The secrets of this run, in every form in which they could be printed. */
export interface Masks {
  /** Has a value hidden from now on, and returns it as a Secret. */
  add(value: string): Secret;
  /** The text with everything secret in it replaced. */
  redact(text: string): string;
}

/** An empty set of masks; `tell` hands each form to the runner, which hides it in what others print. */
export function createMasks(tell: (form: string) => void): Masks {
  const forms = new Set<string>();
  const add = (value: string): Secret => {
    for (const form of formsOf(value).filter((candidate) => !forms.has(candidate))) {
      forms.add(form);
      tell(form);
    }
    return new Secret(normaliseSecret(value));
  };
  const redact = (text: string): string =>
    [...forms].filter((form) => form.length >= SHORTEST_PIECE && text.includes(form)).sort((one, other) => other.length - one.length)
      .reduce((rest, form) => rest.replaceAll(form, HIDDEN), text);
  return { add, redact };
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
  return [...new Set(forms)].filter((form) => form === whole || form.length >= SHORTEST_PIECE);
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
  return line.length >= SHORTEST_PIECE && /[\p{L}\p{N}]/u.test(line) && !/^-+ ?(?:BEGIN|END) [A-Z0-9 ]+-+$/.test(line);
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
    .filter((form) => form.length >= 2 * SHORTEST_PIECE);
}
