import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";

const bin = join(import.meta.dirname, "../bin/qbitflow.js");
/** Without the pinned Node that a test's PATH begins with: what an operator's shell finds. */
const PATH = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));

test.each([
  ["the Node it is pinned to", process.execPath],
  ["the Node of whoever installed it, an older one as well", "node"],
])("the binary runs on %s, and ends as the command does", (_which, node) => {
  const env = { ...process.env, PATH: PATH.join(delimiter) };
  const refused = spawnSync(node, [bin, "nonsense"], { encoding: "utf8", env });
  expect(refused).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("nonsense") });
});
