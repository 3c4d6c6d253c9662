import { SEVERITIES } from '#shared/findings/severity';
import { parseDay } from './day.ts';
import { anyText, formed, key, many, manyOrNone, mapping, word, yesOrNo, type Field } from './field.ts';
import { text } from '#shared/checks/shape';

const day: Field<Date> = { reader: text(parseDay), schema: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }, accepts: 'a day such as 2026-12-01' };
const stages = many(anyText);
// "ok" and "n/a" explain nothing to whoever reads them in half a year.
const reason = formed(/^[^]*\S[^]{8,}\S[^]*$/, 'a reason of ten characters at least');
const person = formed(/^@?[A-Za-z0-9][\w.@-]{0,99}$/, 'a GitHub login');
/** Named `sha256:` and 64 digits, as the summary prints it. */
const hash = formed(/^sha256:[0-9a-f]{64}$/, 'the hash that the summary prints, sha256: and 64 digits');

const common = {
  reason: key('Why it is bearable until then.', reason),
  'requested-by': key('Who asks for it.', person),
  'approved-by': key('Who allows it: somebody else.', person),
  created: key('From this day on, UTC.', day),
  expires: key('Until this day, UTC: on the day itself it no longer counts.', day),
};
const COMMON = ['reason', 'requested-by', 'approved-by', 'created', 'expires'] as const;

/** A waiver: a finding, a package or a path that may stay for a while. */
export const waiverFields = mapping({
  finding: key('Advisory or rule by any of its names (CVE-2026-1234, GHSA-…, B602), or the key that `explain` prints.', anyText),
  package: key('Package, by name, name@version or purl; `*` stands for any characters.', anyText),
  paths: key('Files; `*` stands for any characters but `/`, `**` for any folders. Each place of the finding has to fit.', many(anyText)),
  stages: key('Stages it counts in, where the policy lets waivers in.', stages),
  severity: key('The worst that it bears: it is void when the finding becomes worse.', word(SEVERITIES)),
  'void-when-fixed': key('`true`: it is void as soon as a version without the problem is known.', yesOrNo),
  ...common,
}, ['stages', ...COMMON]);

/** A sign-off: exactly these findings, and no other, may stay for a while. */
export const signOffFields = mapping({
  stage: key('Stage it counts in, where the policy lets sign-offs in.', anyText),
  findings: key('Hash of the exact findings, as the summary prints it. Another finding, or one that became worse, voids it.', hash),
  ...common,
}, ['stage', 'findings', ...COMMON]);

/** The whole file. */
export const waiverFileFields = mapping({
  waivers: key('Findings, packages or paths that may stay for a while.', manyOrNone(waiverFields)),
  'sign-offs': key('Exact sets of findings that may stay for a while.', manyOrNone(signOffFields)),
});
