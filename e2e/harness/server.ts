import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { copyFirstStart } from "./first-start.ts";

/** What the local default writes to `<data dir>/dev.json` when it is ready. */
export interface Dev {
  readonly apiUrl: string;
  readonly checkoutUrl: string;
  readonly organizationId: number;
  readonly testApiKey: string;
  readonly webhookSecret: string;
  readonly chain: {
    readonly chainId: number;
    readonly rpcUrl: string;
    readonly contracts: Readonly<Record<string, string>>;
    readonly tokens: Readonly<Record<string, unknown>> | readonly unknown[];
  };
  readonly wallets: readonly { readonly address: string; readonly privateKey: `0x${string}`; readonly role: string }[];
}

export interface RunningServer {
  readonly dev: Dev;
  readonly dataDir: string;
  readonly pid: number;
  /** Everything it printed so far. */
  output(): string;
  /** SIGKILL: no chance to tidy up. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

const root = join(import.meta.dirname, "../..");

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** A data directory that goes away with the test that made it. */
export function temporaryDataDir(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "qbitflow-e2e-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

function exited(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once("exit", (code) => resolve(code)));
}

interface StartOptions {
  readonly dataDir: string;
  /** On top of a clean environment; PORT is free unless given. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts the real server as `npm start` does, as a process of its own, and waits until it is ready; an empty data directory
 * is one that saw a first start already.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  if (options.env?.DATABASE_URL === undefined) {
    await copyFirstStart(options.dataDir, async (dataDir) => {
      const first = await startAsItIs({ dataDir });
      await first.stop();
    });
  }
  return startAsItIs(options);
}

/** The same, where an empty data directory is empty. */
export async function startAsItIs(options: StartOptions): Promise<RunningServer> {
  const port = options.env?.PORT ?? String(await freePort());
  const chunks: string[] = [];
  const child = spawn(process.execPath, [join(root, "apps/server/src/main.ts")], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      // A payment has its three confirmations sooner than a customer would like to watch.
      LOCAL_BLOCK_MS: "200",
      RATE_LIMIT_PER_KEY: "1000000",
      RATE_LIMIT_PER_ADDRESS: "1000000",
      ...options.env,
      PORT: port,
      QBITFLOW_DATA_DIR: options.dataDir,
    },
  });
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  const output = () => chunks.join("");
  const deadline = Date.now() + 60_000;
  while (!(await answers(`http://localhost:${port}/readyz`))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`server ended while starting:\n${output()}`);
    if (Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`server not ready within 60 s:\n${output()}`);
    }
    await delay(50);
  }
  return {
    dev: JSON.parse(readFileSync(join(options.dataDir, "dev.json"), "utf8")) as Dev,
    dataDir: options.dataDir,
    pid: child.pid ?? 0,
    output,
    kill: async () => {
      child.kill("SIGKILL");
      await exited(child);
    },
    stop: async () => {
      child.kill("SIGTERM");
      return exited(child);
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
    return response.ok;
  } catch {
    return false;
  }
}

/** Waits for a condition instead of sleeping; the message says what never came true. */
export async function until<T>(
  what: string,
  read: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let lastError: unknown;
  while (Date.now() < deadline) {
    try {
      const value = await read();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      lastError = error;
    }
    await delay(50);
  }
  throw new Error(`within ${timeoutMs} ms not: ${what}`, { cause: lastError });
}
