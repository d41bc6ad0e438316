import { migrate } from "@qbitflow/db";
import { type Composed, compose, openDatabase } from "../compose.ts";
import type { Config } from "../config.ts";
import { errorAnswer } from "../http/error-answer.ts";
import { createLogger } from "../logger.ts";
import { type AdminAnswer, askServer } from "./ask-server.ts";
import { runAdminCommand } from "./commands.ts";

/** Addresses are checked without asking a chain, so nothing needs to listen there. */
const NO_CHAIN = "http://127.0.0.1:9";

/** The local chain is wanted and its server, which runs it, does not run. */
export class LocalChainStoppedError extends Error {
  override readonly name = "LocalChainStoppedError";
}

/** Commands that read chains. */
const readsChains = new Set(["reconcile"]);

export interface Asked {
  readonly command: string;
  readonly input: object;
}

/** Where commands are run, one after the other. */
export interface Administration {
  /** @throws LocalChainStoppedError */
  ask(asked: Asked): Promise<AdminAnswer>;
  close(): Promise<void>;
}

/** Runs commands through the running server where it alone has the database, else on the database directly. */
export function openAdministration(config: Config): Administration {
  let opened: Promise<Composed> | undefined;

  async function run({ command, input }: Asked): Promise<AdminAnswer> {
    if (config.local && readsChains.has(command)) {
      throw new LocalChainStoppedError(
        "The local chain runs with its server: start the server, then run this beside it.",
      );
    }
    opened ??= compose({
      config,
      log: createLogger("error"),
      syncCurrencies: false,
      ...(config.local && { localRpcUrl: NO_CHAIN }),
    });
    try {
      return { status: 200, body: await runAdminCommand((await opened).core, command, input) };
    } catch (error) {
      const body = errorAnswer(error, "cli");
      if (body.status >= 500) throw error;
      return { status: body.status, body };
    }
  }

  return {
    async ask(asked) {
      const isAlone = config.databaseUrl === undefined && opened === undefined;
      return (isAlone ? await askServer(config.dataDir, asked) : undefined) ?? run(asked);
    },
    close: async () => (await opened?.catch(() => undefined))?.close(),
  };
}

/** Runs one command. */
export async function administrate(config: Config, asked: Asked): Promise<AdminAnswer> {
  const administration = openAdministration(config);
  try {
    return await administration.ask(asked);
  } finally {
    await administration.close();
  }
}

/** Brings the database's tables up to date; answers how many migrations were applied. @throws MigrationError, DirectoryInUseError */
export async function migrateDatabase(config: Config): Promise<number> {
  const db = await openDatabase(config);
  try {
    return await migrate(db);
  } finally {
    await db.close();
  }
}
