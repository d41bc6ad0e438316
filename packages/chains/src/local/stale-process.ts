import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
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

interface Process {
  readonly pid: number;
  readonly command: string;
}

async function runningProcesses(): Promise<Process[]> {
  if (process.platform !== "linux") {
    const { stdout } = await promisify(execFile)("ps", ["-axo", "pid=,command="], { maxBuffer: 16 * 2 ** 20 });
    return stdout
      .split("\n")
      .map((line) => ({ pid: Number.parseInt(line, 10), command: line.trim().replace(/^\d+ +/, "") }));
  }
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  return Promise.all(
    pids.map(async (pid) => {
      // It may have ended since it was listed.
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      return { pid, command: command.replaceAll("\0", " ") };
    }),
  );
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

/** Notes a child's process id for whoever looks after the machine. */
export async function recordProcess(file: string, pid: number): Promise<void> {
  await writeFile(file, `${pid}\n`, { mode: 0o600 });
}

/**
 * Ends every process of that program that has `mark` in its command line, a path that only our own child was given.
 * Found by what they are, not by a recorded id: ids are used again, and whoever was killed between starting a child and
 * recording it left one that nobody knows. Returns how many.
 */
export async function endLeftProcesses({ program, mark }: { program: string; mark: string }): Promise<number> {
  const left = (await runningProcesses()).filter(({ command }) => {
    const [path = ""] = command.split(" --", 1);
    return command.includes(mark) && basename(path.trim(), ".exe") === program;
  });
  await Promise.all(left.map(({ pid }) => endProcess(pid)));
  return left.length;
}
