import { createHash } from 'node:crypto';
import { messageOf } from '#shared/core/errors';
import { toolName } from './collector.ts';
import { sameCommit } from './evidence.ts';
import { each, fields, inner, list, need, text, type Fields } from './fields.ts';
import { KINDS } from './finding.ts';
import { readReportBytes, type ReadOptions } from './read-report.ts';
import type { Report } from './report.ts';
import { isoTime } from './draft.ts';
import { plainText } from './plain-text.ts';
import { quirksOf } from './formats/sarif-tools.ts';

/** Asks GitHub, as octokit's `request` does; rejects with a `status` where GitHub refuses. */
export type Ask = (route: string, parameters: Readonly<Record<string, unknown>>) => Promise<{ readonly data: unknown; readonly headers: { readonly link?: string | undefined } }>;

/** What is asked about. */
export interface AlertsOf {
  readonly owner: string;
  readonly repo: string;
  /** A branch or pull request, `refs/heads/main`; GitHub takes the default branch without one. */
  readonly ref?: string | undefined;
  /** What is to be decided about: only tools that have analysed one of these commits are evidence, where any has. */
  readonly commits?: readonly string[] | undefined;
}

// 10,000 alerts; nobody decides about so many.
const MOST_PAGES = 100;
const PER_PAGE = 100;

/** The repository's Dependabot alerts as a report; what GitHub refuses makes it unreadable. Needs the right to read them. */
export async function readDependabotAlerts(ask: Ask, { owner, repo }: AlertsOf, options: ReadOptions): Promise<Report> {
  const path = 'github:dependabot';
  return orRefusal(path, 'github-dependabot', options, async () => {
    const { items, isCut } = await pages(ask, 'GET /repos/{owner}/{repo}/dependabot/alerts', { owner, repo, state: 'open,dismissed,auto_dismissed' });
    return told(await reportOf(path, 'github-dependabot', items, options), { gaps: cutGap(isCut) });
  });
}

/**
 * The repository's code scanning alerts as a report, with what GitHub knows of the analyses they are from: without any analysis
 * nothing was scanned. What GitHub refuses makes it unreadable. Needs the right to read them.
 */
export async function readCodeScanningAlerts(ask: Ask, { owner, repo, ref, commits = [] }: AlertsOf, options: ReadOptions): Promise<Report> {
  const path = 'github:code-scanning';
  const about = { owner, repo, ...(ref === undefined ? {} : { ref }) };
  return orRefusal(path, 'github-code-scanning', options, async () => {
    const analyses = await pages(ask, 'GET /repos/{owner}/{repo}/code-scanning/analyses', about, 1);
    const found = [];
    for (const state of ['open', 'dismissed']) found.push(await pages(ask, 'GET /repos/{owner}/{repo}/code-scanning/alerts', { ...about, state }));
    const report = await reportOf(path, 'github-code-scanning', found.flatMap(({ items }) => items), options);
    return withAnalyses(told(report, { gaps: cutGap(found.some(({ isCut }) => isCut)) }), each({ path: [], members: { analyses: analyses.items } }, 'analyses'), commits);
  });
}

async function pages(ask: Ask, route: string, parameters: Readonly<Record<string, unknown>>, most = MOST_PAGES): Promise<{ readonly items: readonly unknown[]; readonly isCut: boolean }> {
  const items: unknown[] = [];
  let next: Readonly<Record<string, string>> = {};
  for (let page = 1; page <= most; page++) {
    const { data, headers } = await ask(route, { ...parameters, per_page: PER_PAGE, ...next });
    items.push(...list({ path: [route], members: { data } }, 'data'));
    const link = /<([^>]+)>;\s*rel="next"/.exec(headers.link ?? '')?.[1];
    if (link === undefined) return { items, isCut: false };
    // Some lists count pages and some have cursors: whichever the link names.
    next = Object.fromEntries([...new URL(link).searchParams].filter(([name]) => ['page', 'after', 'cursor'].includes(name)));
  }
  return { items, isCut: true };
}

