/** An image as an archive holds it. */
export interface Image {
  /** The digest of its configuration, `sha256:…`, by which an engine knows it. */
  readonly id: string;
  /** The names it carries, such as `shop/app:v2`. */
  readonly references: readonly string[];
  readonly config: string;
  /** Such as `linux/amd64`. */
  readonly platform: string;
  /** From the lowest up. */
  readonly layers: readonly Layer[];
}

/** One layer: what an engine knows it by, and where its bytes, compressed or not, are on the runner. */
export interface Layer {
  /** The digest of its uncompressed tar. */
  readonly diffId: string;
  /** Undefined where it was left out, because the server has it. */
  readonly blob: Blob | undefined;
}

/** Bytes on the runner, and their own SHA-256 in hex. */
export interface Blob {
  readonly hex: string;
  readonly file: string;
  readonly size: number;
}

/** The part of an image's configuration that matters here. */
interface Configuration {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly rootfs: { readonly diff_ids: readonly string[] };
}

/** What an image's configuration says of its layers and its platform. @throws {SyntaxError} when it is not JSON. */
export function readConfiguration(config: string): { readonly diffIds: readonly string[]; readonly platform: string } {
  const { os, architecture, rootfs } = JSON.parse(config) as Configuration;
  return { diffIds: rootfs.diff_ids, platform: `${os}/${architecture}` };
}

/**
 * How many of these layers, from the lowest up, an engine has already: those that an image of its own begins with. The same layer on top
 * of others is of no use to it.
 */
export function heldLayers(diffIds: readonly string[], held: readonly (readonly string[])[]): number {
  return Math.max(0, ...held.map((layers) => {
    const differs = diffIds.findIndex((diffId, index) => layers[index] !== diffId);
    return differs < 0 ? diffIds.length : differs;
  }));
}
