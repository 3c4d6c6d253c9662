import { type DeploymentKey, keyText } from '../entry.ts';
import { headOf, type Head } from './record.ts';
import type { Workspace } from './web-api.ts';

/** What a channel holds of a deployment and of those before it. */
export interface Heads {
  /** The messages of this very deployment, oldest first: the first is the one that counts. */
  readonly own: readonly Head[];
  /** The newest message of an earlier run about the same service in the same environment. */
  readonly previous: Head | undefined;
}

const MOST_PAGES = 5;

/** The messages of a deployment that a channel holds since a moment (seconds since 1970). Rejects when Slack lets nobody look. */
export async function findHeads(workspace: Workspace, channel: string, key: DeploymentKey, since: number, needsPrevious: boolean): Promise<Heads> {
  const own: Head[] = [];
  let previous: Head | undefined;
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { messages, next } = await workspace.history(channel, since, cursor);
    const heads = messages.map(headOf).filter((head) => head !== undefined);
    own.push(...heads.filter((head) => keyText(head.key) === keyText(key)));
    previous ??= heads.find((head) => isAbout(head.key, key));
    cursor = next;
    if (cursor === undefined || (own.length > 0 && (previous !== undefined || !needsPrevious))) break;
  }
  return { own: own.sort((one, other) => Number(one.ts) - Number(other.ts)), previous };
}

function isAbout(one: DeploymentKey, other: DeploymentKey): boolean {
  return one.repository === other.repository && one.environment === other.environment && one.service === other.service && one.run !== other.run;
}