async function reportOf(path: string, format: 'github-dependabot' | 'github-code-scanning', items: readonly unknown[], options: ReadOptions): Promise<Report> {
  const bytes = Buffer.from(JSON.stringify(items));
  const open = async function* (): AsyncGenerator<Buffer> { yield bytes; };
  return readReportBytes({ path, open }, { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }, { ...options, format });
}

// The newest analysis of each tool and category is what the alerts are from. A quick tool does not vouch for one that is still at work, nor
// one for images for one that reads sources.
function withAnalyses(report: Report, analyses: readonly Fields[], commits: readonly string[]): Report {
  const newest = new Map<string, Fields>();
  for (const analysis of analyses.toSorted((a, b) => (need(a, 'created_at') < need(b, 'created_at') ? -1 : 1))) newest.set(`${need(inner(analysis, 'tool'), 'name')} ${text(analysis, 'category') ?? ''}`, analysis);
  const ours = [...newest.values()].filter((analysis) => commits.some((commit) => sameCommit(need(analysis, 'commit_sha').toLowerCase(), commit.toLowerCase())));
  const last = ours.length > 0 ? ours : [...newest.values()];
  const tools = last.map((analysis) => quirksOf(need(inner(analysis, 'tool'), 'name')));
  const isUntold = last.length === 0;
  const errors = last.map((analysis) => text(analysis, 'error') ?? '').filter((error) => error !== '');
  const [oldest] = last.map((analysis) => isoTime(need(analysis, 'created_at'))).filter((time) => time !== undefined).sort();
  return told({
    ...report, tools: isUntold ? report.tools : [...new Set([...tools.map(({ tool }) => toolName(tool)), 'github-code-scanning'])],
    kinds: isUntold ? report.kinds : KINDS.filter((kind) => tools.some(({ kinds }) => (kinds.length === 0 ? ['sca'] : kinds).includes(kind))),
  }, {
    failures: errors.map((error) => `GitHub could not take an analysis: ${error}`), nothingScanned: last.length === 0 ? ['There is no analysis of this branch on GitHub.'] : [],
    subject: { ...report.signs.subject, commits: [...new Set(last.map((analysis) => need(analysis, 'commit_sha')))] }, ...(oldest === undefined ? {} : { createdAt: oldest }),
  });
}

function told(report: Report, more: Partial<Report['signs']>): Report {
  const { signs } = report;
  return { ...report, signs: { ...signs, ...more, failures: [...signs.failures, ...more.failures ?? []], gaps: [...signs.gaps, ...more.gaps ?? []], nothingScanned: [...signs.nothingScanned, ...more.nothingScanned ?? []] } };
}

function cutGap(isCut: boolean): readonly string[] {
  return isCut ? [`GitHub has more than ${MOST_PAGES * PER_PAGE} alerts; the rest was not fetched.`] : [];
}

async function orRefusal(path: string, format: 'github-dependabot' | 'github-code-scanning', options: ReadOptions, task: () => Promise<Report>): Promise<Report> {
  try {
    return await task();
  } catch (error) {
    const empty = await reportOf(path, format, [], options);
    const [status, message] = [fields(error).members['status'], messageOf(error)];
    if (status === 404 && /no analysis/i.test(message)) return withAnalyses(empty, [], []);
    if (status === 403 && SWITCHED_OFF.test(message)) return told(empty, { nothingScanned: ['This is switched off for the repository: see its settings, under Advanced Security.'] });
    return { ...empty, fault: { kind: 'unreadable', reason: `GitHub did not give its alerts: ${refusalOf(status, message)}.` } };
  }
}

// "Dependabot alerts are disabled for this repository.", "Advanced Security must be enabled for this repository to use code scanning."
const SWITCHED_OFF = /\bdisabled\b|not enabled|must be enabled/i;

function refusalOf(status: unknown, message: string): string {
  if (status === 401) return 'it does not take the token';
  if (status === 429 || /rate limit/i.test(message)) return 'its rate limit is reached';
  if (status === 403 || status === 404) return 'the token may not read them';
  return plainText(message).replace(/\.$/, '');
}
