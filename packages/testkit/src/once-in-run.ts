import { access, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const PATIENCE_MS = 120_000;

/**
 * What takes long to make and is the same for all test files: the first file of a run that asks has it made, the others wait
 * for it. Answers where it is, or null where there is no directory that a run shares: then each makes its own.
 * @param make puts it at a path where nothing is yet
 */
export async function onceInRun(name: string, make: (path: string) => Promise<void>): Promise<string | null> {
  const shared = process.env.QBITFLOW_TEST_SHARED;
  if (shared === undefined) return null;
  const kept = join(shared, name);
  const place = `${kept}.making`;
  const deadlineMs = performance.now() + PATIENCE_MS;
  while (!(await exists(kept))) {
    if (await isFirst(place)) await makeAt(kept, { place, make });
    else await wait(50);
    if (performance.now() > deadlineMs) throw new Error(`"${name}", which others were to make, did not come about.`);
  }
  return kept;
}

async function isFirst(place: string): Promise<boolean> {
  return mkdir(place).then(
    () => true,
    () => false,
  );
}

interface Making {
  readonly place: string;
  readonly make: (path: string) => Promise<void>;
}

async function makeAt(kept: string, { place, make }: Making): Promise<void> {
  // The one before may have finished between two looks.
  if (await exists(kept)) return;
  try {
    const path = join(place, "made");
    await make(path);
    await rename(path, kept);
  } finally {
    // After a failure the next one tries.
    await rm(place, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
