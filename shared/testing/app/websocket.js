import { createHash } from 'node:crypto';

const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'; // fixed by RFC 6455
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const TOO_BIG = 1009;

/** Answers the handshake on `socket`; gives `send(text)` and `close(code)`, and calls `onText` for each (unfragmented) text message. */
export function acceptWebSocket(request, socket, head, onText) {
  const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + MAGIC).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  let closing = false;
  const send = (opcode, payload) => {
    if (!closing && socket.writable) socket.write(frame(opcode, payload));
  };
  const close = (code) => {
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    send(CLOSE, payload);
    closing = true;
  };
  readFrames(socket, head, (opcode, payload) => {
    if (opcode === TEXT) onText(payload.toString());
    else if (opcode === PING) send(PONG, payload);
    else if (opcode === CLOSE) {
      send(CLOSE, payload);
      socket.end();
    }
  }, () => close(TOO_BIG));
  return { send: (text) => send(TEXT, Buffer.from(text)), close };
}

function readFrames(socket, head, onFrame, onTooBig) {
  let pending = head;
  const read = () => {
    for (let next = parseFrame(pending); next !== undefined; next = parseFrame(pending)) {
      if (next.tooBig) return onTooBig();
      pending = pending.subarray(next.size);
      onFrame(next.opcode, next.payload);
    }
  };
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    read();
  });
  socket.on('error', () => socket.destroy());
  read();
}

function frame(opcode, payload) {
  const head = payload.length < 126 ? Buffer.from([0x80 | opcode, payload.length]) : Buffer.from([0x80 | opcode, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, payload]);
}

/** The first whole frame from a client (always masked), or undefined while bytes are missing. */
function parseFrame(bytes) {
  if (bytes.length < 2) return undefined;
  const short = bytes[1] & 0x7f;
  if (short === 127) return { tooBig: true };
  const start = short === 126 ? 4 : 2;
  if (bytes.length < start) return undefined;
  const length = short === 126 ? bytes.readUInt16BE(2) : short;
  const size = start + 4 + length;
  if (bytes.length < size) return undefined;
  const mask = bytes.subarray(start, start + 4);
  const payload = Buffer.from(bytes.subarray(start + 4, size)).map((byte, at) => byte ^ mask[at % 4]);
  return { opcode: bytes[0] & 0x0f, payload, size };
}
