import { cvssVersion, labelled, scored } from '../claim.ts';
import { aliasesIn } from '../alias.ts';
import type { Draft } from '../draft.ts';
import { each, flag, inner, need, number, text, textOrNumber, texts, type Fields } from '../fields.ts';

/** Drafts of an advisory as the registry's first audit address gave it: npm 6, pnpm and Yarn 1 to 3 pass it on; one for each version found. */
export function advisoryDrafts(advisory: Fields): readonly Draft[] {
  const found = each(advisory, 'findings');
  const versions = found.length === 0 ? [undefined] : [...new Set(found.map((one) => text(one, 'version')))];
  return versions.map((version) => ({
    kind: 'sca', rule: text(advisory, 'github_advisory_id') ?? textOrNumber(advisory, 'id') ?? need(advisory, 'url'),
    aliases: [...texts(advisory, 'cves'), ...aliasesIn(text(advisory, 'url') ?? '')], title: text(advisory, 'title'), message: text(advisory, 'overview'),
    package: { name: need(advisory, 'module_name'), version, ecosystem: 'npm' }, fixedIn: [patchedIn(text(advisory, 'patched_versions'))],
    claims: [...labelled(text(advisory, 'severity')), ...cvssClaims(inner(advisory, 'cvss'))], cwes: texts(advisory, 'cwe'), url: text(advisory, 'url'),
    scope: found.length > 0 && found.every((one) => flag(one, 'dev') === true) ? 'development' : undefined,
  }));
}

/** What an advisory's `cvss` says: `{ score, vectorString }`, the score 0 when there is none. */
export function cvssClaims(cvss: Fields): ReturnType<typeof scored> {
  const vector = text(cvss, 'vectorString');
  return scored(number(cvss, 'score'), cvssVersion(vector), undefined, vector);
}

// `<0.0.0` is the registry's way to say that there is none.
function patchedIn(range: string | undefined): string | undefined {
  return range === undefined || range === '<0.0.0' ? undefined : range.replace(/^>=\s*/, '');
}
