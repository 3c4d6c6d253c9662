import { labelled, ruled } from '../claim.ts';
import type { Collector } from '../collector.ts';
import type { Draft } from '../draft.ts';
import { flag, has, inner, list, need, number, objects, text, texts, wording, type Fields } from '../fields.ts';
import type { Format } from '../format.ts';
import { elements, members, value } from '../json-shape.ts';
import type { SeverityClaim } from '../severity.ts';

// What stands where an account would have a value.
const WITHHELD = 'requires login';

/** Semgrep's JSON. https://github.com/semgrep/semgrep-interfaces/blob/main/semgrep_output_v1.atd */
export const semgrep: Format = {
  name: 'semgrep',
  recognise: (sketch) => sketch.has('results.#.check_id', 'results.#.extra') || sketch.has('results', 'errors', 'paths') || sketch.has('results', 'paths.scanned'),
  read(collect) {
    collect.tool('semgrep');
    collect.kind('sast');
    let files = 0;
    return { shape: members({
      version: wording((version) => { collect.tool('semgrep', version); }),
      results: objects((one) => { collect.add(draftOf(one)); }),
      errors: objects((one) => { tellError(collect, one); }),
      paths: members({ scanned: elements(value(() => { files++; })), skipped: objects((one) => { tellSkipped(collect, one); }) }, ({ seen }) => { if (seen.has('scanned')) collect.scanned(files, 'files'); }),
      skipped_rules: objects((one) => { collect.gap(`Rule ${text(one, 'rule_id') ?? ''} was left out.`); }),
    }, ({ seen }) => { if (!seen.has('results')) collect.failure('It has no results, not even none.'); }) };
  },
};

function draftOf(one: Fields): Draft {
  const extra = inner(one, 'extra');
  const about = inner(extra, 'metadata');
  const isSecret = !['NO_VALIDATOR', undefined].includes(text(extra, 'validation_state'));
  const found = inner(inner(inner(extra, 'sca_info'), 'dependency_match'), 'found_dependency');
  const [fingerprint, lines] = [text(extra, 'fingerprint'), text(extra, 'lines')];
  const rule = need(one, 'check_id');
  return {
    kind: has(extra, 'sca_info') ? 'sca' : isSecret ? 'secrets' : 'sast', rule, title: rule.slice(rule.lastIndexOf('.') + 1), message: text(extra, 'message'),
    path: need(one, 'path'), line: number(inner(one, 'start'), 'line'), endLine: number(inner(one, 'end'), 'line'),
    fingerprint: fingerprint === WITHHELD ? undefined : fingerprint?.replace(/_\d+$/, ''), code: isSecret || lines === WITHHELD ? undefined : lines, conceal: isSecret ? [lines === WITHHELD ? undefined : lines] : [],
    claims: severityOf(need(extra, 'severity')), cwes: textsOrNone(about, 'cwe'), aliases: [text(about, 'sca-vuln-database-identifier'), text(about, 'ghsa'), text(about, 'cve')],
    url: text(about, 'source') ?? text(about, 'shortlink'),
    ...(has(extra, 'sca_info') ? { package: { name: need(found, 'package'), version: text(found, 'version'), ecosystem: text(found, 'ecosystem') } } : {}),
    ...(flag(extra, 'is_ignored') === true ? { suppressedBy: { by: 'a nosemgrep comment in the source' } } : {}),
  };
}

// Its older words: an INFO is what others call low.
function severityOf(word: string): SeverityClaim[] {
  if (word === 'EXPERIMENT' || word === 'INVENTORY') return ruled('info', `Semgrep's ${word}`);
  const [claim] = labelled(word);
  return claim === undefined ? [] : [{ ...claim, severity: word === 'INFO' ? 'low' : claim.severity }];
}

// Rules are written by anybody: their metadata is of any type.
function textsOrNone(about: Fields, name: string): readonly string[] {
  const value = about.members[name];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? texts(about, name) : [];
}

// Semgrep only warns of a file that it could not parse, and ends with 0. Only these warnings are of something else, a rule that this version cannot run;
// what a later version may come to warn of is taken for a file that was not looked at.
const OF_NO_FILE = /^(?:semgrep ?warning|fixpoint ?timeout|missing ?plugin|incompatible ?rule)$/i;

/** Whether Semgrep left something out, by the kind of error it tells. */
export function leavesOut(kind: string): boolean {
  return !OF_NO_FILE.test(kind);
}

function tellError(collect: Collector, error: Fields): void {
  const said = text(error, 'message') ?? text(error, 'short_msg') ?? typeOf(error);
  const path = text(error, 'path');
  if (text(error, 'level') !== 'error' && !leavesOut(typeOf(error))) collect.remark(`Semgrep warns${path === undefined ? '' : ` of ${path}`}: ${said}`);
  else if (path === undefined) collect.failure(`Semgrep reports an error: ${said}`);
  else collect.gap(`${path} was not checked wholly: ${said}`);
}

function typeOf(error: Fields): string {
  const [first] = Array.isArray(error.members['type']) ? list(error, 'type') : [];
  return typeof first === 'string' ? first : text(error, 'type') ?? 'an error';
}

function tellSkipped(collect: Collector, one: Fields): void {
  const reason = text(one, 'reason') ?? '';
  if (/analysis_failed|too_big|timeout|memory|exceeded|insufficient|unreadable/i.test(reason)) collect.gap(`${text(one, 'path') ?? 'A file'} was left out: ${reason}.`);
}
