import type { Log } from '#shared/core/log';
import type { SummarySection } from '#shared/runner/summary';
import type { Diagnosis } from './diagnosis.ts';

const MARK: Readonly<Record<Diagnosis['verdict'], string>> = { ok: '✓', warning: '!', problem: '✗', unknown: '?' };

/** Prints each line, and below what is not ok, its mend. */
export function logDiagnoses(log: Log, diagnoses: readonly Diagnosis[]): void {
  for (const { name, verdict, detail, mend } of diagnoses) {
    log.info(`${MARK[verdict]} ${name}: ${detail}`);
    if (verdict !== 'ok') log.info(mend.replaceAll(/^/gm, '    '));
  }
}

/** The lines as a table for the job summary, what is not ok first. */
export function diagnosesTable(server: string, service: string, diagnoses: readonly Diagnosis[]): SummarySection {
  const isWell = ({ verdict }: Diagnosis): boolean => verdict === 'ok';
  const ordered = [...diagnoses.filter((each) => !isWell(each)), ...diagnoses.filter(isWell)];
  return {
    heading: `${service} on ${server}: ${conclusion(diagnoses)}`,
    table: {
      columns: ['', 'What', 'Found', 'Mend'],
      rows: ordered.map(({ name, verdict, detail, mend }) => [MARK[verdict], name, detail, mend === '' ? '' : { text: mend, code: true }]),
    },
  };
}

/** `ready`, or how many problems and warnings there are. */
export function conclusion(diagnoses: readonly Diagnosis[]): string {
  const counted = (['problem', 'warning'] as const).flatMap((kind) => {
    const count = diagnoses.filter(({ verdict }) => verdict === kind).length;
    return count === 0 ? [] : [`${count} ${kind}${count === 1 ? '' : 's'}`];
  });
  return counted.length === 0 ? 'ready' : counted.join(', ');
}

/** What a person should read where there are problems; undefined where there are none. */
export function faultOf(server: string, diagnoses: readonly Diagnosis[]): string | undefined {
  const problems = diagnoses.filter(({ verdict }) => verdict === 'problem');
  if (problems.length === 0) return undefined;
  return [`${server} is not ready:`, ...problems.map(({ name, detail, mend }) => `  ✗ ${name}: ${detail}\n${mend.replaceAll(/^/gm, '      ')}`)].join('\n');
}
