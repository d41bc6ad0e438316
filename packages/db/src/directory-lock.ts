import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Another living process has the directory open; PGlite itself would let both in and ruin the data. */
export class DirectoryInUseError extends Error {
  override readonly name = "DirectoryInUseError";
}

interface Holder {
  readonly pid: number;
  /** When the process began, as the system counts it: a process id alone may belong to a stranger by now. */
  readonly begun: string;
}

function begunAt(pid: number): string {
  try {
    // Field 22 of /proc/<pid>/stat; fields are counted after the name, which may hold spaces and brackets.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return begunAt(holder.pid) === holder.begun;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function parse(text: string): Holder | null {
  try {
    const value = JSON.parse(text) as Partial<Holder> | null;
    return typeof value?.pid === "number" && typeof value.begun === "string"
      ? { pid: value.pid, begun: value.begun }
      : null;
  } catch {
    return null;
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Takes a dead holder's file away; gives it back when somebody living took the lock between our look and our move. */
function clearStale(path: string, staleText: string, asidePath: string): void {
  try {
    renameSync(path, asidePath);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (read(asidePath) !== staleText) tryLink(asidePath, path);
  unlinkSync(asidePath);
}

/**
 * Holds `directory` for this process until the returned function is called; a lock whose process is gone is taken
 * over. Throws DirectoryInUseError.
 */
export function lockDirectory(directory: string): () => void {
  const path = join(directory, "qbitflow.lock");
  const ownPath = `${path}.${process.pid}`;
  writeFileSync(ownPath, JSON.stringify({ pid: process.pid, begun: begunAt(process.pid) }), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      if (tryLink(ownPath, path)) return () => unlinkSync(path);
      const text = read(path);
      const holder = text === null ? null : parse(text);
      if (holder && isAlive(holder)) {
        throw new DirectoryInUseError(
          `The database directory ${directory} is in use by process ${holder.pid}. Stop that process, or name another directory.`,
        );
      }
      if (text !== null) clearStale(path, text, `${ownPath}.stale`);
    }
    throw new DirectoryInUseError(`The database directory ${directory} is being opened by another process.`);
  } finally {
    unlinkSync(ownPath);
  }
}
