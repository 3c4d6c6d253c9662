import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';

/** Servers of one test file on loopback, which close together. */
export interface Loopback {
  /** The port on which the server now listens: a free one unless given, on 127.0.0.1 unless told otherwise. */
  listen(server: Server, address?: { readonly host?: string; readonly port?: number; readonly path?: string }): Promise<number>;
  /** The address of a web server that answers so. */
  web(answer: (...exchange: Parameters<RequestListener>) => unknown): Promise<string>;
  /** Closes every server and cuts its connections. */
  close(): Promise<void>;
}

/** No servers yet. */
export function createLoopback(): Loopback {
  const servers = new Set<Server>();
  const sockets = new Set<Socket>();
  const listen: Loopback['listen'] = async (server, address = {}) => {
    servers.add(server);
    server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => server.listen(address.path === undefined ? { host: '127.0.0.1', port: 0, ...address } : address, resolve));
    return (server.address() as AddressInfo).port;
  };
  return {
    listen,
    web: async (answer) => `http://127.0.0.1:${await listen(createServer((request, response) => void answer(request, response)))}/`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all([...servers].map((server) => new Promise((resolve) => server.close(resolve))));
      servers.clear();
    },
  };
}
