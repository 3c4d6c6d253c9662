import { aliasesIn } from '../alias.ts';
import { labelled } from '../claim.ts';
import type { Collector } from '../collector.ts';
import { amount, fields, type Fields, flag, inner, need, object, text, textOrNumber, texts } from '../fields.ts';
import type { Format } from '../format.ts';
import { advisoryDrafts } from './npm-advisory.ts';

// What Yarn 1 calls its lines; those of its log are all there is when the registry did not answer.
const LINES = ['auditAdvisory', 'auditSummary', 'auditAction', 'info', 'warning', 'error'];

interface State { isOld: boolean; hasEnded: boolean; hasFailed: boolean }

/** Yarn's audit, a line of JSON for each advisory: `yarn audit --json` of Yarn 1, `yarn npm audit --json` of Yarn 4. */
export const yarnAudit: Format = {
  name: 'yarn-audit',
  recognise: (sketch) => (sketch.has('data') && LINES.includes(sketch.text('type') ?? '')) || sketch.has('value', 'children.Severity'),
  read(collect) {
    collect.tool('yarn-audit');
    collect.kind('sca');
    const state: State = { isOld: false, hasEnded: false, hasFailed: false };
    return {
      takesMany: true,
      shape: object((line) => {
        if (typeof line.members['children'] === 'object') addLine(collect, line);
        else tellLine(collect, line, state);
      }),
      done: () => { if (state.isOld && !state.hasEnded && !state.hasFailed) collect.failure('Its summary, which Yarn writes at the end, is missing: the audit did not run through.'); },
    };
  },
};

function tellLine(collect: Collector, line: Fields, state: State): void {
  const type = need(line, 'type');
  state.isOld = true;
  if (type === 'error') {
    state.hasFailed = true;
    collect.failure(`Yarn could not audit: ${typeof line.members['data'] === 'string' ? line.members['data'] : 'it did not say why'}.`);
  }
  if (type === 'auditSummary') {
    state.hasEnded = true;
    collect.scanned(amount(inner(line, 'data'), 'totalDependencies') ?? 0, 'dependencies');
  }
  if (type !== 'auditAdvisory') return;
  const { members } = inner(line, 'data');
  const isDevelopment = flag(inner({ path: line.path, members }, 'resolution'), 'dev') === true;
  for (const draft of advisoryDrafts(fields(members['advisory'], ...line.path, 'data', 'advisory'))) collect.add({ ...draft, ...(isDevelopment ? { scope: 'development' as const } : {}) });
}

// { value: <package>, children: { ID, Issue, URL, Severity, 'Vulnerable Versions', 'Tree Versions', Dependents } }
function addLine(collect: Collector, line: Fields): void {
  const advisory = inner(line, 'children');
  const url = text(advisory, 'URL');
  const ecosystem = 'npm';
  const [alias] = aliasesIn(url ?? '');
  const id = alias ?? textOrNumber(advisory, 'ID') ?? need(advisory, 'Issue');
  // Packages that are only deprecated are told in the same form.
  if (/deprecat/i.test(textOrNumber(advisory, 'ID') ?? '')) return;
  const versions = texts(advisory, 'Tree Versions');
  // It is vulnerable, whether or not it says in which version it is there.
  for (const version of versions.length > 0 ? versions : [undefined]) {
    collect.add({ kind: 'sca', rule: id, title: text(advisory, 'Issue'), url, package: { name: need(line, 'value'), version, ecosystem }, claims: labelled(text(advisory, 'Severity')) });
  }
}
