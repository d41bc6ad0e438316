import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory that the test files of one run share; what is in it was made by the run itself. */
export default function setup(): () => void {
  // Each project asks.
  if (process.env.QBITFLOW_TEST_SHARED !== undefined) return () => {};
  const directory = mkdtempSync(join(tmpdir(), "qbitflow-tests-"));
  // PostgreSQL runs as another user, who has to reach what is in it.
  chmodSync(directory, 0o711);
  process.env.QBITFLOW_TEST_SHARED = directory;
  return () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}
