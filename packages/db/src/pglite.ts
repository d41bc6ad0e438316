import { AsyncLocalStorage } from "node:async_hooks";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { PGlite, type Transaction, types } from "@electric-sql/pglite";
import type { Db, Queryable } from "./db.ts";
import { lockDirectory } from "./directory-lock.ts";

export interface PGliteOptions {
  /** Where it lives; in memory when absent. */
  readonly dataDir?: string;
  /** A dump to begin from (`dumpPGlite`); for an empty directory or memory. */
  readonly snapshot?: Blob;
}

// PGlite's own parameters switch fsync off ("-F"): a power cut must not lose a payment.
const START_PARAMS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  ...["-c", "fsync=on", "-c", "shared_buffers=16MB", "-c", "wal_buffers=1MB", "-c", "timezone=UTC"],
];

// V8 would compile PGlite a second time, optimised, on other threads: a second of processor time at each start and 50 MiB
// that stay, for statements that take a fraction of a millisecond either way.
const COMPILE_ONCE = ["--no-wasm-dynamic-tiering", "--no-wasm-tier-up"];

type Runner = Pick<PGlite, "query" | "exec"> | Transaction;

async function run<T>(on: Runner, sql: string, params: readonly unknown[] = []): Promise<T[]> {
  return (await on.query<T>(sql, [...params])).rows;
}

function inTransaction(tx: Transaction): Queryable {
  const handle: Queryable = {
    query: (sql, params) => run(tx, sql, params),
    script: async (sql) => void (await tx.exec(sql)),
    transaction: (work) => work(handle),
  };
  return handle;
}

const instances = new WeakMap<Db, PGlite>();

/** PGlite on a directory (locked against a second process) or in memory. */
export async function openPGlite(options: PGliteOptions): Promise<Db> {
  const { dataDir, snapshot } = options;
  if (dataDir) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = dataDir ? lockDirectory(dataDir) : () => undefined;
  for (const flag of COMPILE_ONCE) setFlagsFromString(flag);
  let lite: PGlite;
  try {
    lite = await PGlite.create({
      ...(dataDir ? { dataDir: join(dataDir, "pgdata") } : {}),
      ...(snapshot ? { loadDataDir: snapshot } : {}),
      startParams: START_PARAMS,
      parsers: { [types.INT8]: (text: string) => BigInt(text) as unknown as number },
    });
  } catch (error) {
    unlock();
    throw error;
  }
  const db = adapt(lite, unlock);
  instances.set(db, lite);
  return db;
}

function adapt(lite: PGlite, unlock: () => void): Db {
  // There is one connection: asking the pool inside a transaction would wait for that transaction, for ever.
  const inside = new AsyncLocalStorage<{ open: boolean }>();
  const outside = () => {
    if (inside.getStore()?.open) throw new Error("Inside a transaction, use the transaction's own handle.");
  };
  let closing: Promise<void> | null = null;
  return {
    kind: "pglite",
    async query(sql, params) {
      outside();
      return run(lite, sql, params);
    },
    async script(sql) {
      outside();
      await lite.exec(sql);
    },
    async transaction(work) {
      outside();
      const mark = { open: true };
      try {
        return await lite.transaction((tx) => inside.run(mark, () => work(inTransaction(tx))));
      } finally {
        mark.open = false;
      }
    },
    async listen(channel, onNotify) {
      return lite.listen(channel, onNotify);
    },
    close() {
      closing ??= lite.close().finally(unlock);
      return closing;
    },
  };
}

/** All of a PGlite database as one blob that `snapshot` takes: how tests get a migrated database in no time. */
export async function dumpPGlite(db: Db): Promise<Blob> {
  const lite = instances.get(db);
  if (!lite) throw new Error("Only a PGlite database can be dumped.");
  return lite.dumpDataDir("none");
}
