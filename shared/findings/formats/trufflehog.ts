import { ruled } from '../claim.ts';
import type { Collector } from '../collector.ts';
import type { Draft } from '../draft.ts';
import { amount, fields, type Fields, flag, has, inner, need, number, object, text } from '../fields.ts';
import type { Format } from '../format.ts';

interface Log { hasBegun: boolean; hasEnded: boolean }

/**
 * TruffleHog's JSON lines. Its log, if it is mixed in (`2>&1`), proves that the scan came to its end; alone, no finding is an empty file.
 * https://github.com/trufflesecurity/trufflehog/blob/main/pkg/output/json.go
 */
export const trufflehog: Format = {
  name: 'trufflehog',
  recognise: (sketch) => sketch.has('DetectorName', 'SourceMetadata') || (sketch.has('level', 'msg') && sketch.text('logger') === 'trufflehog'),
  read(collect) {
    collect.tool('trufflehog');
    collect.kind('secrets');
    const log: Log = { hasBegun: false, hasEnded: false };
    return {
      takesMany: true,
      shape: object((line) => {
        if (has(line, 'DetectorName')) collect.add(draftOf(line));
        else tellLog(collect, line, log);
      }),
      done: () => { if (log.hasBegun && !log.hasEnded) collect.failure('Its log does not say that the scan was finished.'); },
    };
  },
};

function draftOf(line: Fields): Draft {
  const detector = need(line, 'DetectorName');
  const [place] = Object.values(inner(inner(line, 'SourceMetadata'), 'Data').members);
  const at = fields(place ?? {}, 'SourceMetadata', 'Data');
  const parts = Object.values(inner(line, 'SecretParts').members).filter((part) => typeof part === 'string');
  const isVerified = flag(line, 'Verified') === true;
  const isUnsure = text(line, 'VerificationError') !== undefined;
  return {
    kind: 'secrets', rule: detector, title: `${detector}: ${isVerified ? 'a secret that works' : isUnsure ? 'a secret; whether it works could not be found out' : 'a secret'}`,
    path: text(at, 'file') ?? text(at, 'link') ?? text(at, 'image'), line: number(at, 'line'), firstSeen: text(at, 'timestamp'),
    secret: text(line, 'Raw'), conceal: [text(line, 'RawV2'), ...parts],
    claims: ruled('critical', isVerified ? 'a secret that works' : 'a secret in the sources'),
  };
}

function tellLog(collect: Collector, line: Fields, log: Log): void {
  const message = text(line, 'msg');
  if (message === undefined) return;
  log.hasBegun = true;
  const isError = text(line, 'level') === 'error' || /encountered errors during scan/i.test(message);
  if (isError) collect.failure(`TruffleHog reports an error: ${message}.`);
  if (isError || /finished scanning/i.test(message)) log.hasEnded = true;
  if (/finished scanning/i.test(message)) collect.scanned(amount(line, 'chunks') ?? 0, 'pieces of data');
}
