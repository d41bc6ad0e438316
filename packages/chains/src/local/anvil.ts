import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endLeftProcesses, endProcess, recordProcess } from "./stale-process.ts";
import { createStateFiles, type StateFiles } from "./state-files.ts";

export const LOCAL_CHAIN_ID = 31337;
/** Everybody knows these keys: they hold local test money only. */
export const LOCAL_MNEMONIC = "test test test test test test test test test test test junk";

const START_TIMEOUT_MS = 15_000;
const READY_POLL_MS = 20;
const RPC_TIMEOUT_MS = 5_000;
const SAVE_INTERVAL_MS = 5_000;
const MAX_TRIES = 3;

export interface LocalChainOptions {
  /** Holds the state, the process id and the time offset. One chain per directory. */
  readonly directory: string;
  /** 0, the default: any free port. */
  readonly port?: number;
}

/** A running local chain. A transaction mines its own block; more blocks come from `mine`. */
export interface LocalChain {
  readonly rpcUrl: string;
  readonly pid: number;
  /** True when an earlier state was loaded. */
  readonly restored: boolean;
  /** How far the chain's clock is ahead of this machine's. */
  timeOffsetSeconds(): number;
  /** Moves the chain's clock; kept over restarts. Chain time cannot go back. */
  setTimeOffset(seconds: number): Promise<void>;
  mine(blocks: number): Promise<void>;
  /** The number of the last block. */
  height(): Promise<number>;
  /** Resolves when the node has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Saves the state and ends the node, within three seconds. */
  stop(): Promise<void>;
}

/** The local chain's node did not start; the message says why. */
export class LocalChainError extends Error {
  override readonly name = "LocalChainError";
}

/** The platform's own binary: ending the npm package's wrapper would leave its child running. */
export function anvilBinary(): string {
  const platform = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${platform}/package.json`);
    return join(dirname(manifest), "bin", process.platform === "win32" ? "anvil.exe" : "anvil");
  } catch {
    throw new LocalChainError(
      `There is no local chain for ${platform}: @foundry-rs/anvil-${platform} is not installed.`,
    );
  }
}

/** Binds a port for a moment: the wanted one, or any free one for 0. Null when it is taken. */
async function findPort(wanted: number): Promise<number | null> {
  const server = createServer();
  const bound = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(wanted, "127.0.0.1", () => resolve(true));
  });
  if (!bound) return null;
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address === null || typeof address === "string" ? null : address.port;
}

async function rpc(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    signal: AbortSignal.timeout(RPC_TIMEOUT_MS),
  });
  const { result, error } = (await response.json()) as { result?: unknown; error?: { message?: string } };
  if (error) throw new LocalChainError(`The local chain refused ${method}: ${error.message ?? "no reason given"}`);
  return result;
}

interface Running {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly rpcUrl: string;
  readonly ended: Promise<void>;
}

function spawnAnvil(directory: string, states: StateFiles, { port, load }: { port: number; load: boolean }): Running {
  // The node outlives a killed server, so nothing of it may hang on the server's pipes.
  const log = openSync(join(directory, "anvil.log"), "w");
  const args = ["--silent", "--host", "127.0.0.1", "--port", String(port), "--chain-id", String(LOCAL_CHAIN_ID)];
  args.push("--hardfork", "cancun", "--mnemonic", LOCAL_MNEMONIC, "--order", "fifo");
  args.push("--dump-state", states.live, "--state-interval", "1", ...(load ? ["--load-state", states.saved] : []));
  const child = spawn(anvilBinary(), args, { stdio: ["ignore", log, log], detached: true, cwd: directory });
  closeSync(log);
  child.unref();
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  return { child, pid: child.pid ?? 0, rpcUrl: `http://127.0.0.1:${port}`, ended };
}

function hasEnded({ child }: Running): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/** Sets the chain's clock before the first block: a restarted node forgets how far ahead it was. */
async function applyOffset(rpcUrl: string, offsetSeconds: number): Promise<number> {
  const wallSeconds = Math.floor(Date.now() / 1000);
  const head = (await rpc(rpcUrl, "eth_getBlockByNumber", ["latest", false])) as { timestamp: string };
  const seconds = Math.max(offsetSeconds, Number(head.timestamp) - wallSeconds);
  await rpc(rpcUrl, "evm_setTime", [wallSeconds + seconds]);
  return seconds;
}

