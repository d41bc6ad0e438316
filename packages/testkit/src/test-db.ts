import { createHash, randomUUID } from "node:crypto";
import { openAsBlob } from "node:fs";
import { access, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Db, dumpPGlite, migrate, openDb } from "@qbitflow/db";
import { startPostgres } from "./postgres.ts";

export type DbKind = Db["kind"];
export const dbKinds: readonly DbKind[] = ["pglite", "postgres"];

const DB_PACKAGE = fileURLToPath(new URL("..", import.meta.resolve("@qbitflow/db")));

/** Where a migrated database is kept: a name that changes with every migration, so that no older one is taken for it. */
async function keptPath(ending: string): Promise<string> {
  const hash = createHash("sha256").update(await readFile(join(DB_PACKAGE, "package.json")));
  const directory = join(DB_PACKAGE, "migrations");
  for (const file of (await readdir(directory)).sort()) hash.update(file).update(await readFile(join(directory, file)));
  return join(tmpdir(), `qbitflow-testdb-${hash.digest("hex").slice(0, 16)}${ending}`);
}

async function migratedPGlite(): Promise<Db> {
  const path = await keptPath(".tar");
  try {
    return await openDb({ snapshot: await openAsBlob(path) });
  } catch {
    const db = await openDb();
    await migrate(db);
    const partPath = `${path}.${randomUUID()}`;
    await writeFile(partPath, Buffer.from(await (await dumpPGlite(db)).arrayBuffer()));
    await rename(partPath, path);
    return db;
  }
}

async function keepCluster(cluster: string): Promise<void> {
  const postgres = await startPostgres();
  const db = await openDb({ url: postgres.url });
  await migrate(db);
  await db.close();
  const partPath = `${cluster}.${randomUUID()}`;
  await postgres.keep(partPath);
  // Another suite may have been faster.
  await rename(partPath, cluster).catch(() => rm(partPath, { recursive: true }));
}

async function migratedPostgres(): Promise<Db> {
  const cluster = await keptPath("-cluster");
  await access(cluster).catch(() => keepCluster(cluster));
  const postgres = await startPostgres({ cluster });
  const db = await openDb({ url: postgres.url, maxConnections: 20 });
  return {
    ...db,
    async close() {
      await db.close();
      await postgres.stop();
    },
  };
}

/** A fresh, migrated database of a suite's own; `close` removes all of it. */
export async function testDb(kind: DbKind = "pglite"): Promise<Db> {
  return kind === "pglite" ? migratedPGlite() : migratedPostgres();
}
