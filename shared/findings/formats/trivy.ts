import { labelled, scored } from '../claim.ts';
import type { Collector } from '../collector.ts';
import type { Draft } from '../draft.ts';
import { fields, flag, inner, need, number, object, objects, text, texts, wording, type Fields } from '../fields.ts';
import type { Kind } from '../finding.ts';
import type { Format } from '../format.ts';
import { either, elements, fact, factOf, factText, members, value, type Scope, type Shape } from '../json-shape.ts';
import type { SeverityClaim } from '../severity.ts';

/**
 * Trivy's JSON: of images, file systems, repositories, configurations, SBOMs and clusters.
 * https://github.com/aquasecurity/trivy/blob/main/pkg/types/report.go
 */
export const trivy: Format = {
  name: 'trivy',
  recognise: (sketch) => (sketch.text('SchemaVersion') !== undefined && sketch.has('ArtifactName'))
    || sketch.has('ArtifactName', 'Results') || (sketch.has('ClusterName') && (sketch.has('Resources') || sketch.has('Vulnerabilities') || sketch.has('Misconfigurations')))
    || sketch.has('#.Target', '#.Vulnerabilities') || sketch.has('#.Target', '#.Class'),
  read(collect) {
    collect.tool('trivy');
    let targets = 0;
    let others = 0;
    const results = elements(result(collect, (kind) => {
      targets++;
      if (kind === undefined) return;
      others++;
      collect.kind(kind);
    }));
    const resources = elements(members({ Results: results, Error: value((error) => { if (error !== '') collect.failure('It could not scan a resource of the cluster.'); }) }));
    const whole = members({
      CreatedAt: wording((time) => { collect.createdAt(time); }),
      ArtifactName: wording((name) => { collect.subject('names', name); }),
      ArtifactType: fact(), ClusterName: fact(), Metadata: object((of) => { tellMetadata(collect, of); }),
      Trivy: object((of) => { collect.tool('trivy', text(of, 'Version')); }),
      Results: results, Resources: resources, Vulnerabilities: resources, Misconfigurations: resources,
    }, (scope) => { if (targets === 0 || targets > others) collect.kind(...kindsOf(scope)); });
    return { shape: either(results, whole), done: () => {
      if (targets === 0) collect.nothingScanned('It lists no target: Trivy found no package or file to scan, or did not say which (--list-all-pkgs has it say so).');
    } };
  },
};

// What is no scan of packages: a look at configuration alone says nothing of what depends on what.
const KINDS_OF_CLASSES: Readonly<Record<string, Kind>> = { config: 'iac', secret: 'secrets', license: 'licence', 'license-file': 'licence' };

function result(collect: Collector, begin: (kind: Kind | undefined) => void): Shape {
  return members({
    Target: fact(), Class: fact(), Type: fact(),
    Packages: elements(value(() => { collect.scanned(1, 'packages'); })),
    Vulnerabilities: objects((one, scope) => { collect.add(vulnerability(one, scope)); }),
    Misconfigurations: objects((one, scope) => { if (text(one, 'Status') !== 'PASS') collect.add(misconfiguration(one, scope)); }),
    Secrets: objects((one, scope) => { collect.add(secret(one, scope)); }),
    Licenses: objects((one, scope) => { collect.add(licence(one, scope)); }),
    ExperimentalModifiedFindings: objects((one, scope) => { addModified(collect, one, scope); }),
  }, (scope) => { begin(KINDS_OF_CLASSES[factText(scope, 'Class') ?? '']); });
}

function vulnerability(one: Fields, scope: Scope): Draft {
  const isSystem = factOf(scope, 'Class') === 'os-pkgs';
  const purl = text(inner(one, 'PkgIdentifier'), 'PURL');
  return {
    kind: isSystem || isOfImage(scope) ? 'container' : 'sca', rule: need(one, 'VulnerabilityID'), aliases: texts(one, 'VendorIDs'),
    title: text(one, 'Title'), message: text(one, 'Description'), url: text(one, 'PrimaryURL'),
    package: { name: need(one, 'PkgName'), version: text(one, 'InstalledVersion'), ecosystem: factText(scope, 'Type'), purl },
    fixedIn: [text(one, 'FixedVersion')], path: text(one, 'PkgPath') ?? (isSystem ? undefined : factText(scope, 'Target')),
    claims: [...labelled(text(one, 'Severity'), text(one, 'SeveritySource')), ...scoresOf(inner(one, 'CVSS'))],
    cwes: texts(one, 'CweIDs'),
  };
}

