import { choice, lines, text } from '#shared/runner/fields';

const ACCEPTED = 'a path without ":", as in the release; only env-file may begin with a slash';

/** The inputs of strategy `compose`. */
export const composeFields = {
  'compose-files': lines({
    description: 'Compose files in the release, the later over the earlier. They find `$PORT`, `$SLOT`, `$RELEASE`, `$SERVICE`, `$ENVIRONMENT` and `$SERVICE_PATH`. The label `slipway.role` says what a service is: `web` (if there is none), `worker`, `singleton` or `lasting`.',
    default: 'compose.yml', example: 'compose.production.yml', check: checkFiles,
  }),
  'env-file': text({ description: 'File that fills in their variables: in the release, or with a leading slash anywhere on the server, where secrets never travel. Compose\'s own `.env` if left out.', example: '/srv/shop/shared/production.env', check: checkEnvFile }),
  lasting: choice({
    options: ['keep', 'update'], default: 'keep',
    description: 'What a deployment does with services of role `lasting`, such as a database: `keep` starts what is missing and touches nothing else; `update` brings them to what the release says, which may restart them.',
  }),
};

function checkFiles(paths: readonly string[]): string | undefined {
  return paths.every((path) => isPlain(path) && !path.startsWith('/')) ? undefined : `accepted is ${ACCEPTED}`;
}

function checkEnvFile(path: string): string | undefined {
  return isPlain(path) ? undefined : `accepted is ${ACCEPTED}`;
}

function isPlain(path: string): boolean {
  return path !== '' && !/[:\n\0]/.test(path) && !path.startsWith('-') && !path.split('/').includes('..') && path.length <= 300;
}
