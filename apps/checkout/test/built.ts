import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onceInRun } from "@qbitflow/testkit/once-in-run";
import { buildCheckout } from "../build.ts";

/** The pages as they are built, once for all test files of a run; `remove` when done. */
export async function builtCheckout(): Promise<{ readonly directory: string; remove(): void }> {
  const shared = await onceInRun("checkout", buildCheckout);
  if (shared !== null) return { directory: shared, remove: () => {} };
  const directory = mkdtempSync(join(tmpdir(), "qbitflow-page-"));
  await buildCheckout(directory);
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
