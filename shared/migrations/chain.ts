import { createHash } from 'node:crypto';
import { UserError } from '#shared/core/errors';
import type { Migration, Status } from './engine.ts';

/**
 * What was applied, link by link: each holds the hash of its file as it was then, and that of the link before, so that none can be changed,
 * taken out or put in between unnoticed. It is kept on the server beside the ledger, and only asked about what the database says it has.
 */
export interface Link {
  readonly name: string;
  readonly sha256: string;
  readonly link: string;
}

/** The links of a chain's text. @throws {UserError} when it is not whole, or somebody changed it. */
export function parseChain(text: string): readonly Link[] {
  const links = text.split('\n').filter((line) => line !== '').map((line) => {
    const [, sha256 = '', link = '', name = ''] = /^([0-9a-f]{64}) ([0-9a-f]{64}) (.+)$/.exec(line) ?? [];
    return { name, sha256, link };
  });
  const broken = links.findIndex((each, index) => each.link !== linkAfter(links[index - 1]?.link ?? '', each));
  if (broken >= 0) throw new UserError(`The record of applied migrations on the server does not hold together at ${links[broken]!.name || `line ${broken + 1}`}: somebody changed it. Look who writes in the service's state folder; with edited-history: accept it is begun anew from the files as they are.`);
  return links;
}

/** The chain as text. */
export function renderChain(links: readonly Link[]): string {
  return links.map(({ sha256, link, name }) => `${sha256} ${link} ${name}\n`).join('');
}

/** What is wrong with the files of what was applied; `hashes` are those of the files as they are, by their paths. */
export function historyFaults({ applied, unknown }: Status, chain: readonly Link[], hashes: ReadonlyMap<string, string>): readonly string[] {
  const recorded = new Map(chain.map(({ name, sha256 }) => [name, sha256]));
  return [
    ...applied.flatMap(({ name, file }) => {
      const [then, is] = [recorded.get(name), file === undefined ? undefined : hashes.get(file)];
      return then === undefined || is === undefined || then === is ? [] : [`${name} was edited after it was applied: its sha256 was ${then}, and is ${is}`];
    }),
    ...unknown.map((name) => `${name} was applied, and its file is not among the migrations any more`),
  ];
}

/**
 * The chain once all that is pending is applied: files of what is applied already as they were then (with `isAccepted`, as they are), those of what is
 * pending as they are. What it knows of others, which are not applied any more, is left out.
 */
export function nextChain({ applied, pending }: Status, chain: readonly Link[], hashes: ReadonlyMap<string, string>, isAccepted: boolean): readonly Link[] {
  const recorded = new Map(chain.map(({ name, sha256 }) => [name, sha256]));
  const is = ({ file }: Migration): string | undefined => (file === undefined ? undefined : hashes.get(file));
  const links: Link[] = [];
  const add = (name: string, sha256: string | undefined): void => {
    if (sha256 !== undefined) links.push({ name, sha256, link: linkAfter(links.at(-1)?.link ?? '', { name, sha256 }) });
  };
  for (const each of applied) add(each.name, (isAccepted ? undefined : recorded.get(each.name)) ?? is(each));
  for (const each of pending) add(each.name, is(each));
  return links;
}

function linkAfter(before: string, { name, sha256 }: Pick<Link, 'name' | 'sha256'>): string {
  return createHash('sha256').update(`${before}\n${sha256}\n${name}\n`).digest('hex');
}
