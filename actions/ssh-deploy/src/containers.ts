import { readComposeServices, type ComposeSource } from '#shared/containers/compose-config';
import { rollingFaults, type ComposeService } from '#shared/containers/compose-service';
import { bringImages } from '#shared/containers/images/bring';
import type { PinnedImage } from '#shared/containers/images/pins';
import { UserError } from '#shared/core/errors';
import type { Job } from '#shared/runner/action';
import { jobEnvironment } from '#shared/runner/surroundings';
import type { ServiceDefinition } from '#shared/server/definition';
import type { Server } from '#shared/server/server';
import { portVariables } from '#shared/server/user-command';
import type { Deployment } from './deploy-plan.ts';
import type { action, Inputs } from './inputs.ts';

type Source = Omit<ComposeSource, 'compose' | 'path' | 'variables'> & { readonly definition: ServiceDefinition; readonly release: string };

/** What runs in containers, as compose on the server reads the release; nothing where no compose is used. @throws {UserError} naming what cannot be released so. */
export async function readServices(server: Server, { definition, release, ...source }: Source): Promise<readonly ComposeService[]> {
  const { strategy, compose, path, service, environment } = definition;
  if (compose === undefined) return [];
  const asked = { ...source, compose, path };
  if (strategy === 'compose') {
    const variables = { SERVICE: service, ENVIRONMENT: environment, SERVICE_PATH: path, RELEASE: release, RELEASE_DIR: `${path}/releases/${release}`, SLOT: 'blue', ...portVariables(definition, 'blue') };
    // The images of what lasts are had when it is started, or updated.
    return (await readComposeServices(server, { ...asked, variables })).filter(({ role }) => role !== 'lasting');
  }
  const services = await readComposeServices(server, asked);
  const faults = rollingFaults(services);
  if (faults.length > 0) throw new UserError(`The compose file cannot be released with strategy compose-rolling:\n${faults.map((fault) => `  ${fault}.`).join('\n')}`);
  return services;
}

/** Brings the images of a release to the server and says what their names mean there. @throws {UserError} when they are not to be had. */
export async function bringReleaseImages(inputs: Inputs, { log, signal }: Pick<Job<typeof action>, 'log' | 'signal'>, server: Server, { services, state }: Pick<Deployment, 'services' | 'state'>): Promise<readonly PinnedImage[]> {
  const references = [...new Set(services.map(({ image }) => image))];
  if (references.length === 0) return [];
  const { images: way, imageArchive: archive, registry, registryUser: user, registryPassword: password, pullTimeout } = inputs;
  const login = user === undefined || password === undefined ? undefined : { registry, user, password };
  const brought = await bringImages(server, { references, way, archive, login, pullTimeout, state: state.folder, environment: jobEnvironment() }, { log, signal });
  return brought.images;
}
