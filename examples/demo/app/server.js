// The shop: a small web service that keeps its orders in PostgreSQL (PGHOST, PGUSER, PGDATABASE; its tables: db/migrations) and listens on $SOCKET.
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import pg from 'pg';
import { held, lastOrders, remember } from './recent-orders.js';

const MOST_HELD = 400;
const LARGEST_BODY = 10_000;

const version = readFileSync(new URL('VERSION', import.meta.url), 'utf8').trim();
const database = new pg.Pool({ max: 10 });
database.on('error', (error) => console.error(`An idle connection to the database was lost: ${error.message}`));
let isStopping = false;

const routes = {
  'GET /': frontPage,
  'GET /version': async () => json(200, { version, slot: process.env.SLOT }),
  'GET /health': health,
  'POST /orders': order,
  'GET /orders/count': async () => json(200, { count: await countOrders() }),
};

async function frontPage() {
  const items = lastOrders().map(({ id, item }) => `<li>${id}: ${escape(item)}</li>`).join('');
  return { status: 200, type: 'text/html; charset=utf-8', body: `<!doctype html><title>Shop</title><h1>Shop ${escape(version)}</h1><ol>${items}</ol>\n` };
}

/** Healthy is what can reach its database and has not gathered more than it should. */
async function health() {
  await database.query('select 1');
  return held() > MOST_HELD ? json(503, { healthy: false, reason: `${held()} orders are held in memory, where ${MOST_HELD} are the limit` }) : json(200, { healthy: true });
}

async function order(request) {
  const item = String(JSON.parse(await bodyOf(request)).item);
  const { rows } = await database.query('insert into orders (item) values ($1) returning id', [item]);
  const id = Number(rows[0].id);
  remember({ id, item });
  return json(201, { id });
}

async function countOrders() {
  const { rows } = await database.query('select count(*) from orders');
  return Number(rows[0].count);
}

async function bodyOf(request) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > LARGEST_BODY) throw new Error('The order is too large.');
  }
  return body;
}

function json(status, value) {
  return { status, type: 'application/json', body: `${JSON.stringify(value)}\n` };
}

function escape(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

async function answer(request, response) {
  const route = routes[`${request.method} ${new URL(request.url, 'http://shop').pathname}`];
  const { status, type, body } = route === undefined ? json(404, { error: 'not found' }) : await route(request).catch(failed);
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), 'x-release': version, ...(isStopping && { connection: 'close' }) });
  response.end(body);
}

function failed(error) {
  console.error(error);
  return json(error instanceof SyntaxError ? 400 : 500, { error: error.message });
}

/** Takes no new connections, finishes what is in flight, then lets go of the database; Node ends once nothing is left. */
function stop() {
  isStopping = true;
  server.close(() => void database.end());
}

rmSync(process.env.SOCKET, { force: true }); // left over from a killed process; listening would fail on it
const server = createServer((request, response) => void answer(request, response)).listen(process.env.SOCKET);
process.once('SIGTERM', stop);
