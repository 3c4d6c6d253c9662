import { labelled, levelled } from '../claim.ts';
import type { Draft } from '../draft.ts';
import { amount, each, type Fields, need, number, object, objects, text, texts } from '../fields.ts';
import type { Format } from '../format.ts';
import { members, value } from '../json-shape.ts';
import type { Severity, SeverityClaim } from '../severity.ts';

const SEVERITIES: Readonly<Record<string, Severity>> = { BLOCKER: 'critical', CRITICAL: 'high', MAJOR: 'medium', MINOR: 'low', INFO: 'info' };

/** SonarQube's answers of api/issues/search and api/hotspots/search. https://next.sonarqube.com/sonarqube/web_api/api/issues */
export const sonarqube: Format = {
  name: 'sonarqube',
  recognise: (sketch) => (sketch.has('paging') && (sketch.has('issues') || sketch.has('hotspots'))) || sketch.has('issues.#.rule', 'issues.#.component', 'issues.#.key'),
  read(collect) {
    collect.tool('sonarqube');
    collect.kind('sast');
    let listed = 0;
    let total: number | undefined;
    return { shape: members({
      total: value((all) => { if (typeof all === 'number') total = all; }),
      paging: object((of) => { total = amount(of, 'total'); }),
      issues: objects((one) => {
        listed++;
        if (isSecurity(one) && text(one, 'resolution') !== 'FIXED' && text(one, 'issueStatus') !== 'FIXED') collect.add(issue(one));
      }),
      hotspots: objects((one) => {
        listed++;
        if (text(one, 'resolution') !== 'FIXED') collect.add(hotspot(one));
      }),
      errors: objects((one) => { collect.failure(`SonarQube answers: ${text(one, 'msg') ?? 'an error'}.`); }),
    }, ({ seen }) => {
      if (!seen.has('issues') && !seen.has('hotspots')) collect.failure('It has no list of issues, not even an empty one.');
      if (total === undefined) collect.gap('It does not say how many issues there are, so some may be missing.');
      else if (total > listed) collect.gap(`It has ${listed} of ${total} issues: fetch all pages.`);
    }) };
  },
};

function isSecurity(issue: Fields): boolean {
  return text(issue, 'type') === 'VULNERABILITY' || each(issue, 'impacts').some((impact) => text(impact, 'softwareQuality') === 'SECURITY');
}

function issue(one: Fields): Draft {
  const decision = text(one, 'resolution') ?? text(one, 'issueStatus') ?? '';
  return {
    kind: 'sast', rule: need(one, 'rule'), title: text(one, 'message'), path: pathOf(one), line: number(one, 'line'), fingerprint: text(one, 'hash'),
    claims: claimsOf(one), firstSeen: text(one, 'creationDate'), cwes: texts(one, 'tags').filter((tag) => /^cwe/i.test(tag)),
    ...(/FALSE.POSITIVE|WONTFIX|ACCEPTED/.test(decision) ? { suppressedBy: { by: 'SonarQube', reason: decision } } : {}),
  };
}

// The impact on security is the newer word, and the better one where both are there.
function claimsOf(one: Fields): SeverityClaim[] {
  const impact = each(one, 'impacts').find((each) => text(each, 'softwareQuality') === 'SECURITY');
  const severity = text(one, 'severity');
  return [...labelled(impact === undefined ? undefined : text(impact, 'severity')), ...severity === undefined ? [] : levelled(SEVERITIES[severity] ?? 'unknown', severity)];
}

function hotspot(one: Fields): Draft {
  const isSafe = ['SAFE', 'ACKNOWLEDGED'].includes(text(one, 'resolution') ?? '');
  return {
    kind: 'sast', rule: text(one, 'ruleKey') ?? need(one, 'securityCategory'), title: text(one, 'message'), path: pathOf(one), line: number(one, 'line'),
    claims: labelled(need(one, 'vulnerabilityProbability')), firstSeen: text(one, 'creationDate'),
    ...(isSafe ? { suppressedBy: { by: 'SonarQube', reason: `reviewed: ${text(one, 'resolution')}` } } : {}),
  };
}

// `project:src/app.ts`
function pathOf(one: Fields): string {
  const [component, project] = [need(one, 'component'), text(one, 'project')];
  return project !== undefined && component.startsWith(`${project}:`) ? component.slice(project.length + 1) : component.replace(/^[^/]*:/, '');
}

