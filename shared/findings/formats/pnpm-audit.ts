import { amount, object, text } from '../fields.ts';
import type { Format } from '../format.ts';
import { entries, members } from '../json-shape.ts';
import { advisoryDrafts } from './npm-advisory.ts';

/** pnpm's audit, and that of Yarn 2 and 3, which pass on the registry's answer. https://pnpm.io/cli/audit */
export const pnpmAudit: Format = {
  name: 'pnpm-audit',
  // npm 6, which writes nearly the same, has a runId and is asked for first.
  recognise: (sketch) => sketch.has('advisories', 'metadata') || sketch.text('error.code')?.startsWith('ERR_PNPM_') === true,
  read(collect) {
    collect.tool('pnpm-audit');
    collect.kind('sca');
    return { shape: members({
      advisories: entries(object((advisory) => { for (const draft of advisoryDrafts(advisory)) collect.add(draft); })),
      metadata: object((of) => {
        const total = amount(of, 'totalDependencies') ?? amount(of, 'dependencies');
        if (total !== undefined) collect.scanned(total, 'dependencies');
      }),
      error: object((of) => { collect.failure(`pnpm could not audit: ${text(of, 'message') ?? text(of, 'code') ?? 'it did not say why'}.`); }),
    }, ({ seen }) => { if (!seen.has('advisories') && !seen.has('error')) collect.failure('It has no list of advisories, not even an empty one.'); }) };
  },
};
