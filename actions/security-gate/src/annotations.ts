import type { MergedFinding } from '#shared/findings/finding';
import { type Decision, withOutcome } from '#shared/policy/decision';
import type { Annotation } from '#shared/runner/action';
import { mendingOf, nameOf, placeOf } from './wording.ts';

// GitHub shows ten of each level a step, and the step's own failure is one of the errors.
const MOST = 10;
const MOST_ERRORS = 9;

/** Remarks at the lines of the ten most important findings that block. */
export function annotationsOf(decision: Decision): readonly Annotation[] {
  return withOutcome(decision, 'blocks').slice(0, MOST).map((one, index) => {
    const { finding, severity } = one.facts;
    return {
      level: index < MOST_ERRORS && !decision.isOpen ? 'error' : 'warning', title: `${severity}: ${nameOf(finding)}`.slice(0, 200),
      message: [placeOf(finding), mendingOf(one, decision), `Found by ${finding.tools.join(', ')}; blocks by the rule "${one.rule?.name}".`].filter(Boolean).join('\n'), ...fileOf(finding),
    };
  });
}

// A URL, or a file within an image, is in no change that GitHub could show it in.
function fileOf({ location, locations }: MergedFinding): Partial<Annotation> {
  const at = location ?? locations[0];
  return at === undefined || /^[a-z][a-z0-9+.-]*:|^\//i.test(at.path) ? {} : { path: at.path, line: at.line, endLine: at.endLine };
}
