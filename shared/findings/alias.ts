// The families of advisory names. GHSA's alphabet has no vowels and nothing that looks like another character.
const FAMILIES = [
  /CVE-\d{4}-\d{4,}/i,
  /GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}/i,
  /(?:PYSEC|GO|RUSTSEC|MAL|HSEC|RSEC|OSV|BIT|PSF|CURL|ROOT|ECHO|MINI|CLEANSTART)-(?:[\w.]+-)?\d{4}-\d+/i,
  /(?:DSA|DLA|DTSA|USN|LSN|ELSA|GLSA|ASB-A|A)-\d+(?:-\d+)?/i,
  /(?:RHSA|RHBA|RHEA|ALSA|ALBA|ALEA|RLSA|RXSA|ALAS\w*|SUSE-[SRO]U|openSUSE-[SRO]U|MGASA|CGA|EEF)-[\w:.-]+/i,
  /SNYK-[A-Z0-9]+-[\w.-]+/i,
  /SFTY-\d{8}-\d+/i,
  /GMS-\d{4}-\d+/i,
  /(?:npm|pip|composer|rubygems|maven|golang):[\w@./-]+:\d{8}/,
];
const WHOLE = FAMILIES.map((family) => new RegExp(`^(?:${family.source})$`, family.flags));
const IN_TEXT = new RegExp(`\\b(?:${(FAMILIES[0] as RegExp).source}|${(FAMILIES[1] as RegExp).source}|PYSEC-\\d{4}-\\d+|GO-\\d{4}-\\d{4,}|RUSTSEC-\\d{4}-\\d{4})\\b`, 'gi');

/** An advisory's name as its database writes it (`cve-2021-1` is `CVE-2021-1`, `ghsa-X` is `GHSA-x`), or undefined for what names no advisory. */
export function normaliseAlias(name: string): string | undefined {
  const trimmed = name.trim();
  if (!WHOLE.some((family) => family.test(trimmed))) return undefined;
  if (/^ghsa-/i.test(trimmed)) return `GHSA${trimmed.slice(4).toLowerCase()}`;
  return trimmed.includes(':') && /^[a-z]+:/.test(trimmed) ? trimmed : trimmed.toUpperCase();
}

/** The advisory names among some texts, each once, the preferred first: CVE, then GHSA, then by name. */
export function aliasesOf(names: readonly (string | undefined)[]): readonly string[] {
  const found = names.flatMap((name) => (name === undefined ? [] : normaliseAlias(name) ?? []));
  return [...new Set(found)].sort(compareAliases);
}

/** The names of advisories that a text or an address mentions. */
export function aliasesIn(text: string): readonly string[] {
  return aliasesOf(text.match(IN_TEXT) ?? []);
}

function compareAliases(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

function rank(alias: string): number {
  if (alias.startsWith('CVE-')) return 0;
  return alias.startsWith('GHSA-') ? 1 : 2;
}
