import type { TestCustomer } from "@qbitflow/chains/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { offerMaximum, signMaximum } from "./index.ts";
import { monthly, type PortalWorld, startPortalWorld } from "./portal-world.testing.ts";

let world: PortalWorld;
beforeAll(async () => {
  world = await startPortalWorld();
});
afterAll(() => world.stop());

async function signedMaximum(uuid: string, who: TestCustomer, maximumUsd: number) {
  const offer = await offerMaximum(world.ctx, { uuid, request: { maximumUsd } });
  const { maximumBase, nonce, deadline } = offer;
  return { maximumBase, nonce, deadline, signature: await world.sign(who, offer.typedData) };
}

const cap = async (uuid: string): Promise<string | undefined> => (await world.state(uuid)).mandate?.cap;

describe("on a real chain", () => {
  it("shows what is paid, by what, and what comes next", async () => {
    const who = await world.customer();
    const uuid = await world.subscribe(who, { ...monthly, minPeriods: 2 });
    const state = await world.state(uuid);
    expect(state).toMatchObject({
      uuid,
      mode: "test",
      productName: "Plan",
      kind: "subscription",
      price: 10,
      frequency: { value: 1, unit: "months" },
      status: "active",
      stopped: false,
      nextBill: { amountUsd: 10, amount: "10", symbol: "tUSDC" },
      canCancel: false,
      underWay: [],
      mandate: {
        status: "active",
        subscriber: who.address,
        cap: "10.5",
        capUsd: 10.5,
        allowance: "21.5",
        balance: "990",
        coveredPeriods: 2,
        currency: { symbol: "tUSDC" },
        network: { slug: world.slug },
      },
      bills: [{ status: "paid", amountUsd: 10, amount: "10", symbol: "tUSDC", rate: "1" }],
    });
    expect(state.minimumCancellationDate).toBe(
      state.bills[0] && new Date(addMonths(state.bills[0].periodStartsAt, 2)).toISOString().replace(".000", ""),
    );
    expect(state.bills[0]?.transactionHash).toMatch(/^0x[0-9a-f]{64}$/);
    expect(state.currencies.map(({ currency }) => currency.symbol)).toContain("tDAI");
    expect(state).not.toHaveProperty("endsAt");
    expect(JSON.stringify(state)).not.toMatch(/mail\.example/);
  });

  it("the token falls by 40 %: the bill waits for the cap, is told why, and is paid when the customer raises it", async () => {
    const who = await world.customer();
    const uuid = await world.subscribe(who);
    world.setPrice("USDC", 60n);
    const { nextBillAt = "" } = await world.state(uuid);
    await world.travelTo(nextBillAt);
    await world.becomes(uuid, { status: "pending", reason: "cap_exceeded", bills: [{ status: "open" }, {}] });
    const waiting = await world.state(uuid);
    expect(waiting.bills[0]?.failure).toMatchObject({ code: "cap_exceeded" });
    expect(waiting.nextBill).toMatchObject({ amountUsd: 10, amount: "16.666667" });
    await signMaximum(world.ctx, { uuid, signed: await signedMaximum(uuid, who, 12) });
    expect((await world.state(uuid)).underWay).toMatchObject([{ type: "updateMaxAmount" }]);
    await world.becomes(uuid, { underWay: [], bills: [{ status: "paid", amount: "16.666667" }, {}] });
    // What was allowed at first does not cover another bill at this price.
    await world.becomes(uuid, { status: "low_on_funds", mandate: { allowance: "4.833333", coveredPeriods: 0 } });
    // 12 USD are 20 tokens, with 5 % of head-room.
    expect(await cap(uuid)).toBe("21");
    expect(await world.balanceOf(who.address)).toBe(1_000_000_000n - 10_000_000n - 16_666_667n);
    world.setPrice("USDC", 100n);
  });
});

function addMonths(at: string, months: number): number {
  const date = new Date(at);
  return date.setUTCMonth(date.getUTCMonth() + months);
}
