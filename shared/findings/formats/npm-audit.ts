import { aliasesIn } from '../alias.ts';
import { labelled } from '../claim.ts';
import type { Collector } from '../collector.ts';
import type { Draft } from '../draft.ts';
import { amount, fields, type Fields, inner, list, need, object, text, textOrNumber, texts, wording } from '../fields.ts';
import type { Format } from '../format.ts';
import { entries, members } from '../json-shape.ts';
import { plainText } from '../plain-text.ts';
import { advisoryDrafts, cvssClaims } from './npm-advisory.ts';

/**
 * npm's audit, of npm 7 and later and of npm 6, and what either writes when the registry did not answer.
 * https://github.com/npm/cli/blob/latest/workspaces/arborist/lib/audit-report.js
 */
export const npmAudit: Format = {
  name: 'npm-audit',
  recognise: (sketch) => sketch.has('auditReportVersion') || sketch.has('runId', 'advisories') || sketch.has('message', 'method', 'uri', 'statusCode') || sketch.has('error.summary', 'error.detail'),
  read(collect) {
    collect.tool('npm-audit');
    collect.kind('sca');
    let advisories = 0;
    let counted = 0;
    const reasons: (string | undefined)[] = [];
    const names = new Set<string>();
    const pointers = new Set<string>();
    return { shape: members({
      vulnerabilities: entries(object((one, _scope, name) => {
        names.add(String(name));
        advisories += addPackage(collect, one, pointers);
      })),
      advisories: entries(object((advisory) => { for (const draft of advisoryDrafts(advisory)) collect.add(draft); advisories++; })),
      metadata: object((of) => { counted = tellMetadata(collect, of); }),
      error: object((of) => { reasons.push(textOrNumber(of, 'code'), text(of, 'summary'), text(of, 'detail')); }),
      message: wording((message) => { reasons.unshift(message); }),
    }, ({ seen }) => {
      const hasList = seen.has('vulnerabilities') || seen.has('advisories');
      if (!hasList || seen.has('error') || seen.has('message')) collect.failure(`npm could not audit: ${because(reasons)}.`);
      const lost = [...pointers].find((name) => !names.has(name));
      if (lost !== undefined) collect.gap(`It says that ${lost} is vulnerable, and has nothing about it.`);
      if (counted > 0 && advisories === 0) collect.gap(`npm counts ${counted} vulnerable packages, and lists none of their advisories.`);
    }) };
  },
};

// Texts in `via` lead to other packages of the report, which have the advisories.
function addPackage(collect: Collector, one: Fields, pointers: Set<string>): number {
  const vias = list(one, 'via');
  for (const via of vias) if (typeof via === 'string') pointers.add(via);
  const advisories = vias.filter((via) => typeof via !== 'string').map((via, index) => fields(via, ...one.path, 'via', index));
  for (const advisory of advisories) collect.add(draftOf(advisory, one));
  return advisories.length;
}

function draftOf(advisory: Fields, vulnerable: Fields): Draft {
  const url = text(advisory, 'url');
  const [alias] = aliasesIn(url ?? '');
  return {
    kind: 'sca', rule: alias ?? textOrNumber(advisory, 'source') ?? need(advisory, 'url'), title: text(advisory, 'title'), url,
    package: { name: text(advisory, 'dependency') ?? need(advisory, 'name'), ecosystem: 'npm' }, fixedIn: fixesOf(advisory, vulnerable),
    path: texts(vulnerable, 'nodes')[0], claims: [...labelled(text(advisory, 'severity')), ...cvssClaims(inner(advisory, 'cvss'))], cwes: texts(advisory, 'cwe'),
  };
}

// The first version beyond the vulnerable range, if npm knows any fix; else what it would have to install instead.
function fixesOf(advisory: Fields, vulnerable: Fields): readonly string[] {
  const fix = vulnerable.members['fixAvailable'];
  if (fix === false || fix === undefined) return [];
  const beyond = (text(advisory, 'range') ?? '').split('||').flatMap((range) => /<\s*([\w.+-]+)\s*$/.exec(range)?.[1] ?? []);
  if (beyond.length > 0 || fix === true) return beyond.length > 0 ? beyond : ['by npm audit fix'];
  const of = inner(vulnerable, 'fixAvailable');
  return [`${need(of, 'name')}@${need(of, 'version')}`];
}

function tellMetadata(collect: Collector, metadata: Fields): number {
  // npm 6 has a number where npm 7 has an object of numbers.
  const perKind = typeof metadata.members['dependencies'] === 'object' ? amount(inner(metadata, 'dependencies'), 'total') : undefined;
  const total = amount(metadata, 'totalDependencies') ?? perKind;
  if (total !== undefined) collect.scanned(total, 'dependencies');
  return amount(inner(metadata, 'vulnerabilities'), 'total') ?? 0;
}

function because(reasons: readonly (string | undefined)[]): string {
  const said = reasons.flatMap((reason) => (reason === undefined || reason === '' ? [] : [plainText(reason, 200)]));
  return said.length === 0 ? 'there is no list of vulnerabilities, not even an empty one' : said.join(', ');
}
