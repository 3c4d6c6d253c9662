import { cvssVersion, labelled, levelled, scored } from '../claim.ts';
import type { Draft } from '../draft.ts';
import { each, has, inner, need, number, objects, text, texts, type Fields } from '../fields.ts';
import type { Suppression } from '../finding.ts';
import type { Format } from '../format.ts';
import type { Severity } from '../severity.ts';
import { quirksOf } from './sarif-tools.ts';

const LEVELS: Readonly<Record<string, Severity>> = { error: 'high', warning: 'medium', note: 'low', none: 'info' };

/** Code scanning alerts as GitHub's API gives them. https://docs.github.com/en/rest/code-scanning/code-scanning#list-code-scanning-alerts-for-a-repository */
export const codeScanningAlerts: Format = {
  name: 'github-code-scanning',
  recognise: (sketch) => sketch.has('#.most_recent_instance', '#.rule', '#.tool'),
  read(collect) {
    collect.kind('sast');
    return {
      shape: objects((alert) => {
        const quirks = quirksOf(need(inner(alert, 'tool'), 'name'));
        collect.tool(quirks.tool, text(inner(alert, 'tool'), 'version'));
        if (text(alert, 'state') !== 'fixed') collect.add(codeDraft(alert, quirks));
      }),
      done: () => { collect.tool('github-code-scanning'); },
    };
  },
};

/** Dependabot alerts as GitHub's API gives them. https://docs.github.com/en/rest/dependabot/alerts#list-dependabot-alerts-for-a-repository */
export const dependabotAlerts: Format = {
  name: 'github-dependabot',
  recognise: (sketch) => sketch.has('#.security_advisory', '#.dependency'),
  read(collect) {
    collect.tool('dependabot');
    collect.kind('sca');
    return { shape: objects((alert) => { if (text(alert, 'state') !== 'fixed') collect.add(dependencyDraft(alert)); }) };
  },
};

function codeDraft(alert: Fields, { tool, kinds }: ReturnType<typeof quirksOf>): Draft {
  const [rule, instance] = [inner(alert, 'rule'), inner(alert, 'most_recent_instance')];
  const place = inner(instance, 'location');
  const level = text(rule, 'severity') ?? '';
  const message = text(inner(instance, 'message'), 'text');
  return {
    kind: kinds[0] ?? 'sast', tool, rule: need(rule, 'id'), title: text(rule, 'description'), message, path: text(place, 'path'), line: number(place, 'start_line'), endLine: number(place, 'end_line'),
    claims: [...labelled(text(rule, 'security_severity_level')), ...levelled(LEVELS[level] ?? 'unknown', level)], cwes: texts(rule, 'tags').filter((tag) => /cwe-\d/i.test(tag)),
    firstSeen: text(alert, 'created_at'), url: text(alert, 'html_url'), suppressedBy: dismissal(alert),
  };
}

function dependencyDraft(alert: Fields): Draft {
  const [advisory, vulnerability, dependency] = [inner(alert, 'security_advisory'), inner(alert, 'security_vulnerability'), inner(alert, 'dependency')];
  const of = inner(has(dependency, 'package') ? dependency : vulnerability, 'package');
  const scores = [inner(advisory, 'cvss'), ...['cvss_v4', 'cvss_v3'].map((name) => inner(inner(advisory, 'cvss_severities'), name))];
  const scope = text(dependency, 'scope');
  return {
    kind: 'sca', rule: need(advisory, 'ghsa_id'), aliases: [text(advisory, 'cve_id'), ...each(advisory, 'identifiers').map((one) => text(one, 'value'))],
    title: text(advisory, 'summary'), message: text(advisory, 'description'), package: { name: need(of, 'name'), ecosystem: text(of, 'ecosystem') },
    fixedIn: [text(inner(vulnerability, 'first_patched_version'), 'identifier')], path: text(dependency, 'manifest_path'),
    claims: [...labelled(text(vulnerability, 'severity') ?? text(advisory, 'severity')), ...scores.flatMap((one) => scored(number(one, 'score'), cvssVersion(text(one, 'vector_string')), undefined, text(one, 'vector_string')))],
    scope: scope === 'runtime' || scope === 'development' ? scope : undefined, cwes: each(advisory, 'cwes').map((one) => text(one, 'cwe_id')),
    firstSeen: text(alert, 'created_at'), url: text(alert, 'html_url'), suppressedBy: dismissal(alert),
    epss: number(inner(advisory, 'epss'), 'percentage'),
  };
}

function dismissal(alert: Fields): Suppression | undefined {
  const state = text(alert, 'state');
  if (state !== 'dismissed' && state !== 'auto_dismissed') return undefined;
  const who = state === 'auto_dismissed' ? 'a rule on GitHub' : text(inner(alert, 'dismissed_by'), 'login') ?? 'somebody on GitHub';
  return { by: who, reason: [text(alert, 'dismissed_reason'), text(alert, 'dismissed_comment')].filter((one) => one !== undefined && one !== '').join(': ') };
}
