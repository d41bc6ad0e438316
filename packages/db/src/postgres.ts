import pg from "pg";
import type { Db, Queryable } from "./db.ts";
import { DatabaseUnreachableError } from "./errors.ts";
import { createListener } from "./postgres-listen.ts";

export interface PostgresOptions {
  readonly url: string;
  readonly maxConnections?: number;
}

const STATEMENT_TIMEOUT_MS = 30_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 10_000;
const INT8 = 20;
const INT8_ARRAY = 1016;

const parseInt8Array = (text: string): (bigint | null)[] =>
  text === "{}"
    ? []
    : text
        .slice(1, -1)
        .split(",")
        .map((item) => (item === "NULL" ? null : BigInt(item)));

// biome-ignore lint/suspicious/noExplicitAny: the driver's own signature for a parser of any type.
type Parser = (text: any) => any;
const typeParsers = {
  getTypeParser(oid: number, format?: "text" | "binary"): Parser {
    if (format !== "binary" && oid === INT8) return BigInt;
    if (format !== "binary" && oid === INT8_ARRAY) return parseInt8Array;
    return pg.types.getTypeParser(oid, format as "text");
  },
} as unknown as pg.CustomTypesConfig;

interface Runner {
  query(config: pg.QueryConfig): Promise<pg.QueryResult>;
}

async function run<T>(on: Runner, sql: string, params: readonly unknown[] | undefined, name?: string): Promise<T[]> {
  const config: pg.QueryConfig = { text: sql, values: params ? [...params] : [] };
  if (name !== undefined) config.name = name;
  return (await on.query(config)).rows as T[];
}

/** A connection takes one statement at a time; callers within a transaction may ask for several at once. */
function inTransaction(client: pg.PoolClient): Queryable {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
  const handle: Queryable = {
    query: (sql, params, options) => inTurn(() => run(client, sql, params, options?.name)),
    script: (sql) => inTurn(async () => void (await client.query(sql))),
    transaction: (work) => work(handle),
  };
  return handle;
}

async function transaction<T>(pool: pg.Pool, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on("error", onError);
  try {
    await client.query("begin");
    const result = await work(inTransaction(client));
    await client.query("commit");
    return result;
  } catch (error) {
    // A connection that cannot even roll back is thrown away; the server rolls back for it.
    await client.query("rollback").catch(onError);
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}

/** PostgreSQL through a pool; resolves once a connection was made, so that a wrong address is told at once. Throws DatabaseUnreachableError. */
export async function openPostgres(options: PostgresOptions): Promise<Db> {
  const connection = { connectionString: options.url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, types: typeParsers };
  const pool = new pg.Pool({
    ...connection,
    max: options.maxConnections ?? 10,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    options: "-c timezone=UTC",
  });
  // An idle connection that breaks is replaced by the pool; without a listener Node would end the process.
  pool.on("error", () => undefined);
  const listener = createListener(() => new pg.Client({ ...connection, keepAlive: true }));
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end();
    throw new DatabaseUnreachableError(error);
  }
  let closing: Promise<void> | null = null;
  return {
    kind: "postgres",
    query: (sql, params, queryOptions) => run(pool, sql, params, queryOptions?.name),
    script: async (sql) => void (await pool.query(sql)),
    transaction: (work) => transaction(pool, work),
    listen: listener.listen,
    close() {
      closing ??= listener.close().then(() => pool.end());
      return closing;
    },
  };
}
