import { setTimeout as sleep } from "node:timers/promises";
import { LocalChainError, NetworkDataError } from "@qbitflow/chains";
import { DatabaseUnreachableError, DirectoryInUseError, MigrationError } from "@qbitflow/db";
import { type Config, ConfigError } from "./config.ts";
import { createLogger } from "./logger.ts";
import { type Running, start } from "./start.ts";

/** Who asked it to stop waits ten seconds, then kills. */
const STOP_MS = 9_500;

export interface ServeOptions {
  /** Aborted when it is to stop. */
  readonly signal: AbortSignal;
  /** Called once all answers. */
  readonly ready: (running: Running) => void;
  /** How long it may take to stop. */
  readonly stopMs?: number;
}

/** Runs the server until the signal is aborted, then stops it cleanly. @throws what a start throws; Error when it does not stop */
export async function serve(config: Config, options: ServeOptions): Promise<void> {
  // From the moment it is asked: a start may wait, for a database or for another process that migrates it.
  await Promise.race([run(config, options), tooLate(options)]);
}

async function run(config: Config, { signal, ready }: ServeOptions): Promise<void> {
  const log = createLogger(config.logLevel);
  const running = await start({ config, log });
  log.info({ url: running.url, role: config.role }, "QBitFlow is ready");
  ready(running);
  await aborted(signal);
  log.info({}, "Stopping");
  await running.stop();
}

async function tooLate({ signal, stopMs = STOP_MS }: ServeOptions): Promise<never> {
  await aborted(signal);
  await sleep(stopMs, undefined, { ref: false });
  throw new Error("QBitFlow did not stop in time.");
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/** Failures a person can mend: their message is all there is to say. */
const explained = [ConfigError, DirectoryInUseError, MigrationError, LocalChainError, NetworkDataError];

const unwritable: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "ENOTDIR", "EEXIST"]);

/** What to say of a start that failed; undefined for what nobody foresaw. */
export function explainedStartFailure(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ((error as NodeJS.ErrnoException).code === "EADDRINUSE")
    return `${error.message}: another program has this port. Choose another with PORT.`;
  const { code = "", path, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof DatabaseUnreachableError)
    return `PostgreSQL does not answer: ${error.message}. Check DATABASE_URL, and that it runs.`;
  // Every other name that is looked up while it starts is told by whoever looks.
  if (syscall === "listen" || syscall === "getaddrinfo")
    return `${error.message}: it cannot listen there. Choose another PORT or HOST.`;
  if (unwritable.has(code) && path !== undefined)
    return `${error.message}: the data directory must be one that this user can write to, with room. Name it with QBITFLOW_DATA_DIR.`;
  return explained.some((kind) => error instanceof kind) ? error.message : undefined;
}
