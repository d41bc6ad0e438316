import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres, type TestPostgres } from "@qbitflow/testkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Db, migrate, openDb } from "./index.ts";

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "migrations-"));
  await writeFile(join(directory, "0001_first.sql"), "create table a (id int); insert into a values (1);");
});
afterEach(() => rm(directory, { recursive: true }));

describe.each(["pglite", "postgres"])("%s", (kind) => {
  let db: Db;
  beforeAll(async () => {
    db = await openDb(kind === "pglite" ? {} : { url: postgres.url });
  });
  afterAll(() => db.close());
  beforeEach(() => db.script("drop schema public cascade; create schema public"));

  test("applies each migration once and in order", async () => {
    await writeFile(join(directory, "0002_second.sql"), "insert into a select id + 1 from a;");
    expect(await migrate(db, directory)).toBe(2);
    expect(await migrate(db, directory)).toBe(0);
    expect(await db.query("select id from a order by id")).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test("a migration that fails leaves nothing behind", async () => {
    await writeFile(join(directory, "0002_second.sql"), "create table b (id int); select nonsense;");
    await expect(migrate(db, directory)).rejects.toThrow("nonsense");
    expect(await db.query("select to_regclass('a') as a, to_regclass('b') as b")).toEqual([{ a: null, b: null }]);
  });

  test("an edited migration and a newer database are refused with a sentence", async () => {
    await writeFile(join(directory, "0002_second.sql"), "select 1;");
    await migrate(db, directory);
    await writeFile(join(directory, "0001_first.sql"), "create table a (id bigint);");
    await expect(migrate(db, directory)).rejects.toThrow("Migration 1 was changed");
    await writeFile(join(directory, "0001_first.sql"), "create table a (id int); insert into a values (1);");
    await rm(join(directory, "0002_second.sql"));
    await expect(migrate(db, directory)).rejects.toThrow("newer than this program");
  });

  test("a badly named or missing number is refused", async () => {
    await writeFile(join(directory, "0003_third.sql"), "select 1;");
    await expect(migrate(db, directory)).rejects.toThrow("without gaps");
  });
});

test("two processes that start at once migrate once", async () => {
  const [one, other] = await Promise.all([openDb({ url: postgres.url }), openDb({ url: postgres.url })]);
  await one.script("drop schema public cascade; create schema public");
  const applied = await Promise.all([migrate(one, directory), migrate(other, directory)]);
  expect(applied.sort()).toEqual([0, 1]);
  expect(await one.query("select id from a")).toEqual([{ id: 1 }]);
  await Promise.all([one.close(), other.close()]);
});
