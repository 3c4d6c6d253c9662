import { labelled } from '../claim.ts';
import type { Draft } from '../draft.ts';
import { inner, need, number, objects, text, textOrNumber, wording, type Fields } from '../fields.ts';
import type { Format } from '../format.ts';
import { entries, members, value } from '../json-shape.ts';

// Their text quotes what they take for a password.
const PASSWORD_TESTS = ['B105', 'B106', 'B107'];

/** Bandit's JSON. https://github.com/PyCQA/bandit/blob/main/bandit/formatters/json.py */
export const bandit: Format = {
  name: 'bandit',
  recognise: (sketch) => sketch.has('errors', 'generated_at', 'metrics') || sketch.has('results.#.test_id', 'results.#.issue_severity'),
  read(collect) {
    collect.tool('bandit');
    collect.kind('sast');
    let files = 0;
    return { shape: members({
      errors: objects((one) => { collect.gap(`${text(one, 'filename') ?? 'A file'} was not checked: ${text(one, 'reason') ?? 'it does not say why'}.`); }),
      generated_at: wording((time) => { collect.createdAt(time); }),
      metrics: entries(value((_of, _scope, name) => { if (name !== '_totals') files++; })),
      results: objects((one) => { collect.add(draftOf(one)); }),
    }, ({ seen }) => {
      if (!seen.has('results')) collect.failure('It has no results, not even none.');
      if (seen.has('metrics')) collect.scanned(files, 'files');
    }) };
  },
};

function draftOf(one: Fields): Draft {
  const rule = need(one, 'test_id');
  const line = number(one, 'line_number');
  const said = need(one, 'issue_text');
  const holdsPassword = PASSWORD_TESTS.includes(rule);
  return {
    kind: 'sast', rule, title: `${text(one, 'test_name') ?? rule}: ${said}`, message: said, path: need(one, 'filename'), line,
    conceal: holdsPassword ? [/: '(.*)'$/s.exec(said)?.[1]] : [], code: holdsPassword ? undefined : lineOf(text(one, 'code'), line),
    claims: labelled(need(one, 'issue_severity')), cwes: [textOrNumber(inner(one, 'issue_cwe'), 'id')], url: text(one, 'more_info'),
  };
}

// `code` is a few lines, each with its number in front.
function lineOf(code: string | undefined, line: number | undefined): string | undefined {
  return code?.split('\n').find((one) => one.startsWith(`${line} `))?.slice(String(line).length);
}

