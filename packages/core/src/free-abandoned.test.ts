import { type TestContext, testContext, testNetwork } from "@qbitflow/testkit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { acquireLease } from "./chain-scan/lease.ts";
import { freeAbandoned } from "./free-abandoned.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await testContext();
});
afterAll(() => ctx.close());

it("a chain that a dead process was reading is read by the next one at once", async () => {
  const network = testNetwork.slug;
  await ctx.db.query(
    `insert into chain_cursor (network, scanned_number, scanned_hash, head_number, head_at, updated_at)
     values ($1, 1, '0x1', 1, $2, $2)`,
    [network, ctx.clock.now()],
  );
  const lease = (owner: string) => acquireLease(ctx, { network, owner, leaseMs: 60_000 });
  expect([await lease("dead"), await lease("next")]).toEqual([true, false]);
  await freeAbandoned(ctx);
  expect(await lease("next")).toBe(true);
});
