import { KINDS } from '#shared/findings/finding';
import { SEVERITIES } from '#shared/findings/severity';
import { anyText, dictionaryOf, key, many, mapping, probability, span, word, yesOrNo, type Field } from './field.ts';
import { APPROVALS, EXCEPTIONS } from './policy.ts';

const SUBJECTS = ['if-told', 'required'] as const;

/** A rule of a stage: what blocks. */
export const ruleFields = mapping({
  name: key('How the summary calls the rule.', anyText),
  severity: key('This severity or worse. `unknown` is a class of its own: only a rule that names it is met by it.', word(SEVERITIES)),
  kinds: key('Findings of these kinds of scanners.', many(word(KINDS))),
  tools: key('Findings of these scanners.', many(anyText)),
  packages: key('Packages, by name or purl; `*` stands for any characters.', many(anyText)),
  paths: key('Files; `*` stands for any characters but `/`, `**` for any folders.', many(anyText)),
  licences: key('Licences by their SPDX names; `*` stands for any characters.', many(anyText)),
  scope: key('Dependencies of this scope. A finding that does not tell its scope meets it.', word(['runtime', 'development'])),
  fixable: key('`true`: a version without it is known. `false`: none is.', yesOrNo),
  kev: key('`true`: in CISA\'s catalogue of known exploited vulnerabilities (input `kev-file`, or as the scanner says).', yesOrNo),
  epss: key('Probability of exploitation, this or more (input `epss-file`, or as the scanner says). An advisory without a score meets it.', probability),
  'older-than': key('Known for longer than this, by the baseline or the scanner. A finding of unknown age meets it.', span),
  new: key('`true`: not in the baseline, or worse than there. Without a baseline everything is new.', yesOrNo),
});

/** Evidence that a stage asks for, with conditions. */
export const requirementFields = mapping({
  kind: key('Kind of scanner.', word(KINDS)),
  tools: key('Each of these must have reported. Any scanner of the kind if left out.', many(anyText)),
  'max-age': key('Age of its reports, instead of the stage\'s.', span),
  'accept-incomplete': key('`true`: take reports whose scanner left parts out, such as a dependency it does not know.', yesOrNo),
}, ['kind']);

const kindAlone = word(KINDS);

// Evidence is asked for by its kind alone, or with conditions.
const requirement: Field<NonNullable<ReturnType<typeof requirementFields.reader>>> = {
  reader: (value, path, faults) => {
    if (typeof value !== 'string') return requirementFields.reader(value, path, faults);
    const kind = kindAlone.reader(value, path, faults);
    return kind === undefined ? undefined : { kind };
  },
  schema: { anyOf: [kindAlone.schema, requirementFields.schema] },
  accepts: `a kind (${kindAlone.accepts}), or the keys below`,
};

/** A stage of a pipeline. */
export const stageFields = mapping({
  require: key('Evidence without which the stage does not pass.', many(requirement)),
  block: key('Rules. A finding that meets every condition of one of them blocks.', many({ ...ruleFields, accepts: 'the keys below' })),
  exceptions: key('What may keep a finding from blocking: `suppressions` (the scanner\'s own ignore files and comments), `vex`, `waivers`, `sign-off`. None if left out.', many(word(EXCEPTIONS))),
  'report-only': key('`true`: tell the verdict, and let everything pass.', yesOrNo),
  'max-age': key('Age of a report. One that does not tell when it was made is too old.', span),
  'max-database-age': key('Age of a scanner\'s vulnerability database, where it tells.', span),
  subject: key('`required`: a report must say which commit or image it is of, and it must be ours. `if-told`, the default: it must be ours where it says so.', word(SUBJECTS)),
}, ['require', 'block']);

const lifetime = mapping(Object.fromEntries(SEVERITIES.map((severity) => [severity, key(`Of a waiver for a finding that is ${severity}.`, span)])));

/** What is asked of waivers. */
export const waiverTermFields = mapping({
  lifetime: key('Longest time from `created` to `expires`, by severity of the finding.', lifetime),
  approval: key('`checked`, the default: the review that brought a waiver is looked up where a token allows, and a waiver without the approver\'s approval does not count. `proven`: nor does one that cannot be looked up. `stated`: the file\'s word is enough.', word(APPROVALS)),
  soon: key('How long before it expires a waiver is told of.', span),
});

/** The whole file. */
export const policyFields = mapping({
  stages: key('The stages by name: pre-commit, build, staging, production, dast-weekly, and your own.', dictionaryOf(stageFields, /^[a-z0-9][a-z0-9-]{0,59}$/, 'small letters, digits and dashes')),
  waivers: key('What is asked of waivers and sign-offs.', waiverTermFields),
  'severity-from': key('Whose severity counts, best first: a scanner, or whom it quotes (`nvd`, `ghsa`). The worst of all where none of them says one, or if left out.', many(anyText)),
  'max-feed-age': key('Age of `kev-file` and `epss-file`.', span),
}, ['stages']);
