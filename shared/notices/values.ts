import type { DeploymentKey } from './entry.ts';
import type { TemplateValues } from './template.ts';
import type { Timeline } from './timeline.ts';
import { headline, LOOKS, titleOf, tookText } from './wording.ts';

/** What templates may show of a deployment, by name; empty where it is not known. */
export function templateValues(timeline: Timeline, key: DeploymentKey): TemplateValues {
  const { facts, state, event, stages, started, ended, attempt, links } = timeline;
  const values: Readonly<Record<string, string | undefined>> = {
    service: key.service, environment: key.environment, repository: key.repository, 'run-id': key.run, attempt: String(attempt),
    event, status: LOOKS[state].word, mark: LOOKS[state].mark, release: facts.release, actor: facts.actor, workflow: facts.workflow,
    headline: headline({ ...timeline, facts: { ...facts, title: undefined } as unknown as Timeline['facts'] }, key),
    commit: facts.sha, 'short-commit': facts.sha?.slice(0, 7), 'commit-subject': facts.subject, 'commit-author': facts.author, 'commit-url': facts.commitUrl,
    'compare-url': facts.compareUrl, 'pull-request': facts.pull, 'pull-request-title': facts.pullTitle, 'pull-request-url': facts.pullUrl,
    'run-url': facts.runUrl, url: links['Open site'], message: facts.message, duration: tookText(started, ended),
    'failing-job': facts.failingJob, 'failing-step': facts.failingStep, 'failing-url': facts.failingUrl,
    timeline: stages.map((stage) => [`${LOOKS[stage.state].mark} ${titleOf(stage.name)}`, tookText(stage.started, stage.ended)].filter(Boolean).join(' · ')).join('\n'),
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? '']));
}
