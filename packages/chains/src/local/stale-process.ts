import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const GRACE_MS = 2_500;
const POLL_MS = 20;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function commandLine(pid: number): Promise<string> {
  try {
    if (process.platform === "linux") return (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ");
    return (await promisify(execFile)("ps", ["-o", "command=", "-p", String(pid)])).stdout;
  } catch {
    return "";
  }
}

async function waitForEnd(pid: number, timeoutMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += POLL_MS) {
    if (!isAlive(pid)) return true;
    await sleep(POLL_MS);
  }
  return !isAlive(pid);
}

/** Asks a process to end, and makes it after two and a half seconds. */
export async function endProcess(pid: number): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await waitForEnd(pid, GRACE_MS)) return;
  }
}

/** Remembers a child's process id, for whoever starts after this process was killed. */
export async function recordProcess(file: string, pid: number): Promise<void> {
  await writeFile(file, `${pid}\n`, { mode: 0o600 });
}

/**
 * Ends the recorded process, if it is still the one that was recorded: process ids are used again, so its command
 * line must hold `mark` (a path only our own child was given). True when one was ended.
 */
export async function endRecordedProcess(file: string, mark: string): Promise<boolean> {
  let pid: number;
  try {
    pid = Number.parseInt(await readFile(file, "utf8"), 10);
  } catch {
    return false;
  }
  const ours = pid > 1 && isAlive(pid) && (await commandLine(pid)).includes(mark);
  if (ours) await endProcess(pid);
  await rm(file, { force: true });
  return ours;
}
