import { labelled } from '../claim.ts';
import type { Collector } from '../collector.ts';
import type { Draft } from '../draft.ts';
import { inner, list, need, number, object, objects, text, wording, type Fields } from '../fields.ts';
import type { Kind } from '../finding.ts';
import type { Format } from '../format.ts';
import { either, elements, fact, factText, members, value, type Scope } from '../json-shape.ts';

/** Checkov's JSON: an object, or a list of one for each framework. https://www.checkov.io/8.Outputs/JSON.html */
export const checkov: Format = {
  name: 'checkov',
  recognise: (sketch) => ['', '#.'].some((at) => sketch.has(`${at}check_type`, `${at}results`) || sketch.has(`${at}summary.checkov_version`) || sketch.has(`${at}results.failed_checks`)) || sketch.has('passed', 'failed', 'checkov_version'),
  read(collect) {
    collect.tool('checkov');
    collect.kind('iac');
    const one = framework(collect);
    return { shape: either(elements(one), one) };
  },
};

function framework(collect: Collector): ReturnType<typeof members> {
  return members({
    check_type: fact(),
    checkov_version: wording((version) => { collect.tool('checkov', version); }),
    summary: object((of) => { tellSummary(collect, of); }),
    results: members({
      failed_checks: objects((check, scope) => { collect.add(draftOf(check, scope)); }),
      skipped_checks: objects((check, scope) => { collect.add({ ...draftOf(check, scope), suppressedBy: { by: 'a checkov:skip comment', reason: text(inner(check, 'check_result'), 'suppress_comment') ?? '' } }); }),
      parsing_errors: elements(value((path) => { collect.gap(`${typeof path === 'string' ? path : 'A file'} could not be read by Checkov.`); })),
    }),
  }, ({ seen }) => { if (!seen.has('results')) collect.nothingScanned('Checkov found no file that it knows.'); });
}

function tellSummary(collect: Collector, of: Fields): void {
  collect.tool('checkov', text(of, 'checkov_version'));
  const checks = (number(of, 'passed') ?? 0) + (number(of, 'failed') ?? 0) + (number(of, 'skipped') ?? 0);
  collect.scanned(checks, 'checks');
  const broken = number(of, 'parsing_errors') ?? 0;
  if (broken > 0) collect.gap(`Checkov could not read ${broken} files.`);
}

function draftOf(check: Fields, scope: Scope): Draft {
  const lines = list(check, 'file_line_range').map(Number);
  const type = factText(scope, 'check_type') ?? '';
  return {
    kind: kindOf(type), rule: need(check, 'check_id'), title: text(check, 'check_name'), path: (text(check, 'repo_file_path') ?? need(check, 'file_path')).replace(/^\//, ''),
    line: lines[0], endLine: lines[1], fingerprint: text(check, 'resource'), claims: labelled(text(check, 'severity')), url: text(check, 'guideline'),
  };
}

function kindOf(type: string): Kind {
  if (type === 'secrets') return 'secrets';
  if (type.startsWith('sast')) return 'sast';
  return type === 'sca_package' || type === 'sca_image' ? 'sca' : 'iac';
}
