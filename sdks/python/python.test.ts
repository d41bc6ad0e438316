import { expect, test } from "vitest";
import { hasPython, runPython } from "../../e2e/harness/python.ts";

test.skipIf(!hasPython())(
  "the Python SDK passes its own tests",
  async () => {
    expect(await runPython(["-m", "unittest", "discover", "-s", "tests"])).toBe("");
  },
  60_000,
);