/** How far ahead its clock is once it answers; null when it ended, or answered nothing in time and was ended. */
async function becomesReady(running: Running, offsetSeconds: number): Promise<number | null> {
  const lastTry = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < lastTry && !hasEnded(running)) {
    try {
      return await applyOffset(running.rpcUrl, offsetSeconds);
    } catch {
      await sleep(READY_POLL_MS);
    }
  }
  if (!hasEnded(running)) await endProcess(running.pid);
  return null;
}

interface Launch {
  readonly directory: string;
  readonly states: StateFiles;
  /** 0: any free port. */
  readonly port: number;
  readonly offsetSeconds: number;
}

async function launch({ directory, states, port: wanted, offsetSeconds: wantedOffset }: Launch) {
  let load = await states.choose();
  let log = "";
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    // Looked at before: another node on that port would answer in ours' place.
    const port = await findPort(wanted);
    if (port === null) throw new LocalChainError(`The local chain cannot use port ${wanted}: something else does.`);
    const running = spawnAnvil(directory, states, { port, load });
    if (running.pid > 0) await recordProcess(join(directory, "anvil.pid"), running.pid);
    const offsetSeconds = await becomesReady(running, wantedOffset);
    if (offsetSeconds !== null) return { running, offsetSeconds, restored: load };
    log = await readFile(join(directory, "anvil.log"), "utf8").catch(() => "");
    if (load && /load.?state/i.test(log)) {
      await states.putAway();
      load = false;
    }
  }
  throw new LocalChainError(`The local chain did not start. ${log.slice(-500)}`.trim());
}

async function readOffset(file: string): Promise<number> {
  try {
    const seconds: unknown = JSON.parse(await readFile(file, "utf8"));
    return typeof seconds === "number" && Number.isSafeInteger(seconds) ? seconds : 0;
  } catch {
    return 0;
  }
}

/**
 * Starts the local chain, or continues it from its saved state. A node that a killed server left behind in this
 * directory is ended first. Throws LocalChainError.
 */
export async function startLocalChain(options: LocalChainOptions): Promise<LocalChain> {
  await mkdir(options.directory, { recursive: true });
  const directory = await realpath(options.directory);
  const pidFile = join(directory, "anvil.pid");
  const offsetFile = join(directory, "time-offset.json");
  const states = createStateFiles(directory);
  await endLeftProcesses({ program: "anvil", mark: states.live });
  const wantedOffset = await readOffset(offsetFile);
  const launched = await launch({ directory, states, port: options.port ?? 0, offsetSeconds: wantedOffset });
  const { running, restored } = launched;
  const { rpcUrl, pid, ended } = running;
  let { offsetSeconds } = launched;
  const saving = setInterval(() => {
    states.save().catch(() => undefined);
  }, SAVE_INTERVAL_MS);
  saving.unref();
  ended.then(() => clearInterval(saving));

  async function setTimeOffset(seconds: number): Promise<void> {
    offsetSeconds = await applyOffset(rpcUrl, seconds);
    await writeFile(`${offsetFile}.new`, JSON.stringify(offsetSeconds));
    await rename(`${offsetFile}.new`, offsetFile);
  }

  async function mine(blocks: number): Promise<void> {
    if (!Number.isSafeInteger(blocks) || blocks < 1) throw new RangeError("At least one block must be mined.");
    await rpc(rpcUrl, "anvil_mine", [`0x${blocks.toString(16)}`]);
  }

  const height = async () => Number(await rpc(rpcUrl, "eth_blockNumber", []));

  async function stop(): Promise<void> {
    clearInterval(saving);
    if (hasEnded(running)) return;
    await endProcess(pid);
    await ended;
    await states.choose();
    await rm(pidFile, { force: true });
  }

  return { rpcUrl, pid, restored, timeOffsetSeconds: () => offsetSeconds, setTimeOffset, mine, height, ended, stop };
}
