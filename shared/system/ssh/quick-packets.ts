import { createSecretKey } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';

interface Sealing { _encKey?: unknown }
interface Opening { _decipherKey?: unknown }
interface Inside { readonly _protocol?: { readonly _cipher?: Sealing; readonly _decipher?: Opening } }

/**
 * Hands what is written in one turn to the system in one call: ssh2 writes a packet in three parts, and the first, of 4 bytes, would travel by itself.
 * Only for sockets; elsewhere parts are not written together anyway.
 */
export function writeTogether(socket: Duplex): void {
  const write = socket.write.bind(socket) as (...given: unknown[]) => boolean;
  socket.write = (...given: unknown[]): boolean => {
    if (socket.writableCorked === 0) {
      socket.cork();
      process.nextTick(() => socket.uncork());
    }
    return write(...given);
  };
}

/**
 * Keeps the keys of AES-GCM ready from one packet to the next: ssh2 makes a cipher for each and gives it bytes, of which Node each time finds out
 * by two errors, thrown and caught, that they are no key object. That is a third of what sending takes.
 */
export function keepKeysReady(client: Client): void {
  client.on('handshake', () => {
    const { _cipher: sealing, _decipher: opening } = (client as unknown as Inside)._protocol ?? {};
    if (Buffer.isBuffer(sealing?._encKey)) sealing._encKey = createSecretKey(sealing._encKey);
    if (Buffer.isBuffer(opening?._decipherKey)) opening._decipherKey = createSecretKey(opening._decipherKey);
  });
}
