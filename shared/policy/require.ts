import { formatDuration } from '#shared/core/duration';
import { evidenceOf, type Evidence } from '#shared/findings/evidence';
import type { Report } from '#shared/findings/report';
import type { Case } from './decide.ts';
import type { Requirement, Stage } from './policy.ts';

/** A report, and the tool it was said to be of. */
export interface GivenReport {
  readonly report: Report;
  readonly tool?: string | undefined;
}

/** What the stage is about, as far as it is known. */
export interface Target {
  readonly commits: readonly string[];
  readonly digests: readonly string[];
}

/** What each report is worth, and what the stage asks for and nobody brought. */
export function evidenceFor({ reports, stage, target, now }: Pick<Case, 'reports' | 'stage' | 'target' | 'now'>): readonly Evidence[] {
  const found = reports.map(({ report, tool }) => evidenceOf(report, { ...target, ...strictest(report, stage), tool, maxDatabaseAge: stage.maxDatabaseAge, needsSubject: stage.needsSubject, now }));
  return [...found, ...stage.require.flatMap((requirement) => lacksOf(requirement, found))];
}

/** What rules ask of files that are not there, or too old. */
export function feedEvidence({ stage, feeds, feedsAt, policy: { maxFeedAge }, now }: Pick<Case, 'stage' | 'feeds' | 'feedsAt' | 'policy' | 'now'>): readonly Evidence[] {
  const asked = [
    { name: 'kev', isAsked: stage.block.some(({ kev }) => kev !== undefined), isThere: feeds.kev !== undefined, at: feedsAt.kev },
    { name: 'epss', isAsked: stage.block.some(({ epss }) => epss !== undefined), isThere: feeds.epss !== undefined, at: feedsAt.epss },
  ];
  return asked.filter(({ isAsked }) => isAsked).map(({ name, isThere, at }) => {
    const common = { path: `${name}-file`, tools: [], kinds: [], remarks: at === undefined ? [] : [`made ${at.toISOString()}`] };
    if (!isThere) return { ...common, status: 'missing', reason: `A rule of the stage asks for ${name.toUpperCase()}: give ${name}-file.` } as const;
    const age = at === undefined ? undefined : now.getTime() - at.getTime();
    if (age === undefined || !(age <= maxFeedAge)) return { ...common, status: 'stale', reason: age === undefined ? 'It does not tell when it was made.' : `It was made ${formatDuration(age)} ago, and may be ${formatDuration(maxFeedAge)} old at most.` } as const;
    return { ...common, status: 'ok', reason: '' } as const;
  });
}

// A report that serves two requirements has to meet both.
function strictest({ kinds }: Report, stage: Stage): { readonly maxAge: number | undefined; readonly takesIncomplete: boolean } {
  const asked = stage.require.filter(({ kind }) => kinds.includes(kind));
  const ages = asked.map(({ maxAge }) => maxAge ?? stage.maxAge).filter((age) => age !== undefined);
  return { maxAge: ages.length > 0 ? Math.min(...ages) : stage.maxAge, takesIncomplete: asked.length > 0 && asked.every(({ takesIncomplete }) => takesIncomplete) };
}

function lacksOf({ kind, tools }: Requirement, found: readonly Evidence[]): readonly Evidence[] {
  const ofKind = found.filter(({ kinds }) => kinds.includes(kind));
  const missing = (path: string, names: readonly string[], reason: string): Evidence => ({ path, tools: names, kinds: [kind], status: 'missing', reason, remarks: [] });
  if (tools.length === 0) return ofKind.length > 0 ? [] : [missing(kind, [], `The stage asks for a report of kind ${kind}, and none was given.`)];
  const absent = tools.filter((tool) => !ofKind.some((evidence) => evidence.tools.includes(tool)));
  return absent.map((tool) => missing(`${kind}: ${tool}`, [tool], `The stage asks for a report of ${tool}, and none was given.`));
}
