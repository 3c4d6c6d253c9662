import type { Collector } from '../collector.ts';
import { Damage } from '../damage.ts';
import { each, flag, has, inner, object, objects, text, type Fields } from '../fields.ts';
import type { Format } from '../format.ts';
import { elements, fact, factOf, members, value, type Scope, type Shape } from '../json-shape.ts';
import { commitsOf, draftOf, imageOf, isFailure } from './sarif-result.ts';
import { levelOverrides, readTool, ruleOfResult, type SarifTool } from './sarif-rules.ts';
import { quirksOf } from './sarif-tools.ts';
import { leavesOut } from './semgrep.ts';

/** SARIF 2.1.0 of any tool. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export const sarif: Format = {
  name: 'sarif',
  recognise: (sketch) => sketch.has('runs') && (sketch.text('version')?.startsWith('2.') === true || sketch.text('$schema')?.includes('sarif') === true || sketch.has('runs.#.tool.driver')),
  read(collect) {
    let runs = 0;
    const shape = members({
      version: value((version) => { if (version !== '2.1.0') throw new Damage('it is of another version of SARIF than 2.1.0'); }),
      runs: elements(run(collect, () => { runs++; })),
      inlineExternalProperties: value(() => { collect.gap('Parts of it are kept outside of the runs, where they are not read.'); }),
    }, ({ seen }) => {
      if (!seen.has('runs')) throw new Damage('runs is missing');
      if (runs === 0) collect.failure('It has no run: no scan took place.');
    });
    return { shape };
  },
};

function run(collect: Collector, begin: () => void): Shape {
  let others = 0;
  return members({
    tool: fact(readTool),
    invocations: fact(invocationsOf),
    versionControlProvenance: value((list) => { for (const commit of commitsOf(listOf(list))) collect.subject('commits', commit); }),
    properties: object((of) => { tellImage(collect, of); }),
    externalPropertyFileReferences: object((of) => { if (has(of, 'results')) collect.gap('Its results are in other files.'); }),
    results: objects((result, scope) => {
      if (isFailure(result)) addResult(collect, result, scope);
      else others++;
    }),
  }, (scope) => {
    begin();
    endRun(collect, scope, others);
    others = 0;
  });
}

function addResult(collect: Collector, result: Fields, scope: Scope): void {
  const tool = factOf(scope, 'tool') as SarifTool | undefined;
  // Not there yet: results before the tool are read in a second walk; a run without one ends in a fault.
  if (tool === undefined) return;
  const rule = ruleOfResult(tool, result);
  collect.add(draftOf(result, rule, quirksOf(tool.name), levelOverrides((factOf(scope, 'invocations') ?? []) as readonly Fields[])));
}

function endRun(collect: Collector, { facts, seen }: Scope, others: number): void {
  const tool = facts['tool'] as SarifTool | undefined;
  if (tool === undefined || tool.name === '') throw new Damage('a run does not say which tool it is of');
  const quirks = quirksOf(tool.name);
  collect.tool(quirks.tool, tool.version);
  collect.kind(...kindsOf(tool, quirks.kinds));
  // An empty list says that nothing was found; no list says that nothing was looked for.
  if (!seen.has('results')) collect.failure(`The run of ${tool.name} has no results, not even none: the scan did not come that far.`);
  if (others > 0) collect.remark(`${others} results are no findings: checks that passed, or findings that are gone.`);
  for (const invocation of (facts['invocations'] ?? []) as readonly Fields[]) tellInvocation(collect, tool.name, invocation);
}

// Trivy and Grype are of several kinds, and tell by their rules; without rules, what everybody has them for.
function kindsOf(tool: SarifTool, kinds: ReturnType<typeof quirksOf>['kinds']): ReturnType<typeof quirksOf>['kinds'] {
  const hasRules = tool.components.some(({ rules }) => rules.length > 0);
  return kinds.length > 0 || hasRules ? kinds : ['sca'];
}

function invocationsOf(list: unknown): readonly Fields[] {
  return listOf(list).map((one) => {
    text(one, 'endTimeUtc');
    return one;
  });
}

function tellInvocation(collect: Collector, tool: string, invocation: Fields): void {
  const hasRun = flag(invocation, 'executionSuccessful');
  const notes = [...each(invocation, 'toolExecutionNotifications'), ...each(invocation, 'toolConfigurationNotifications')];
  const isFault = (note: Fields): boolean => text(note, 'level') === 'error' || (/^semgrep/i.test(tool) && leavesOut(text(inner(note, 'descriptor'), 'id') ?? ''));
  const errors = notes.filter(isFault).map((note) => text(inner(note, 'message'), 'text') ?? 'an error without words');
  const crash = text(invocation, 'processStartFailureMessage') ?? text(invocation, 'exitSignalName');
  if (hasRun === false || crash !== undefined) collect.failure(`${tool} says that it did not run through${because(crash ?? errors[0])}`);
  else for (const error of errors) collect.gap(`${tool} reports an error${because(error)}`);
  collect.createdAt(text(invocation, 'startTimeUtc') ?? text(invocation, 'endTimeUtc'));
}

function tellImage(collect: Collector, properties: Fields): void {
  const { names, digests } = imageOf(properties);
  for (const name of names) collect.subject('names', name);
  for (const digest of digests) collect.subject('digests', digest);
  if (digests.length > 0) collect.kind('container');
}

function because(reason: string | undefined): string {
  return reason === undefined ? '.' : `: ${reason.trim().replace(/\.$/, '')}.`;
}

function listOf(value: unknown): readonly Fields[] {
  return each({ path: [], members: { list: value } }, 'list');
}
