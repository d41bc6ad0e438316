import { LocalChainError, NetworkDataError } from "@qbitflow/chains";
import { DirectoryInUseError, MigrationError } from "@qbitflow/db";
import { ConfigError, readConfig } from "./config.ts";
import { greeting } from "./local/greeting.ts";
import { createLogger } from "./logger.ts";
import { start } from "./start.ts";

const STOP_MS = 10_000;

/** Failures a person can mend: their message is all there is to say. */
const explained = [ConfigError, DirectoryInUseError, MigrationError, LocalChainError, NetworkDataError];

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger(config.logLevel);
  const running = await start({ config, log });
  log.info({ url: running.url, role: config.role }, "QBitFlow is ready");
  if (running.dev !== undefined) process.stdout.write(greeting(running.dev));

  let stopping = false;
  const stop = (signal: string) => {
    // A second signal means: now.
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, "Stopping");
    setTimeout(() => process.exit(1), STOP_MS - 500).unref();
    running.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

main().catch((error: unknown) => {
  const known = explained.some((kind) => error instanceof kind) || isAddressInUse(error);
  process.stderr.write(`QBitFlow did not start.\n${known ? sentence(error as Error) : (error as Error).stack}\n`);
  process.exit(1);
});

function isAddressInUse(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EADDRINUSE";
}

function sentence(error: Error): string {
  return isAddressInUse(error)
    ? `${error.message}: another program has this port. Choose another with PORT.`
    : error.message;
}
