import { expect, test } from '@jest/globals';
import { readScans } from './scan.ts';

const read = (...items: readonly string[]) => readScans(items).map(({ scanner, version, mode, words }) => [scanner.name, version, mode, words.join('|')]);
const mistakeIn = (text: string): string => {
  try {
    return `accepted: ${JSON.stringify(read(text))}`;
  } catch (error) {
    return (error as Error).message;
  }
};

test('Scans are read from lines and from commas, with their usual targets', () => {
  expect(read('trivy fs, gitleaks', 'npm audit', 'bandit')).toEqual([['trivy', undefined, 'fs', '.'], ['gitleaks', undefined, 'git', '.'], ['npm-audit', undefined, '', ''], ['bandit', undefined, '', '.']]);
  expect(read('osv-scanner', 'trufflehog', 'grype', 'pip-audit')).toEqual([
    ['osv-scanner', undefined, 'source', '--recursive|.'], ['trufflehog', undefined, 'git', 'file://.'], ['grype', undefined, '', 'dir:.'], ['pip-audit', undefined, '', '--requirement|requirements.txt'],
  ]);
});

test('Words after the mode are the user\'s own, with quotation marks as in a shell, and commas in them', () => {
  expect(read('trivy@0.74.0 image "registry.test/my app:1" --skip-dirs a,b')).toEqual([['trivy', '0.74.0', 'image', 'registry.test/my app:1|--skip-dirs|a,b']]);
  expect(read(`semgrep --config='my rules.yml' src`)).toEqual([['semgrep', undefined, 'scan', '--config=my rules.yml|src']]);
  expect(read('gitleaks dir src $(touch x) ; rm *')).toEqual([['gitleaks', undefined, 'dir', 'src|$(touch|x)|;|rm|*']]);
});

test.each([
  ['trivvy fs', /^"trivvy fs": there is no scanner trivvy; did you mean trivy\?/],
  ['npm install', /there is no scanner npm/],
  ['npm audit fix', /"npm audit fix" is not a scan/],
  ['trivy@latest fs', /a version is three numbers, such as trivy@1\.2\.3, and never "latest"/],
  ['trivy image', /say what to scan: "trivy image \.\.\."/],
  ['trivy server', /trivy scans fs, image, config, rootfs, sbom, and not "server"/],
  ['semgrep src', /needs its rules/],
  ['trivy fs --exit-code 0 .', /--exit-code decides over the report or the exit code/],
  ['trivy fs --exit-code=0 .', /--exit-code=0 decides/],
  ['trivy fs -ftable .', /-ftable decides/],
  ['bandit --exit-z .', /--exit-z decides/],
  ['bandit --outp=x .', /--outp=x decides/],
  ['gitleaks "dir', /a quotation mark has no partner/],
])('%s is refused', (text, message) => {
  expect(mistakeIn(text)).toMatch(message);
});

test('All mistakes are told at once', () => {
  expect(mistakeIn('nope, gitleaks, trivy image')).toMatch(/^"nope": .*; "trivy image": /);
});
