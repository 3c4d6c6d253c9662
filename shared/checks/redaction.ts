import type { Secret } from '#shared/core/secret';
import type { Check, HttpCheck } from './check.ts';

const HARMLESS = new Set([
  'accept', 'accept-charset', 'accept-encoding', 'accept-language', 'cache-control', 'connection', 'content-type', 'host', 'pragma', 'range', 'user-agent',
]);
const SHORTEST = 6;
const SENSITIVE_PARAMETER = /token|key|secret|sig|pass|auth|code|credential/i;

/** Strikes the secrets of a check's request out of a text, in plain, URL-encoded, JSON, HTML and base64 form. */
export function redactor(check: HttpCheck): (text: string) => string {
  const forms = [...new Set(secretsOf(check).flatMap(formsOf))].sort((one, other) => other.length - one.length);
  return (text) => forms.reduce((rest, form) => rest.replaceAll(form, '[redacted]'), text);
}

/** The secrets in a check's request, for whoever hides them in everything that is printed. */
export function maskable(check: Check): readonly string[] {
  return check.kind === 'http' ? secretsOf(check) : [];
}

/** A URL as it may be shown: no user information, and no value of a parameter whose name sounds secret. */
export function shownUrl(text: string): string {
  const url = new URL(text);
  url.username = '';
  url.password = '';
  for (const name of new Set(url.searchParams.keys())) if (SENSITIVE_PARAMETER.test(name)) url.searchParams.set(name, 'redacted');
  return url.href;
}

function secretsOf({ url, headers = {}, body }: HttpCheck): string[] {
  const { username, password, searchParams } = new URL(url);
  const parameters = [...searchParams].filter(([name]) => SENSITIVE_PARAMETER.test(name)).map(([, value]) => value);
  const values = Object.entries(headers).filter(([name]) => !HARMLESS.has(name.toLowerCase())).map(([, value]) => value);
  const account = [decodeURIComponent(username), decodeURIComponent(password)];
  return [...values.flatMap(partsOf), ...(body ? partsOf(body) : []), ...parameters, ...account].filter((value) => value.length >= SHORTEST);
}

// A server may repeat the token without its scheme, one cookie of several, or the password of `Basic`.
function partsOf(secret: Secret): string[] {
  const value = secret.reveal();
  const parts = value.split(/[\s;,&"'{}]+|[=:](?=\S)/).filter((part) => part.length >= 8);
  const account = /^basic\s+(\S+)$/i.exec(value)?.[1];
  const decoded = account === undefined ? '' : Buffer.from(account, 'base64').toString();
  return [value, ...parts, decoded, decoded.slice(decoded.indexOf(':') + 1)];
}

function formsOf(value: string): string[] {
  const html = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  return [value, encodeURIComponent(value), new URLSearchParams({ '': value }).toString().slice(1), JSON.stringify(value).slice(1, -1), html,
    html.replaceAll("'", '&#39;'), Buffer.from(value).toString('hex'), ...base64Forms(value)];
}

// Inside a longer text a value has one of three base64 forms, by where it begins; the outer characters depend on its neighbours.
function base64Forms(value: string): string[] {
  const whole = Buffer.from(value).toString('base64');
  const aligned = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]).toString('base64').replace(/=+$/, '');
    return text.slice(shift === 0 ? 0 : shift + 1, -1);
  });
  return [whole, ...aligned].flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]).filter((form) => form.length >= SHORTEST);
}
