import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockDirectory } from "./directory-lock.ts";
import { DirectoryInUseError, openDb } from "./index.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "pglite-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** Another process that opens the directory, says so, and stays. */
async function otherProcess() {
  const source = `
    import { openDb } from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
    const db = await openDb({ dataDir: ${JSON.stringify(directory)} });
    await db.script("create table if not exists kept (id int)");
    await db.query("insert into kept values (1)");
    console.log("open");
    setInterval(() => undefined, 1_000);`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", source], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

test("a second process is told who has the directory; after a kill -9 its lock is taken over and no row is lost", async () => {
  const child = await otherProcess();
  const refused = openDb({ dataDir: directory });
  await expect(refused).rejects.toThrow(DirectoryInUseError);
  await expect(refused).rejects.toThrow(`process ${child.pid}`);
  child.kill("SIGKILL");
  await once(child, "exit");
  const db = await openDb({ dataDir: directory });
  expect(await db.query("select id from kept")).toEqual([{ id: 1 }]);
  await db.close();
  expect(existsSync(join(directory, "qbitflow.lock"))).toBe(false);
});

test("the same process cannot lock a directory twice, and can after unlocking it", () => {
  const unlock = lockDirectory(directory);
  expect(() => lockDirectory(directory)).toThrow(DirectoryInUseError);
  unlock();
  lockDirectory(directory)();
  expect(readdirSync(directory)).toEqual([]);
});

test("a lock of a process id that belongs to another program by now is taken over", () => {
  writeFileSync(join(directory, "qbitflow.lock"), JSON.stringify({ pid: process.pid, begun: "1" }));
  lockDirectory(directory)();
});

test("an unreadable lock file is taken over", () => {
  writeFileSync(join(directory, "qbitflow.lock"), "");
  lockDirectory(directory)();
});

test("a commit is on the disk before it is answered, and buffers are small", async () => {
  const db = await openDb();
  expect(await db.query("show fsync")).toEqual([{ fsync: "on" }]);
  expect(await db.query("show synchronous_commit")).toEqual([{ synchronous_commit: "on" }]);
  expect(await db.query("show shared_buffers")).toEqual([{ shared_buffers: "16MB" }]);
  await db.close();
});
