import { UserError } from '#shared/core/errors';
import { readConfiguration, type Image } from './image.ts';
import { blobAt, textIn, type Spool } from './spool.ts';

interface DockerManifest {
  readonly Config: string;
  readonly RepoTags: readonly string[] | null;
  readonly Layers: readonly string[];
}
interface Descriptor {
  readonly digest: string;
  readonly mediaType?: string;
  readonly platform?: { readonly os: string; readonly architecture: string };
  readonly annotations?: Readonly<Record<string, string>>;
}
interface OciManifest {
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
  readonly manifests?: readonly Descriptor[];
}

const NOT_AN_IMAGE = 'unknown'; // the architecture by which build attestations are told from images

/**
 * The images in an archive: what `docker save` of any age writes, or an OCI layout, of which those for the platform are taken.
 * @throws {UserError} when it holds none.
 */
export async function imagesIn(spooled: Spool, platform: string): Promise<Image[]> {
  const docker = await textIn(spooled, 'manifest.json');
  if (docker !== undefined) return Promise.all((JSON.parse(docker) as DockerManifest[]).map((manifest) => fromDocker(spooled, manifest)));
  const index = await textIn(spooled, 'index.json');
  if (index === undefined) throw new UserError('The image archive has neither manifest.json nor index.json, so it is none that "docker save" or "docker buildx build --output type=oci" wrote.');
  return fromIndex(spooled, index, platform, []);
}

async function fromDocker(spooled: Spool, { Config, RepoTags, Layers }: DockerManifest): Promise<Image> {
  const config = await required(spooled, Config);
  return imageOf(spooled, config, RepoTags ?? [], Layers);
}

async function fromIndex(spooled: Spool, index: string, platform: string, names: readonly string[]): Promise<Image[]> {
  const { manifests = [] } = JSON.parse(index) as OciManifest;
  const images = manifests.filter((each) => each.platform === undefined || isFor(each.platform, platform, manifests));
  const found = await Promise.all(images.map(async (each) => {
    const { text } = await required(spooled, pathOf(each.digest));
    const carried = [...names, ...namesIn(each)];
    const manifest = JSON.parse(text) as OciManifest;
    if (manifest.manifests !== undefined) return fromIndex(spooled, text, platform, carried);
    const config = await required(spooled, pathOf(manifest.config?.digest ?? ''));
    return [imageOf(spooled, config, carried, (manifest.layers ?? []).map(({ digest }) => pathOf(digest)))];
  }));
  return found.flat();
}

// Where there is but one, it is told as it is: that it is for another machine is said by its name.
function isFor({ os, architecture }: NonNullable<Descriptor['platform']>, platform: string, among: readonly Descriptor[]): boolean {
  if (architecture === NOT_AN_IMAGE) return false;
  return `${os}/${architecture}` === platform || among.filter((each) => each.platform?.architecture !== NOT_AN_IMAGE).length === 1;
}

function namesIn({ annotations = {} }: Descriptor): string[] {
  const name = annotations['io.containerd.image.name'] ?? annotations['org.opencontainers.image.ref.name'];
  return name === undefined ? [] : [name];
}

function imageOf(spooled: Spool, config: { readonly text: string; readonly hex: string }, references: readonly string[], layers: readonly string[]): Image {
  const { diffIds, platform } = readConfiguration(config.text);
  if (diffIds.length !== layers.length) throw new UserError(`The image archive is damaged: ${references.join(', ')} has ${diffIds.length} layers by its configuration, ${layers.length} by its manifest. Build it again.`);
  return { id: `sha256:${config.hex}`, references, config: config.text, platform, layers: diffIds.map((diffId, index) => ({ diffId, blob: blobAt(spooled, layers[index] as string) })) };
}

async function required(spooled: Spool, path: string): Promise<{ readonly text: string; readonly hex: string }> {
  const [blob, text] = [blobAt(spooled, path), await textIn(spooled, path)];
  if (blob === undefined || text === undefined) throw new UserError(`The image archive is damaged: it lacks ${path}. Build it again.`);
  return { text, hex: blob.hex };
}

function pathOf(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}
