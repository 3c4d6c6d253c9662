import type { Case } from './decide.ts';
import type { Judgement } from './decision.ts';
import { findingsHash } from './sign-off.ts';
import { whyUnsigned } from './waiving.ts';

/** What a sign-off made of the judgements. */
export interface Signed {
  readonly judgements: readonly Judgement[];
  /** The name of the set that it has to be for; undefined where none could open the stage. */
  readonly hash: string | undefined;
  /** Why those that are there do not hold. */
  readonly notes: readonly string[];
}

/** Opens the stage for exactly the findings that somebody signed off. A secret, or findings that nobody has seen, cannot be. */
export function signOff(judgements: readonly Judgement[], hasUnseen: boolean, given: Case): Signed {
  const { stage, policy, waivers, environmentSignOff, now } = given;
  const blocking = judgements.filter(({ outcome }) => outcome === 'blocks').map(({ facts }) => facts);
  if (!stage.exceptions.includes('sign-off') || blocking.length === 0) return { judgements, hash: undefined, notes: [] };
  if (hasUnseen || blocking.some(({ isSecret }) => isSecret)) return { judgements, hash: undefined, notes: [hasUnseen ? 'There are more findings than can be shown: nobody can sign them off.' : 'A secret cannot be signed off.'] };
  const hash = findingsHash(stage.name, blocking);
  const signed = (because: string): Signed => ({ judgements: judgements.map((one) => (one.outcome === 'blocks' ? { ...one, because, outcome: 'signed off' } : one)), hash, notes: [] });
  if (environmentSignOff?.findings === hash) return signed(`signed off by ${environmentSignOff.by}, who approved this run`);
  const tried = waivers.signOffs.filter((one) => one.stage === stage.name).map((one) => ({
    one, reason: one.findings === hash ? whyUnsigned(one, blocking, { terms: policy.waivers, stage: stage.name, now }) : 'it is for another set of findings',
  }));
  const held = tried.find(({ reason }) => reason === undefined)?.one;
  if (held !== undefined) return signed(`signed off by ${held.approvedBy}: ${held.reason}`);
  const notes = tried.map(({ one, reason }) => `${one.place} of ${one.approvedBy} does not hold: ${reason}.`);
  return { judgements, hash, notes: [...(environmentSignOff === undefined ? [] : [`The approval by ${environmentSignOff.by} is for another set of findings.`]), ...notes] };
}
