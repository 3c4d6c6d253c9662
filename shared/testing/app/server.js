// A small real web service without dependencies (Node 20 or later): what tests and benchmarks deploy.
// SOCKET or PORT says where to listen, SLOT is shown by /version; the files VERSION and FAULT beside it are what a release changes.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { parseFault } from './fault.js';
import { acceptWebSocket } from './websocket.js';

const TICK_MS = 200;
const DOWNLOAD_PIECES = 20;
const PROBES = ['/health', '/version'];
const GOING_AWAY = 1001;

const release = { version: readBeside('VERSION') ?? 'unversioned', slot: process.env.SLOT ?? '', pid: process.pid };
const fault = parseFault(readBeside('FAULT'));
const farewells = new Set(); // one function an open stream, which ends it politely
let hasWornOut = false;
let isStopping = false;

const routes = {
  'GET /health': (_request, response) => answer(response, isHealthy() ? 200 : 503, isHealthy() ? 'ok\n' : 'unhealthy\n'),
  'GET /version': (_request, response) => answer(response, 200, release),
  'GET /': (_request, response) => answer(response, fault.kind === 'flawed' ? 500 : 200, `shop ${release.version}\n`),
  'POST /echo': echo,
  'GET /slow': slow,
  'GET /download': download,
  'GET /events': events,
};

async function echo(request, response) {
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of request) {
    hash.update(chunk);
    length += chunk.length;
  }
  answer(response, 200, { sha256: hash.digest('hex'), length });
}

async function slow(_request, response, query) {
  await wait(Number(query.get('ms') ?? 3000));
  answer(response, 200, 'slow but sure\n');
}

/** Byte n is n modulo 256, so that a reader can tell a gap from an end. The pieces are spread over `ms`, to span a switch. */
async function download(_request, response, query) {
  const bytes = Number(query.get('bytes') ?? 65_536);
  const pause = Number(query.get('ms') ?? 2000) / DOWNLOAD_PIECES;
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes });
  for (let piece = 0; piece < DOWNLOAD_PIECES && !response.destroyed; piece += 1) {
    const from = Math.floor((bytes * piece) / DOWNLOAD_PIECES);
    const to = Math.floor((bytes * (piece + 1)) / DOWNLOAD_PIECES);
    response.write(Uint8Array.from({ length: to - from }, (_, at) => (from + at) % 256));
    await wait(pause);
  }
  response.end();
}

function events(_request, response) {
  // nginx then passes each event on at once, without proxy_buffering off.
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  const send = (event) => response.write(`event: ${event}\ndata: ${release.version}\n\n`);
  keepTicking(response, () => send('tick'), () => {
    send('bye');
    response.end();
  });
}

function upgrade(request, socket, head) {
  if (request.url !== '/ws' || isSick()) return socket.end(`HTTP/1.1 ${isSick() ? 500 : 404} No\r\nConnection: close\r\n\r\n`);
  noteUse('/ws');
  const webSocket = acceptWebSocket(request, socket, head, (text) => webSocket.send(`echo ${text}`));
  keepTicking(socket, () => webSocket.send(`tick ${release.version}`), () => webSocket.close(GOING_AWAY));
}

function keepTicking(stream, tick, farewell) {
  if (isStopping) return farewell();
  tick();
  const timer = setInterval(tick, TICK_MS);
  const end = () => {
    clearInterval(timer);
    farewell();
  };
  farewells.add(end);
  stream.once('close', () => {
    clearInterval(timer);
    farewells.delete(end);
  });
}

/** `sick-after` and `ailing-after` count from the first real use: probes before the switch are none. */
function noteUse(path) {
  if (!fault.kind.endsWith('-after') || PROBES.includes(path)) return;
  setTimeout(() => (hasWornOut = true), fault.ms).unref();
}

/** Sick fails everybody; ailing only says so in /health. */
function isSick() {
  return hasWornOut && fault.kind === 'sick-after';
}

function isHealthy() {
  return fault.kind !== 'unhealthy' && !hasWornOut;
}

async function handle(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://shop');
  const route = routes[`${request.method} ${pathname}`];
  response.setHeader('x-release', release.version);
  if (isStopping) response.setHeader('connection', 'close');
  noteUse(pathname);
  if (isSick()) return answer(response, 500, 'sick\n');
  if (route === undefined) return answer(response, 404, 'not found\n');
  await route(request, response, searchParams);
}

function answer(response, status, body) {
  const isText = typeof body === 'string';
  const text = isText ? body : `${JSON.stringify(body)}\n`;
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function readBeside(name) {
  try {
    return readFileSync(new URL(name, import.meta.url), 'utf8').trim();
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Takes no new connections, finishes what is in flight; Node ends by itself, with 0, once nothing is left. */
function stop() {
  isStopping = true;
  server.close();
  for (const farewell of farewells) farewell();
}

if (fault.kind === 'crash-on-start') throw new Error('This release crashes on start.');
if (fault.kind === 'slow-start') await wait(fault.ms);
const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
server.on('upgrade', upgrade);
process.once('SIGTERM', stop);
if (process.env.SOCKET) rmSync(process.env.SOCKET, { force: true }); // left over from a SIGKILL, bind would fail on it
server.listen(process.env.SOCKET ? { path: process.env.SOCKET } : { port: Number(process.env.PORT), host: '127.0.0.1' });
