import { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { expect } from '@jest/globals';
import Client from 'ssh2/lib/client.js';
import { needs } from '#shared/testing/equipment';
import { startSshd } from '#shared/testing/sshd';
import { keepKeysReady, writeTogether } from './quick-packets.ts';

const it = needs('sshd');

it('what is written in one turn goes out at once, and in order', async () => {
  const calls: string[][] = [];
  const take = (texts: readonly Buffer[], done: () => void): void => {
    calls.push(texts.map(String));
    done();
  };
  const socket = new Writable({ write: (chunk: Buffer, _, done) => take([chunk], done), writev: (chunks, done) => take(chunks.map(({ chunk }) => chunk as Buffer), done) });
  writeTogether(socket as never);
  for (const text of ['a', 'b', 'c']) socket.write(text);
  await new Promise((resolve) => setImmediate(resolve));
  socket.write('d');
  socket.end('e');
  await once(socket, 'finish');
  expect(calls).toEqual([['a', 'b', 'c'], ['d', 'e']]);
});

it('both keys of AES-GCM are ready once the handshake is over', async () => {
  const sshd = await startSshd();
  const client = new Client();
  try {
    keepKeysReady(client);
    client.connect({ host: sshd.host, port: sshd.port, username: sshd.user, privateKey: sshd.key.text, algorithms: { cipher: ['aes128-gcm@openssh.com'] } });
    await once(client, 'ready');
    const { _cipher, _decipher } = (client as unknown as { readonly _protocol: { readonly _cipher: { readonly _encKey: unknown }; readonly _decipher: { readonly _decipherKey: unknown } } })._protocol;
    expect([_cipher._encKey, _decipher._decipherKey]).toEqual([expect.any(KeyObject), expect.any(KeyObject)]);
  } finally {
    client.end();
    await sshd.stop();
  }
});
