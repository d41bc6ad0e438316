import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { onceInRun } from "@qbitflow/testkit";

/**
 * Puts into an empty data directory what a first start leaves there: deploying contracts and making a database is most of a
 * start, and the same each time. start.test.ts and the docs' tests begin with nothing, as a user does.
 * @param make starts the real server on a directory that does not exist yet, and stops it
 */
export async function copyFirstStart(dataDir: string, make: (dataDir: string) => Promise<void>): Promise<void> {
  if ((await readdir(dataDir).catch(() => [])).length > 0) return;
  const kept = await onceInRun("first-start", async (path) => {
    await make(path);
    // Each copy finds a port of its own.
    await rm(join(path, "chain/port"));
  });
  if (kept !== null) await cp(kept, dataDir, { recursive: true });
}
