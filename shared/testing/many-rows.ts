import type { Postgres } from './postgres.ts';

/** Makes a database of so many rows, 200 bytes each, in four tables with a primary key and an index: 250,000 are 50 MB, 5 million 1 GB. */
export function fillWithRows({ query }: Pick<Postgres, 'query'>, database: string, rows: number): void {
  query(`create database ${database}`);
  for (let table = 1; table <= 4; table += 1) {
    query(`create table t${table} as select i as id, md5(i::text) as name, 'customer ' || i || ' of ' || md5((i % 1000)::text) as note, i * 0.37 as amount, now() - i * interval '1 minute' as placed, i % 5000 as customer
      from generate_series(1, ${rows / 4}) i; alter table t${table} add primary key (id); create index on t${table} (customer)`, database);
  }
  query('vacuum analyze', database);
}
