import { describe, expect, test } from '@jest/globals';
import { readIgnores } from './read-ignores.ts';

async function read(file: string, text: string) {
  const { ignores, notes } = await readIgnores(text, file);
  return { ignores: ignores.map((one) => Object.fromEntries(Object.entries(one).filter(([key, value]) => key !== 'file' && value !== undefined && String(value) !== ''))), notes };
}

describe('an ignore file', () => {
  test('of Trivy', async () => {
    const text = '# Not reachable\nCVE-2026-1 exp:2026-12-01\n\nAVD-DS-0002\nCVE-2026-3 exp:soon\nCVE-2026-4 until Christmas\r\n';
    expect(await read('.trivyignore', text)).toEqual({
      ignores: [{ tool: 'trivy', id: 'CVE-2026-1', until: new Date('2026-12-01'), reason: 'Not reachable' }, { tool: 'trivy', id: 'AVD-DS-0002' }],
      notes: [5, 6].map((line) => `.trivyignore, line ${line}: not followed, because it is not an ID with exp:YYYY-MM-DD or nothing behind it`),
    });
  });

  test('of Trivy in YAML', async () => {
    const yaml = 'vulnerabilities:\n- { id: CVE-2026-1, paths: [a/**], purls: ["pkg:deb/debian/libssl1.1"], expired_at: 2026-12-01, statement: Later }\n- { id: CVE-2026-2, expired_at: soon }\n- { paths: [a] }\n- { id: CVE-2026-3, target: x }\nmisconfigurations:\nsecrets:\n- id: generic\nlicenses:\n- id: AGPL-3.0\n';
    expect(await read('.trivyignore.yaml', yaml)).toEqual({
      ignores: [{ tool: 'trivy', id: 'CVE-2026-1', packages: ['pkg:deb/debian/libssl1.1'], paths: ['a/**'], until: new Date('2026-12-01'), reason: 'Later' }, { tool: 'trivy', id: 'AGPL-3.0' }],
      notes: [
        '.trivyignore.yaml, vulnerabilities[1]: not followed, because its expired_at is no day', '.trivyignore.yaml, vulnerabilities[2]: not followed, because it has no id',
        '.trivyignore.yaml, vulnerabilities[3]: not followed, because of target', '.trivyignore.yaml: its 1 entries for secrets are not followed',
      ],
    });
  });

  test('of OSV-Scanner', async () => {
    const toml = '[[IgnoredVulns]]\nid = "GO-2026-1"\nignoreUntil = 2026-12-01\nreason = "No server"\n[[IgnoredVulns]]\nid = "GO-2026-2"\nignoreUntil = "soon"\n'
      + '[[PackageOverrides]]\nname = "lib"\nversion = "1.0.0"\necosystem = "Go"\nignore = true\neffectiveUntil = 2026-11-09T01:02:03Z\n[[PackageOverrides]]\nname = "dev"\ngroup = "dev"\nvulnerability.ignore = true\n'
      + '[[PackageOverrides]]\necosystem = "npm"\nignore = true\n[[PackageOverrides]]\nname = "x"\nlicense.override = ["MIT"]\n';
    expect(await read('osv-scanner.toml', toml)).toEqual({
      ignores: [{ tool: 'osv-scanner', id: 'GO-2026-1', until: new Date('2026-12-01'), reason: 'No server' }, { tool: 'osv-scanner', packages: ['pkg:golang/lib@1.0.0'], until: new Date('2026-11-09T01:02:03Z') }],
      notes: ['osv-scanner.toml, IgnoredVulns[1]: not followed, because its ignoreUntil is no day', 'osv-scanner.toml, PackageOverrides[1]: not followed, because of group', 'osv-scanner.toml, PackageOverrides[2]: not followed, because it names no package'],
    });
  });

  test('of Grype', async () => {
    const yaml = 'fail-on-severity: high\nignore:\n- { vulnerability: CVE-2026-1, reason: Later }\n- { package: { name: openssl, version: 3.0.1, location: "/usr/**" } }\n- { vulnerability: CVE-2026-2, fix-state: not-fixed }\n- { vulnerability: CVE-2026-3, package: { type: deb } }\n- { reason: everything }\n';
    expect(await read('.grype.yaml', yaml)).toEqual({
      ignores: [{ tool: 'grype', id: 'CVE-2026-1', reason: 'Later' }, { tool: 'grype', packages: ['openssl@3.0.1'], paths: ['/usr/**'] }],
      notes: ['.grype.yaml, ignore[2]: not followed, because of fix-state', '.grype.yaml, ignore[3]: not followed, because of package.type', '.grype.yaml, ignore[4]: not followed, because it names neither vulnerability nor package'],
    });
  });

  test('of Dependency-Check', async () => {
    const xml = '<?xml version="1.0"?><suppressions xmlns="https://jeremylong.github.io/DependencyCheck/dependency-suppression.1.3.xsd">'
      + '<suppress until="2026-12-01Z"><notes><![CDATA[another\n project]]></notes><packageUrl regex="true">^pkg:maven/org\\.yaml/snakeyaml@.*$</packageUrl><cve>CVE-2026-1</cve><vulnerabilityName>CVE-2026-2</vulnerabilityName></suppress>'
      + '<suppress><cpe>cpe:/a:apache:struts</cpe></suppress><suppress><packageUrl regex="true">(</packageUrl><cve>CVE-2026-3</cve></suppress><suppress><vulnerabilityName regex="true">.*</vulnerabilityName></suppress>'
      + '<suppress until="soon"><cve>CVE-2026-4</cve></suppress></suppressions>';
    const purl = /^(?:^pkg:maven\/org\.yaml\/snakeyaml@.*$)$/i;
    const common = { tool: 'dependency-check', until: new Date('2026-12-01'), reason: 'another project', purl };
    expect(await read('suppression.xml', xml)).toEqual({
      ignores: [{ ...common, id: 'CVE-2026-1' }, { ...common, id: 'CVE-2026-2' }],
      notes: ['of cpe', 'its packageUrl is no regular expression', 'of vulnerabilityName', 'its until is no day'].map((why, index) => `suppression.xml, suppress ${index + 2}: not followed, because ${why}`),
    });
  });

  test.each([
    ['a.yaml', 'a: [', 'a.yaml cannot be read'], ['a.yaml', 'rules: []', 'a.yaml cannot be read: it is neither a .trivyignore.yaml nor a .grype.yaml'], ['a.toml', 'a = ', 'a.toml cannot be read'],
    ['a.xml', '<a>', 'a.xml cannot be read'], ['a.xml', '<a/>', 'a.xml cannot be read: its root is not <suppressions>'],
  ])('%s with %s is refused', async (file, text, message) => expect(readIgnores(text, file)).rejects.toThrow(message));
});
