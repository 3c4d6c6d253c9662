import { isAtLeast, type Happening } from './event.ts';
import { isQuiet } from './quiet-hours.ts';
import type { Channel, Route } from './routes.ts';

/** A channel that hears of something, and how. */
export interface Listener {
  readonly channel: Channel;
  readonly mention: readonly string[];
  /** Every route that leads there says: only when it changes. */
  readonly isOnlyOnChange: boolean;
  /** The routes that lead there. */
  readonly by: readonly string[];
}

/** What a route makes of an event: `yes`, or why not. */
export interface Ruling {
  readonly route: Route;
  readonly verdict: 'yes' | `no: ${string}`;
}

/** What is to be routed. */
export type Subject = Pick<Happening, 'event' | 'environment' | 'severity'> & { readonly service: string };

/** What each route makes of an event at a moment. */
export function rulingsOn(routes: readonly Route[], subject: Subject, at: Date): readonly Ruling[] {
  return routes.map((route) => ({ route, verdict: verdictOf(route, subject, at) }));
}

/** Who hears of it: one listener a channel, with everybody whom any of its routes calls. */
export function listenersOf(rulings: readonly Ruling[]): readonly Listener[] {
  const listeners = new Map<string, Listener>();
  for (const { route } of rulings.filter(({ verdict }) => verdict === 'yes')) {
    for (const { channel, mention } of route.to) {
      const known = listeners.get(`${channel.kind} ${channel.id}`);
      listeners.set(`${channel.kind} ${channel.id}`, {
        channel, mention: [...new Set([...(known?.mention ?? []), ...mention])], by: [...(known?.by ?? []), route.name],
        isOnlyOnChange: route.isOnlyOnChange && (known?.isOnlyOnChange ?? true),
      });
    }
  }
  return [...listeners.values()];
}

function verdictOf(route: Route, { event, environment, severity, service }: Subject, at: Date): Ruling['verdict'] {
  if (route.events.length > 0 && !route.events.includes(event)) return `no: it is not about ${event}`;
  if (!matches(route.environments, environment)) return `no: it is not about ${environment === '' ? 'no environment' : environment}`;
  if (!matches(route.services, service)) return `no: it is not about ${service}`;
  if (!isAtLeast(severity, route.severity)) return `no: ${severity} is less than ${route.severity}`;
  return route.quiet !== undefined && isQuiet(route.quiet, severity, at) ? 'no: it is quiet at this hour' : 'yes';
}

// `review-*` stands for every name that begins so.
function matches(patterns: readonly string[], name: string): boolean {
  return patterns.length === 0 || patterns.some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`).test(name);
  });
}
