import { UserError } from '#shared/core/errors';
import { DAY } from './day.ts';
import { samePackage, type Exemption } from './exemption.ts';
import { looseList, looseMapping, looseText, looseTexts, parsing, type Loose } from './ignores/ignore-file.ts';

/** A file that says what does not affect us. */
export interface VexDocument {
  readonly file: string;
  readonly text: string;
}

/** What VEX documents say about us, and what of it we do not follow. */
export interface Vex {
  readonly exemptions: readonly Exemption[];
  readonly notes: readonly string[];
}

/** By what names VEX documents call what we ship: purls of our products, names and digests of our images. */
export type Products = readonly string[];

interface Statement {
  readonly file: string;
  readonly place: string;
  readonly ids: readonly string[];
  /** Packages within our products. */
  readonly packages: readonly string[];
  readonly isExempt: boolean;
  readonly reason: string;
  readonly at: number;
  /** Why it cannot be followed. */
  readonly fault: string | undefined;
}

const EXEMPT_STATES = ['not_affected', 'false_positive', 'resolved', 'resolved_with_pedigree'];

/**
 * What documents of OpenVEX or CycloneDX say does not affect us. A statement counts for the packages that it names; where it speaks
 * of a product with packages in it, that has to be one of ours. Of two about the same, in whichever documents, the later counts.
 * @throws {UserError} when one is neither.
 */
export async function readVex(documents: readonly VexDocument[], products: Products, now: Date): Promise<Vex> {
  const statements = (await Promise.all(documents.map(async (document) => statementsIn(document, products)))).flat();
  const isLate = ({ at }: Statement): boolean => at > now.getTime() + DAY;
  const [followed, odd] = [statements.filter((one) => one.fault === undefined && !isLate(one)), statements.filter((one) => one.fault !== undefined || isLate(one))];
  const latest = followed.filter((one) => one.isExempt && !followed.some((other) => !other.isExempt && !(other.at < one.at) && isAboutSame(one, other)));
  return {
    exemptions: latest.map(({ file, ids, packages, reason }) => ({ file, ids, packages, reason })),
    notes: odd.map(({ file, place, fault }) => `${file}, ${place}: not followed, because ${fault ?? 'its time lies in the future'}`),
  };
}

async function statementsIn({ file, text }: VexDocument, products: Products): Promise<readonly Statement[]> {
  const statements = statementsOf(looseMapping(await parsing(file, () => JSON.parse(text) as unknown)), products);
  if (statements === undefined) throw new UserError(`${file} is neither OpenVEX nor CycloneDX.`);
  return statements.map((statement) => ({ ...statement, file }));
}

function statementsOf(document: Loose, products: Products): readonly Omit<Statement, 'file'>[] | undefined {
  const context = [document['@context']].flat().join(' ');
  if (context.includes('openvex')) return looseList(document['statements']).map((statement, index) => openVexStatement(statement, `statements[${index}]`, timeOf(document), products));
  if (document['bomFormat'] === 'CycloneDX') return cycloneDxStatements(document);
  return undefined;
}

function openVexStatement(statement: Loose, place: string, documentTime: number, products: Products): Omit<Statement, 'file'> {
  const status = looseText(statement['status']) ?? '';
  const why = looseText(statement['justification']) ?? looseText(statement['impact_statement']);
  const packages = [statement['products']].flat().flatMap((product) => packagesOf(product, products));
  const time = timeOf(statement);
  return {
    place, ids: vulnerabilityNames(statement['vulnerability']), packages, isExempt: status === 'not_affected' || status === 'fixed', reason: [status, why].filter(Boolean).join(': '), at: Number.isNaN(time) ? documentTime : time,
    fault: status === 'not_affected' && why === undefined ? 'it says not_affected and gives no justification' : packages.length === 0 ? 'it names no package of ours' : undefined,
  };
}

function vulnerabilityNames(given: unknown): readonly string[] {
  if (typeof given === 'string') return [given];
  const { name, aliases, '@id': id } = looseMapping(given);
  return [looseText(name), looseText(id)?.split('/').at(-1), ...looseTexts(aliases)].filter((one) => one !== undefined);
}

// A product without packages in it is the package itself; one with packages in it has to be ours.
function packagesOf(product: unknown, products: Products): readonly string[] {
  const names = namesOf(product);
  const within = [looseMapping(product)['subcomponents']].flat().flatMap(namesOf);
  if (within.length === 0) return names;
  return names.some((name) => products.some((ours) => isOurs(name, ours))) ? within : [];
}

function namesOf(component: unknown): readonly string[] {
  if (typeof component === 'string') return [component];
  const { '@id': id, identifiers } = looseMapping(component);
  return [looseText(id), looseText(looseMapping(identifiers)['purl'])].filter((one) => one !== undefined);
}

function isOurs(name: string, ours: string): boolean {
  return name === ours || (ours.startsWith('pkg:') && samePackage(ours, name)) || (/^sha256:[0-9a-f]{64}$/.test(ours) && decodeURIComponent(name.replaceAll(/%(?![0-9a-f]{2})/gi, '%25')).includes(ours));
}

function cycloneDxStatements(document: Loose): readonly Omit<Statement, 'file'>[] {
  const purls = new Map(componentsOf(document).flatMap((component) => {
    const [ref, purl] = [looseText(component['bom-ref']), looseText(component['purl'])];
    return ref === undefined || purl === undefined ? [] : [[ref, purl] as const];
  }));
  return looseList(document['vulnerabilities']).map((vulnerability, index) => {
    const analysis = looseMapping(vulnerability['analysis']);
    const state = looseText(analysis['state']) ?? '';
    const packages = looseList(vulnerability['affects']).flatMap(({ ref }) => purlOf(looseText(ref) ?? '', purls));
    const ids = [looseText(vulnerability['id']), ...looseList(vulnerability['references']).map(({ id }) => looseText(id))].filter((id) => id !== undefined);
    const reason = [state, looseText(analysis['justification']), looseText(analysis['detail'])].filter(Boolean).join(': ');
    return { place: `vulnerabilities[${index}]`, ids, packages, isExempt: EXEMPT_STATES.includes(state), reason, at: timeOf(looseMapping(document['metadata'])), fault: packages.length === 0 ? 'it names no package' : undefined };
  });
}

function componentsOf(document: Loose): readonly Loose[] {
  const below = (component: Loose): readonly Loose[] => [component, ...looseList(component['components']).flatMap(below)];
  return looseList(document['components']).flatMap(below);
}

// A reference names a component of the document, is a purl, or leads into another document by a BOM-Link.
function purlOf(ref: string, purls: ReadonlyMap<string, string>): readonly string[] {
  const end = ref.startsWith('urn:cdx:') ? decodeURIComponent(ref.split('#')[1] ?? '') : ref;
  const purl = purls.get(end) ?? (end.startsWith('pkg:') ? end : undefined);
  return purl === undefined ? [] : [purl];
}

function isAboutSame(one: Statement, other: Statement): boolean {
  return one.ids.some((id) => other.ids.includes(id)) && one.packages.some((wanted) => other.packages.some((purl) => samePackage(wanted, purl) || samePackage(purl, wanted)));
}

function timeOf({ timestamp, last_updated: updated }: Loose): number {
  return Date.parse(looseText(updated) ?? looseText(timestamp) ?? '');
}
