import { dbKinds } from "@qbitflow/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { killEverywhere, scenarios } from "./crash.testing.ts";
import { type RelayChain, startRelayChain } from "./relay-chain.testing.ts";

let chain: RelayChain;
beforeAll(async () => {
  chain = await startRelayChain();
});
afterAll(() => chain.stop());

describe.each(dbKinds)("%s", (kind) => {
  test.each(scenarios)(
    "killed at many a step, nothing is sent twice, forgotten or left as a gap: $name",
    async (scenario) => {
      expect(await killEverywhere(chain, { scenario, kind, every: 9 })).toBeGreaterThan(8);
    },
    60_000,
  );
});
