import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createTestClient, http, publicActions } from "viem";
import { anvil } from "viem/chains";
import { expect, it } from "vitest";
import { startAnvil } from "../packages/chains/src/evm/anvil.testing.ts";
import { permit2RuntimeCode } from "../packages/chains/src/evm/generated/permit2.ts";

const root = dirname(import.meta.dirname);

it("the committed artefacts are what the sources compile to", () => {
  const check = spawnSync(process.execPath, ["scripts/contracts.ts", "check"], { cwd: root, encoding: "utf8" });
  expect(check.stderr).toBe("");
  expect(check.status).toBe(0);
}, 120_000);

it("every test that contracts/README.md and its decision name is there, and runs", () => {
  const tests = readdirSync(join(root, "contracts/test"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".t.sol"))
    .map((path) => readFileSync(join(root, "contracts/test", path), "utf8"))
    .join("\n");
  const there = new Set([...tests.matchAll(/function (\w+)\([^)]*\)\s+public/g)].map(([, name]) => name));
  for (const page of ["contracts/README.md", "docs/decisions/0040-why-the-subscriptions-contract-is-as-it-is.md"]) {
    const named = [...readFileSync(join(root, page), "utf8").matchAll(/`((?:test|testFuzz|invariant)_\w+)`/g)];
    expect(named.length).toBeGreaterThan(5);
    expect(named.flatMap(([, name]) => (there.has(name ?? "") ? [] : [name]))).toEqual([]);
  }
});

it("the Permit2 that we test with is the one that anvil brings along", async () => {
  await using node = await startAnvil(["--network", "tempo"]);
  const client = createTestClient({ chain: anvil, mode: "anvil", transport: http(node.url) }).extend(publicActions);
  const code = await client.getCode({ address: "0x000000000022D473030F116dDEE9F6B43aC78BA3" });
  expect(code).toBe(permit2RuntimeCode);
});
