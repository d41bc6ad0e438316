import { type Db, MigrationError, pendingMigrations } from "@qbitflow/db";
import type { Config } from "../config.ts";
import { type Check, ok, problem } from "./check.ts";

/** Whether the database answers, and has the tables of this version. Never throws. */
export async function checkDatabase(opening: Promise<Db>, config: Config): Promise<Check> {
  const kind = config.databaseUrl === undefined ? "the embedded database" : "PostgreSQL";
  const beganMs = performance.now();
  try {
    const db = await opening;
    const [row] = await db.query<{ server_version: string }>("show server_version");
    const tookMs = Math.round(performance.now() - beganMs);
    const pending = await pendingMigrations(db);
    if (pending.length === 0)
      return ok(
        "database",
        `${kind} ${row?.server_version ?? ""} answers in ${tookMs} ms, and its tables are up to date`,
      );
    const list = pending.length > 3 ? `${pending.slice(0, 3).join(", ")} …` : pending.join(", ");
    return problem(
      "database",
      `${kind} answers, but ${pending.length} of its migrations are pending: ${list}`,
      "Run `qbitflow migrate`, or start the server, which does it too.",
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof MigrationError) return problem("database", message, "Run the version that it belongs to.");
    return problem("database", `${kind} does not answer: ${message}`, "Check DATABASE_URL, and that it runs.");
  }
}
