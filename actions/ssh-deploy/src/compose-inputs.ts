import { choice } from '#shared/runner/fields';

/** The inputs of strategy `compose` alone; rolling-inputs.ts has those of both. */
export const composeFields = {
  lasting: choice({
    options: ['keep', 'update'], default: 'keep',
    description: 'What strategy `compose` does with services of role `lasting`, such as a database: `keep` starts what is missing and touches nothing else; `update` brings them to what the release says, which may restart them.',
  }),
};