function scoresOf(bySource: Fields): SeverityClaim[] {
  return Object.entries(bySource.members).flatMap(([source, scores]) => {
    const of = fields(scores, 'CVSS');
    return [...scored(number(of, 'V40Score'), 4, source, text(of, 'V40Vector')), ...scored(number(of, 'V3Score'), 3, source, text(of, 'V3Vector')), ...scored(number(of, 'V2Score'), 2, source, text(of, 'V2Vector'))];
  });
}

function misconfiguration(one: Fields, scope: Scope): Draft {
  const cause = inner(one, 'CauseMetadata');
  return {
    kind: 'iac', rule: need(one, 'ID'), title: text(one, 'Title'), message: text(one, 'Message'), url: text(one, 'PrimaryURL'),
    path: factText(scope, 'Target'), line: number(cause, 'StartLine'), endLine: number(cause, 'EndLine'), fingerprint: text(cause, 'Resource'),
    claims: labelled(text(one, 'Severity')),
    ...(text(one, 'Status') === 'EXCEPTION' ? { suppressedBy: { by: 'an exception in Trivy\'s checks' } } : {}),
  };
}

function secret(one: Fields, scope: Scope): Draft {
  return {
    kind: 'secrets', rule: need(one, 'RuleID'), title: text(one, 'Title'), path: factText(scope, 'Target'),
    line: number(one, 'StartLine'), endLine: number(one, 'EndLine'), conceal: [text(one, 'Match')], claims: labelled(text(one, 'Severity')),
  };
}

function licence(one: Fields, scope: Scope): Draft {
  const name = need(one, 'Name');
  return {
    kind: 'licence', rule: name, licence: name, title: `${name} (${text(one, 'Category') ?? 'not classified'})`, url: text(one, 'Link'),
    package: text(one, 'PkgName') === undefined || text(one, 'PkgName') === '' ? undefined : { name: text(one, 'PkgName') ?? '', ecosystem: factText(scope, 'Type') },
    path: text(one, 'FilePath') ?? factText(scope, 'Target'), claims: labelled(text(one, 'Severity')),
  };
}

// What an ignore file or a VEX document of Trivy's took away, shown with `--show-suppressed`.
function addModified(collect: Collector, one: Fields, scope: Scope): void {
  const suppressedBy = { by: text(one, 'Source') ?? 'Trivy', reason: text(one, 'Statement') ?? text(one, 'Status') ?? '' };
  if (text(one, 'Type') === 'vulnerability') collect.add({ ...vulnerability(inner(one, 'Finding'), scope), suppressedBy });
}

function tellMetadata(collect: Collector, of: Fields): void {
  const system = inner(of, 'OS');
  if (flag(system, 'EOSL') === true) collect.remark(`${text(system, 'Family') ?? 'The system'} ${text(system, 'Name') ?? ''} gets no security updates any more: what is wrong with it may be listed nowhere.`);
  collect.subject('digests', text(of, 'ImageID'));
  for (const digest of texts(of, 'RepoDigests')) collect.subject('digests', digest.split('@')[1]);
  for (const tag of texts(of, 'RepoTags')) collect.subject('names', tag);
  collect.subject('commits', text(of, 'Commit'));
}

function kindsOf(scope: Scope): ('container' | 'sca')[] {
  return [isOfImage(scope) || factOf(scope, 'ClusterName') !== undefined ? 'container' : 'sca'];
}

function isOfImage(scope: Scope): boolean {
  return ['container_image', 'vm', 'virtual_machine'].includes(factText(scope, 'ArtifactType') ?? '');
}
