// How soon the local default is ready, and how much memory it takes idle on its second start, without the chain node.
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { startServer, temporaryDataDir } from "../e2e/harness/server.ts";
import type { Row } from "./table.ts";

function residentMiB(pid: number): number {
  const line = readFileSync(`/proc/${pid}/status`, "utf8").match(/^VmRSS:\s+(\d+) kB$/m);
  return Number(line?.[1] ?? Number.NaN) / 1024;
}

export async function benchStart(): Promise<Row[]> {
  const directory = temporaryDataDir();
  try {
    const began = performance.now();
    const first = await startServer({ dataDir: directory.path });
    const readySeconds = (performance.now() - began) / 1000;
    await first.stop();
    const again = performance.now();
    const second = await startServer({ dataDir: directory.path });
    const secondSeconds = (performance.now() - again) / 1000;
    await delay(10_000);
    const memory = residentMiB(second.pid);
    await second.stop();
    return [
      {
        what: "first start until ready",
        figure: `${readySeconds.toFixed(1)} s`,
        goal: "< 10 s",
        met: readySeconds < 10,
      },
      {
        what: "second start until ready",
        figure: `${secondSeconds.toFixed(1)} s`,
        goal: "< 10 s",
        met: secondSeconds < 10,
      },
      {
        what: "idle memory, second start, without the chain node",
        figure: `${Math.round(memory)} MiB`,
        goal: "< 300 MB",
        met: memory < 286,
      },
    ];
  } finally {
    directory.remove();
  }
}
