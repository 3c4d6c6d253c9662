import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createLoopback } from '#shared/testing/loopback';

/** A container registry in memory, as much of the OCI distribution specification as `docker push` and `docker pull` use. */
export interface Registry {
  /** What images on it begin with: `127.0.0.1:12345`; an engine takes a registry on loopback without TLS. */
  readonly name: string;
  /** Every request so far, as `GET /v2/shop/manifests/v1`. */
  readonly requests: readonly string[];
  /** Whether it answers, or 503 to everything, as one that is down. */
  setDown(isDown: boolean): void;
  close(): Promise<void>;
}

interface Stored { readonly body: Buffer; readonly type: string }

/** Starts a registry; with an account, only who has logged in may push and pull. */
export async function startRegistry(account?: { readonly user: string; readonly password: string }): Promise<Registry> {
  const loopback = createLoopback();
  const requests: string[] = [];
  let isDown = false;
  const store = new Map<string, Stored>();
  const expected = account === undefined ? undefined : `Basic ${Buffer.from(`${account.user}:${account.password}`).toString('base64')}`;
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (isDown) return void response.writeHead(503).end();
    if (expected !== undefined && request.headers.authorization !== expected) return void response.writeHead(401, { 'www-authenticate': 'Basic realm="registry"' }).end();
    return void serve(store, request, response);
  });
  return { name: `127.0.0.1:${await loopback.listen(server)}`, requests, setDown: (is) => { isDown = is; }, close: loopback.close };
}

async function serve(store: Map<string, Stored>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://registry');
  const body = await buffer(request);
  const [, name = '', kind = '', reference = ''] = /^\/v2\/(.+)\/(manifests|blobs)\/(.*)$/.exec(pathname) ?? [];
  if (pathname === '/v2/') return void response.writeHead(200).end();
  if (kind === '') return void response.writeHead(404).end();
  if (kind === 'blobs' && reference.startsWith('uploads/')) return upload(store, { name, request, response, body, digest: searchParams.get('digest') });
  if (request.method === 'PUT') {
    const digest = digestOf(body);
    const manifest = { body, type: request.headers['content-type'] ?? '' };
    for (const each of [reference, digest]) store.set(`${name} ${each}`, manifest);
    return void response.writeHead(201, { 'docker-content-digest': digest, location: pathname }).end();
  }
  const found = store.get(kind === 'blobs' ? reference : `${name} ${reference}`);
  if (found === undefined) return void response.writeHead(404).end();
  const head = { 'content-type': found.type, 'content-length': found.body.length, 'docker-content-digest': digestOf(found.body) };
  response.writeHead(200, head).end(request.method === 'HEAD' ? undefined : found.body);
}

// A blob comes as POST (a place to upload to), PATCH (the bytes) and PUT (its digest); whatever is stored so far is kept by the place's name.
function upload(store: Map<string, Stored>, { name, request, response, body, digest }: {
  readonly name: string; readonly request: IncomingMessage; readonly response: ServerResponse; readonly body: Buffer; readonly digest: string | null;
}): void {
  const place = request.method === 'POST' ? `/v2/${name}/blobs/uploads/${Math.random()}` : new URL(request.url ?? '/', 'http://registry').pathname;
  const whole = Buffer.concat([store.get(place)?.body ?? Buffer.alloc(0), body]);
  if (request.method === 'PUT') {
    store.delete(place);
    store.set(digest ?? '', { body: whole, type: 'application/octet-stream' });
    return void response.writeHead(201, { location: place, 'docker-content-digest': digest ?? '' }).end();
  }
  store.set(place, { body: whole, type: '' });
  response.writeHead(202, { location: place, range: `0-${Math.max(0, whole.length - 1)}`, 'docker-upload-uuid': place }).end();
}

function digestOf(body: Buffer): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}
