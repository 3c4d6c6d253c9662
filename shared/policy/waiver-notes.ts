import type { Case } from './decide.ts';
import type { Judgement, WaiverNote } from './decision.ts';
import { dayText } from './day.ts';
import { isAbout, isExpired } from './waiving.ts';
import type { Waiver } from './waiver.ts';

/** The waivers of this stage that somebody should look at: expired, void, of no use, or about to expire. */
export function waiverNotes(judgements: readonly Judgement[], { waivers: { waivers }, stage, policy, now }: Case): readonly WaiverNote[] {
  const used = new Set(judgements.map(({ waiver }) => waiver));
  const voids = new Map(judgements.flatMap((one) => one.voids.map(({ waiver, reason }) => [waiver, reason] as const)));
  const note = (waiver: Waiver): Omit<WaiverNote, 'waiver'> | undefined => {
    if (isExpired(waiver, now)) return { state: 'expired', reason: `it expired on ${dayText(waiver.expires)}: take it out, or have it allowed anew` };
    if (used.has(waiver)) return waiver.expires.getTime() - now.getTime() <= policy.waivers.soon ? { state: 'expires soon', reason: `it expires on ${dayText(waiver.expires)}` } : undefined;
    const reason = voids.get(waiver);
    if (reason !== undefined) return { state: 'void', reason };
    const isMet = judgements.some(({ facts }) => isAbout(waiver, facts.finding));
    return { state: 'unused', reason: isMet ? 'what it is for does not block' : 'nothing that it is for was found: take it out' };
  };
  return waivers.filter(({ stages }) => stages.includes(stage.name)).flatMap((waiver) => {
    const found = note(waiver);
    return found === undefined ? [] : [{ waiver, ...found }];
  });
}
