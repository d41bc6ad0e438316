/** One row as the driver gives it: int8 → bigint, numeric → string, timestamptz → Date, jsonb → parsed, bytea → Uint8Array, uuid/text → string. The same on both drivers. */
export type Row = Record<string, unknown>;

/** Runs statements: a pool or one transaction. */
export interface Queryable {
  /**
   * A single statement. `name` makes it a prepared statement where the driver has them (hot paths). A jsonb parameter
   * is passed as JSON text: the drivers disagree about anything else.
   */
  query<T = Row>(sql: string, params?: readonly unknown[], options?: { readonly name?: string }): Promise<T[]>;
  /** Several statements without parameters: migrations. */
  script(sql: string): Promise<void>;
  /** Runs in a transaction; inside a transaction, joins it (no savepoints). An exception rolls back all of it. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
}

/** PostgreSQL, or PGlite embedded: the same SQL on both, one test suite for both. */
export interface Db extends Queryable {
  readonly kind: "postgres" | "pglite";
  /** Calls back for each NOTIFY on the channel; resolves when listening. Survives a lost connection (it then calls back once with "" as nothing is known to have been missed or not). */
  listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
