import { ruled } from '../claim.ts';
import { need, number, objects, text } from '../fields.ts';
import type { Format } from '../format.ts';

/** Gitleaks' JSON. An empty list is a clean scan, but nothing in it says that it is of Gitleaks. https://github.com/gitleaks/gitleaks/blob/master/report/finding.go */
export const gitleaks: Format = {
  name: 'gitleaks',
  recognise: (sketch) => sketch.has('#.RuleID', '#.Fingerprint') || sketch.has('#.RuleID', '#.Secret'),
  read(collect) {
    collect.tool('gitleaks');
    collect.kind('secrets');
    return { shape: objects((one) => {
      collect.add({
        kind: 'secrets', rule: need(one, 'RuleID'), title: text(one, 'Description'), path: text(one, 'SymlinkFile') || text(one, 'File'),
        line: number(one, 'StartLine'), endLine: number(one, 'EndLine'), secret: text(one, 'Secret'), conceal: [text(one, 'Match')],
        claims: ruled('critical', 'a secret in the sources'), firstSeen: text(one, 'Date'),
      });
    }) };
  },
};
