import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Clients of PostgreSQL that connect anew for each transaction, as a pool of short-lived workers does. */
export interface Clients {
  readonly count: number;
  /** The folder of a unix socket that lets everybody in. */
  readonly folder: string;
  readonly user: string;
  readonly database: string;
  /** What each asks before it leaves; answered with an error it was not served. */
  readonly sql: string;
}

/** How many transactions they had while some work was done, and the longest time in milliseconds in which none of them had one. */
export interface Served {
  readonly transactions: number;
  readonly longestGapMs: number;
}

/** Has clients come and go while some work is done. */
export async function shutOut({ count, folder, user, database, sql }: Clients, work: () => Promise<unknown>): Promise<Served> {
  let isOver = false;
  let transactions = 0;
  let longestGapMs = 0;
  let last = performance.now();
  const client = async (): Promise<void> => {
    while (!isOver) {
      if (await transact(`${folder}/.s.PGSQL.5432`, user, database, sql)) {
        const now = performance.now();
        longestGapMs = Math.max(longestGapMs, now - last);
        last = now;
        transactions += 1;
      } else {
        await wait(5);
      }
    }
  };
  const clients = Array.from({ length: count }, client);
  try {
    await work();
  } finally {
    isOver = true;
    await Promise.all(clients);
  }
  return { transactions, longestGapMs: Math.max(longestGapMs, performance.now() - last) };
}

// Its protocol, version 3: a greeting, one simple query, a farewell. Whether the query was answered.
function transact(path: string, user: string, database: string, sql: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    let heard = Buffer.alloc(0);
    let isAsked = false;
    let isAnswered = false;
    socket.on('connect', () => socket.write(greeting(user, database))).on('error', () => resolve(false)).on('close', () => resolve(isAnswered));
    socket.on('data', (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk]);
      while (heard.length >= 5 && heard.length > heard.readUInt32BE(1)) {
        const kind = String.fromCharCode(heard[0] ?? 0);
        heard = heard.subarray(1 + heard.readUInt32BE(1));
        if (kind === 'E') return void socket.destroy();
        if (kind === 'C') isAnswered = true;
        if (kind !== 'Z') continue;
        if (isAsked) return void socket.end(message('X', Buffer.alloc(0)));
        isAsked = true;
        socket.write(message('Q', Buffer.from(`${sql}\0`)));
      }
    });
  });
}

function greeting(user: string, database: string): Buffer {
  const body = Buffer.from(`\0\u0003\0\0user\0${user}\0database\0${database}\0\0`);
  return Buffer.concat([lengthOf(body), body]);
}

function message(kind: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(kind), lengthOf(body), body]);
}

function lengthOf(body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return length;
}
