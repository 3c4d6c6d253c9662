import { IMAGE_WAYS } from '#shared/containers/images/ways';
import { choice, duration, lines, secret, text } from '#shared/runner/fields';

const PROJECT = 'lower-case letters, digits, - and _, beginning with a letter or digit';

/** What a release in containers is made of, how its images come, and how its containers end. */
export const rollingFields = {
  'compose-files': lines({ description: 'Compose files of the release, relative to `source`; a later one adds to those before.', default: 'compose.yaml' }),
  'env-file': text({ description: 'File on the server with variables for the compose files. It is kept with each release, so that a rollback runs with the one of its release. If left out, compose takes `.env` of the release.', example: '/srv/shop/shared/production.env' }),
  project: text({ description: 'Name of the compose project. `<service>-<environment>` if left out; name the one that runs to take it over.', accepts: PROJECT, check: (name) => (/^[a-z0-9][a-z0-9_-]*$/.test(name) ? undefined : `accepted is ${PROJECT}`) }),
  images: choice({
    options: IMAGE_WAYS, default: 'auto',
    description: 'How images reach the server: `pull` from their registry, `transfer` from the runner over SSH, only the layers that the server lacks; `auto` pulls, and has the runner send them when the registry does not give them.',
  }),
  'image-archive': text({ description: 'What `docker save`, or `docker buildx build --output type=oci`, wrote on the runner: images are sent from there instead of from the runner\'s Docker.', example: 'images.tar' }),
  registry: text({ description: 'The registry to log in to.', default: 'docker.io', example: 'ghcr.io', env: 'DEPLOY_REGISTRY' }),
  'registry-user': text({ description: 'Account that pulls images. If left out, the server\'s own login counts.', env: 'DEPLOY_REGISTRY_USER' }),
  'registry-password': secret({ description: 'Its password or token. It is on the server only while images are pulled.', env: 'DEPLOY_REGISTRY_PASSWORD' }),
  'pull-timeout': duration({ description: 'How long the pull of one image may take.', default: '15m', min: '1s', max: '6h' }),
  'pre-stop': text({ description: 'Command run in a container before it is told to end, by the container\'s `sh`: such as one that has it answer its health check no longer.', multiline: true, example: 'touch /tmp/draining; sleep 5' }),
  'stop-timeout': duration({ description: 'How long a container may take to end after SIGTERM, and `pre-stop` before it.', default: '30s', min: '1s', max: '1h' }),
};

/** What is wrong with them together, for strategy `compose-rolling`. */
export function rollingMistakes({ health, registryUser, registryPassword, composeFiles }: {
  readonly health: string | undefined; readonly registryUser: string | undefined; readonly registryPassword: unknown; readonly composeFiles: readonly string[];
}): string[] {
  return [
    ...(health === undefined ? [] : ['health is not for strategy compose-rolling: give services a healthcheck in the compose file, or health-command, which finds the container as $CONTAINER']),
    ...((registryUser === undefined) === (registryPassword === undefined) ? [] : ['registry-user and registry-password go together']),
    ...(composeFiles.some((file) => file.startsWith('/') || file.split('/').includes('..')) ? ['compose-files must be inside of source'] : []),
  ];
}
