import { commandLine, quote } from '#shared/core/quote';
import type { PacketEntry } from '#shared/server/packet';
import type { ComposeService } from '../compose-service.ts';
import type { PinnedImage } from '../images/pins.ts';
import type { RollingService } from './rolling.ts';

const PRIVATE = 0o600;
const OWN_ENV = 'env'; // where the record keeps the file of variables

/** The label by which a container says of which release it is. */
export const RELEASE_LABEL = 'slipway.release';

/** A release in containers: what runs in it, and the images that their names meant when it was made. */
export interface ContainerRelease {
  readonly definition: RollingService;
  readonly release: string;
  readonly services: readonly ComposeService[];
  readonly images: readonly PinnedImage[];
}

/** What a packet brings so that the release runs the same on every day to come: how compose is called, its services and their images. */
export function recordEntries(made: ContainerRelease): PacketEntry[] {
  const text = (path: string, lines: readonly string[]): PacketEntry => ({ kind: 'text', path: `containers/${path}`, mode: PRIVATE, text: lines.map((line) => `${line}\n`).join('') });
  return [
    { kind: 'folder', path: 'containers', mode: 0o700 },
    text('compose.sh', composeCall(made)),
    text('services', made.services.map(({ name, role, replicas }) => `${name} ${role} ${replicas}`)),
    text('images', made.images.map(({ id, reference, digest = '-' }) => `${id} ${reference} ${digest}`)),
    text('images.yaml', [JSON.stringify(pinning(made))]),
  ];
}

function composeCall({ definition: { compose, path }, release }: ContainerRelease): string[] {
  const record = `${path}/.slipway/releases/${release}/containers`;
  const environment = compose.envFile === '' ? [] : ['--env-file', `${record}/${OWN_ENV}`];
  const files = [...compose.files, `${record}/images.yaml`].flatMap((file) => ['--file', file]);
  return [
    `cd ${quote(`${path}/releases/${release}`)} || exit`,
    'export COMPOSE_IGNORE_ORPHANS=1',
    `exec ${commandLine(['docker', 'compose', '--project-name', compose.project, ...files, ...environment])} "$@"`,
  ];
}

// JSON is YAML. What lasts carries no release: it belongs to all of them.
function pinning({ services, images, release }: ContainerRelease): object {
  const idOf = (reference: string): string => images.find((image) => image.reference === reference)?.id ?? reference;
  return {
    services: Object.fromEntries(services.map(({ name, image, role }) => [
      name, { image: idOf(image), pull_policy: 'never', ...(role === 'lasting' ? {} : { labels: { [RELEASE_LABEL]: release } }) },
    ])),
  };
}
