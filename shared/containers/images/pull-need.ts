import { heldLayers } from './image.ts';

/** What `docker manifest inspect --verbose` tells of one platform of an image. */
interface Manifest {
  readonly Descriptor: { readonly platform?: { readonly os: string; readonly architecture: string } };
  readonly SchemaV2Manifest?: Content;
  readonly OCIManifest?: Content;
}
interface Content {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly digest: string; readonly size: number }[];
}

/**
 * Bytes that pulls will download, by what pull.sh was told when it asked: the layers of each image that no image of its repository on the
 * server begins with. Undefined where a registry did not tell.
 */
export function downloadOf(told: string, references: readonly string[], platform: string, held: ReadonlySet<string>): number | undefined {
  const answers = told.split('\u001e').slice(1).map((part) => ({ name: part.slice(0, part.indexOf('\n')), content: contentOf(part.slice(part.indexOf('\n')), platform) }));
  const here = answers.flatMap(({ name, content }) => (name.includes('@') && content !== undefined ? [content.layers.map(({ digest }) => digest)] : []));
  let bytes = 0;
  for (const reference of references) {
    const content = answers.find(({ name }) => name === reference)?.content;
    if (content === undefined) return undefined;
    const digests = content.layers.map(({ digest }) => digest);
    const lacking = held.has(content.config.digest) ? [] : content.layers.slice(heldLayers(digests, here));
    bytes += lacking.reduce((sum, { size }) => sum + size, 0);
  }
  return bytes;
}

function contentOf(json: string, platform: string): Content | undefined {
  if (json.trim() === '') return undefined;
  const manifests = [JSON.parse(json) as Manifest | Manifest[]].flat();
  const own = manifests.length === 1 ? manifests[0] : manifests.find(({ Descriptor: { platform: of } }) => `${of?.os}/${of?.architecture}` === platform);
  return own?.SchemaV2Manifest ?? own?.OCIManifest;
}
