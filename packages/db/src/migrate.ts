import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Db, Queryable } from "./db.ts";

/** The database and this version of the program do not fit together; nothing was changed. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

const DIRECTORY = fileURLToPath(new URL("../migrations", import.meta.url));
const FILE_NAME = /^(\d{4})_([a-z0-9_]+)\.sql$/;
// Any number will do, as long as every process takes the same.
const LOCK_ID = 7_246_811n;

async function readMigrations(directory: string): Promise<Migration[]> {
  const migrations: Migration[] = [];
  for (const file of (await readdir(directory)).sort()) {
    const match = FILE_NAME.exec(file);
    if (!match) throw new MigrationError(`${file} is not named like a migration: 0001_what_it_does.sql`);
    const sql = (await readFile(join(directory, file), "utf8")).replaceAll("\r\n", "\n");
    const checksum = createHash("sha256").update(sql).digest("hex");
    migrations.push({ number: Number(match[1]), name: match[2] ?? "", sql, checksum });
  }
  migrations.forEach((migration, index) => {
    if (migration.number !== index + 1) {
      throw new MigrationError(
        `Migrations are numbered without gaps from 1; ${migration.number} stands at ${index + 1}.`,
      );
    }
  });
  return migrations;
}

async function apply(tx: Queryable, migrations: readonly Migration[]): Promise<number> {
  await tx.query("select set_config('statement_timeout', '0', true)");
  await tx.query("select pg_advisory_xact_lock($1)", [LOCK_ID]);
  await tx.script(`create table if not exists schema_migration (
    number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now()
  )`);
  const pending = pendingOf(migrations, await tx.query<Applied>(selectApplied));
  for (const { number, name, sql, checksum } of pending) {
    await tx.script(sql);
    await tx.query("insert into schema_migration (number, name, checksum) values ($1, $2, $3)", [
      number,
      name,
      checksum,
    ]);
  }
  return pending.length;
}

interface Applied {
  readonly number: number;
  readonly checksum: string;
}

const selectApplied = "select number, checksum from schema_migration order by number";

/** What is still to be applied. @throws MigrationError when the database is newer or a migration was edited */
function pendingOf(migrations: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  for (const { number, checksum } of applied) {
    const migration = migrations[number - 1];
    if (!migration) {
      throw new MigrationError(
        `The database is newer than this program (it has migration ${number}). Run the newer version.`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new MigrationError(`Migration ${number} was changed after it was applied. Add a new migration instead.`);
    }
  }
  return migrations.slice(applied.length);
}

/**
 * Brings the database to this program's schema: forward only, all or nothing, one process at a time. Returns how many
 * migrations were applied. Throws MigrationError when the database is newer or a migration was edited.
 */
export async function migrate(db: Db, directory: string = DIRECTORY): Promise<number> {
  const migrations = await readMigrations(directory);
  return db.transaction((tx) => apply(tx, migrations));
}

/**
 * Which migrations the database lacks, by number and name; nothing is changed. Throws MigrationError when it is newer or a
 * migration was edited.
 */
export async function pendingMigrations(db: Queryable, directory: string = DIRECTORY): Promise<string[]> {
  const migrations = await readMigrations(directory);
  const [there] = await db.query<{ has: boolean }>("select to_regclass('schema_migration') is not null as has");
  const applied = there?.has ? await db.query<Applied>(selectApplied) : [];
  return pendingOf(migrations, applied).map(({ number, name }) => `${String(number).padStart(4, "0")} ${name}`);
}
