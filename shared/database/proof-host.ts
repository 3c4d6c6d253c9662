import { renderPlan, type Step } from '#shared/server/plan';
import type { FarLogin, FarPlace } from './far-place.ts';
import { setFunctions } from './set-functions.ts';
import type { Backup } from './set-plan.ts';
import type { Source } from './source.ts';

/** A server on which parts of a set are proven, instead of the one that has the databases. */
export interface ProofHost {
  /** Where they are while that lasts. */
  readonly place: FarPlace;
  readonly login: FarLogin;
}

/** What runs over there, step by step as elsewhere.sh asks for them, for a set whose sources are in the order of its parts. */
export function proofScript(backup: Backup, proofHost: ProofHost): string {
  const step = (name: string, script: string): Step => ({ name, title: name, phase: 'before', script: `${script} || exit 1`, timeout: 0 });
  return renderPlan({
    id: '', state: proofHost.place.folder, generation: 0, functions: setFunctions(awayFrom(backup, proofHost), 'away'), clear: 'leave_nothing; clear_set', back: ':',
    confirmWithin: 0, lockWait: 0, environment: {},
    steps: [step('ready', 'ready'), step('watch-line', 'watch_line'), ...backup.sources.flatMap((_, index) => [step(`attend-${index + 1}`, `attend ${index + 1}`), step(`prove-${index + 1}`, `prove ${index + 1}`)])],
  }, '');
}

/** The set as the server that proves it knows it: not how its databases are reached, nor what runs beside them. */
function awayFrom(backup: Backup, { place }: ProofHost): Backup {
  const sources = backup.sources.map((source): Source => {
    const { name, verify, compression } = source;
    const common = { name, ...(verify !== undefined && { verify }), ...(compression !== undefined && { compression }) };
    switch (source.kind) {
      case 'command': return { ...common, kind: source.kind, command: ':', file: source.file };
      case 'files':
      case 'sqlite': return source;
      default: return { ...common, kind: source.kind, database: source.database };
    }
  });
  return { ...backup, set: `${backup.set}-proof`, directory: place.folder, scratch: '', sources, encryption: { ...backup.encryption, recipients: '' }, quiesce: '', resume: '' };
}
