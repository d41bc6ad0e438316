import { compose } from "../compose.ts";
import type { Config } from "../config.ts";
import { errorAnswer } from "../http/error-answer.ts";
import { createLogger } from "../logger.ts";
import { runAdminCommand } from "./commands.ts";
import { type AdminAnswer, askServer } from "./socket.ts";

/** Addresses are checked without asking a chain, so nothing needs to listen there. */
const NO_CHAIN = "http://127.0.0.1:9";

/** Runs a command through the running server where it alone has the database, else on the database directly. */
export async function administrate(
  config: Config,
  { command, input }: { command: string; input: object },
): Promise<AdminAnswer> {
  if (config.databaseUrl === undefined) {
    const answer = await askServer(config.dataDir, { command, input });
    if (answer !== undefined) return answer;
  }
  const composed = await compose({
    config,
    log: createLogger("error"),
    syncCurrencies: false,
    ...(config.local && { localRpcUrl: NO_CHAIN }),
  });
  try {
    return { status: 200, body: await runAdminCommand(composed.core, command, input) };
  } catch (error) {
    const body = errorAnswer(error, "cli");
    if (body.status >= 500) throw error;
    return { status: body.status, body };
  } finally {
    await composed.close();
  }
}

/** Brings the database's tables up to date; opening it does. */
export async function migrateDatabase(config: Config): Promise<void> {
  const composed = await compose({
    config,
    log: createLogger("error"),
    syncCurrencies: false,
    ...(config.local && { localRpcUrl: NO_CHAIN }),
  });
  await composed.close();
}
