import type { Check, HttpCheck } from './check.ts';
import { formatStatus } from './status-range.ts';

/** What checks as they are set would not notice, one sentence each, for people to read before they trust a pass. */
export function blindSpots(checks: readonly Check[], successes = 1): readonly string[] {
  const http = checks.filter((check) => check.kind === 'http');
  return [
    ...generalBlindSpots(checks, http, successes),
    ...http.flatMap((check) => httpBlindSpots(check).map((spot) => `${check.name}: ${spot}`)),
    ...checks.filter((check) => check.kind === 'tcp' && check.banner === undefined)
      .map((check) => `${check.name}: no banner is expected, so anything that listens on the port passes`),
    ...checks.filter((check) => check.kind === 'command' && check.text === undefined && check.matches === undefined)
      .map((check) => `${check.name}: only the exit code is looked at, not the output`),
  ];
}

function generalBlindSpots(checks: readonly Check[], http: readonly HttpCheck[], successes: number): readonly string[] {
  const hasVersion = http.some((check) => check.expect?.version !== undefined);
  const isOutside = checks.some((check) => check.kind !== 'command' && check.from !== 'server');
  return [
    ...(hasVersion ? [] : ['no version is expected (expect-version), so a healthy old version passes']),
    ...(successes > 1 ? [] : ['one pass is enough (successes: 1), so a service that fails now and then can pass']),
    ...(isOutside ? [] : ['nothing looks from outside, so DNS, the proxy and its certificate are not tried']),
  ];
}

function httpBlindSpots({ expect = {}, followRedirects = 0, insecure = false, method }: HttpCheck): readonly string[] {
  const looksInside = [expect.text, expect.matches, expect.json].some((list) => (list ?? []).length > 0) || expect.version?.jsonPath !== undefined;
  const redirect = (expect.status ?? []).filter(({ first, last }) => first < 400 && last >= 300);
  const error = (expect.status ?? []).filter(({ last }) => last >= 400);
  return [
    ...(looksInside || method === 'HEAD' ? [] : ['the body is not looked at, so an error page or an empty page with a good status passes']),
    ...(redirect.length > 0 ? [`a redirect is accepted (${formatStatus(redirect)}) and where it leads is not asked`] : []),
    ...(error.length > 0 ? [`an error is accepted (${formatStatus(error)})`] : []),
    ...(followRedirects > 0 ? ['redirects are followed, so a login or maintenance page elsewhere may be what answers'] : []),
    ...(expect.maxResponseTime === undefined ? ['the response time is not limited, so a slow answer passes'] : []),
    ...(insecure ? ['the certificate is not verified (insecure), so anybody may be answering'] : []),
  ];
}
