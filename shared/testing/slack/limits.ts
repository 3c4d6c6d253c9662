import type { Answer } from './call.ts';

/** How much is let through. */
export interface Limits {
  /** Posts a second to one channel or webhook, in the long run; Slack says one. */
  readonly postsPerSecond: number;
  /** Posts that may come at once; Slack says "short bursts". */
  readonly burst: number;
}

/** What Slack publishes: one message a second to a channel, with short bursts. */
export const USUAL_LIMITS: Limits = { postsPerSecond: 1, burst: 10 };

/** Buckets that fill up with time, one for each kind of call. */
export interface Meter {
  /** Milliseconds until the next call of this kind would be let through; 0 lets this one through. */
  take(kind: string, perSecond: number, burst: number): number;
}

/** Meters that are all full. */
export function createMeter(now: () => number = () => performance.now()): Meter {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(kind, perSecond, burst) {
      const bucket = buckets.get(kind) ?? { left: burst, at: now() };
      const left = Math.min(burst, bucket.left + ((now() - bucket.at) / 1000) * perSecond);
      buckets.set(kind, { left: left >= 1 ? left - 1 : left, at: now() });
      return left >= 1 ? 0 : ((1 - left) / perSecond) * 1000;
    },
  };
}

/** The answer to a call too many: whole seconds in Retry-After; in plain text for a webhook. */
export function rateLimited(seconds: number, isWebhook: boolean): Answer {
  const headers = { 'retry-after': String(Math.max(1, Math.ceil(seconds))) };
  return isWebhook ? { status: 429, body: 'rate_limited', headers } : { status: 429, body: { ok: false, error: 'ratelimited' }, headers };
}
