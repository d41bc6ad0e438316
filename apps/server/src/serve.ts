import { setTimeout as sleep } from "node:timers/promises";
import { LocalChainError, NetworkDataError } from "@qbitflow/chains";
import { DirectoryInUseError, MigrationError } from "@qbitflow/db";
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
}

/** Runs the server until the signal is aborted, then stops it cleanly. @throws what a start throws; Error when it does not stop */
export async function serve(config: Config, { signal, ready }: ServeOptions): Promise<void> {
  const log = createLogger(config.logLevel);
  const running = await start({ config, log });
  log.info({ url: running.url, role: config.role }, "QBitFlow is ready");
  ready(running);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
  log.info({}, "Stopping");
  const late = sleep(STOP_MS, undefined, { ref: false }).then(() => {
    throw new Error("QBitFlow did not stop in time.");
  });
  await Promise.race([running.stop(), late]);
}

/** Failures a person can mend: their message is all there is to say. */
const explained = [ConfigError, DirectoryInUseError, MigrationError, LocalChainError, NetworkDataError];

/** What to say of a start that failed; undefined for what nobody foresaw. */
export function explainedStartFailure(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ((error as NodeJS.ErrnoException).code === "EADDRINUSE")
    return `${error.message}: another program has this port. Choose another with PORT.`;
  return explained.some((kind) => error instanceof kind) ? error.message : undefined;
}
