import type { Server } from './check.ts';

/** A connection to a server that checks share: opened when first asked for, opened anew once it was lost. */
export interface KeptConnection {
  server(): Promise<Server>;
  close(): void;
}

/** Keeps what `open` gives; a failure to open is not kept, so that the next attempt tries again. */
export function keptConnection(open: () => Promise<Server & { close(): void }>): KeptConnection {
  let current: Promise<Server & { close(): void }> | undefined;
  const forget = (): void => {
    current?.then((connection) => connection.close(), () => undefined);
    current = undefined;
  };
  const watched = async <Result>(connection: Promise<Server>, task: (server: Server) => Promise<Result>): Promise<Result> => {
    try {
      return await task(await connection);
    } catch (error) {
      if ((error as Error).name === 'ConnectionLost' && current === connection) forget();
      throw error;
    }
  };
  return {
    async server() {
      const connection = current ??= open();
      const { label } = await connection.catch((error: unknown) => {
        if (current === connection) forget();
        throw error;
      });
      return {
        label,
        exec: (command, options) => watched(connection, (server) => server.exec(command, options)),
        openSocket: (path) => watched(connection, (server) => server.openSocket(path)),
        openPort: (host, port) => watched(connection, (server) => server.openPort(host, port)),
      };
    },
    close: forget,
  };
}
