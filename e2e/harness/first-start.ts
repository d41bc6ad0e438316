import { cp, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const PATIENCE_MS = 60_000;

/**
 * Puts into an empty data directory what a first start leaves there: deploying contracts and making a database is most of a
 * start, and the same each time. The first who needs it in a test run makes it; start.test.ts and the docs' tests begin
 * with nothing, as a user does.
 * @param make starts the real server on a directory that does not exist yet, and stops it
 */
export async function copyFirstStart(dataDir: string, make: (dataDir: string) => Promise<void>): Promise<void> {
  const shared = process.env.QBITFLOW_TEST_SHARED;
  if (shared === undefined || (await readdir(dataDir).catch(() => [])).length > 0) return;
  const kept = join(shared, "first-start");
  if (!(await exists(kept))) await makeOnce(kept, make);
  await cp(kept, dataDir, { recursive: true });
}

async function makeOnce(kept: string, make: (dataDir: string) => Promise<void>): Promise<void> {
  const making = `${kept}.making`;
  if (
    await mkdir(making).then(
      () => true,
      () => false,
    )
  ) {
    const dataDir = join(making, "data");
    await make(dataDir);
    // Each copy finds a port of its own.
    await rm(join(dataDir, "chain/port"));
    await rename(dataDir, kept);
    return;
  }
  for (const deadline = Date.now() + PATIENCE_MS; !(await exists(kept)); await delay(50)) {
    if (Date.now() > deadline) throw new Error("The first start that the others copy did not come about.");
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
