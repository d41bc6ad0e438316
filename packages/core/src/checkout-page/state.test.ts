import { createRates, type RateSource } from "@qbitflow/rates";
import { type SeededMerchant, seedMerchant, type TestContext, testContext, testNetwork } from "@qbitflow/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { cancelSession, createSession, setCustomer, transition } from "../checkout-session/index.ts";
import { createCustomer } from "../customer/index.ts";
import { lockQuote } from "../quote/index.ts";
import { checkoutState } from "./index.ts";

let ctx: TestContext;
let shop: SeededMerchant;
beforeAll(async () => {
  ctx = await testContext();
  shop = await seedMerchant(ctx);
});
afterAll(() => ctx.close());
beforeEach(() => ctx.clock.set("2026-03-01T12:00:00Z"));

const urls = {
  successUrl: "https://s.example/ok?u={{UUID}}&t={{TRANSACTION_TYPE}}",
  cancelUrl: "https://s.example/no/{{UUID}}",
};
const create = async (input: object = {}) =>
  (await createSession(ctx, shop.principal, { productId: 1, ...urls, ...input })).uuid;
const move = (uuid: string, from: "created" | "waitingConfirmation", to: "waitingConfirmation" | "completed") =>
  ctx.db.transaction((tx) => transition({ ...ctx, db: tx }, [{ uuid, from, to }]));

test("a fresh session says who asks, for what, how much, until when, and in which currencies", async () => {
  const uuid = await create();
  const state = await checkoutState(ctx, uuid);
  expect(state).toMatchObject({
    uuid,
    mode: "test",
    productName: "Tea",
    description: "One box of tea",
    price: 25,
    organizationName: shop.organization.name,
    expiresAt: Date.parse("2026-03-02T12:00:00Z") / 1_000,
    serverTime: Date.parse("2026-03-01T12:00:00Z") / 1_000,
    status: { type: "payment", status: "created" },
    needsCustomer: true,
    isOwner: true,
    payments: [],
    hasSuccessUrl: true,
    hasCancelUrl: true,
    cancelUrl: `https://s.example/no/${uuid}`,
    fixedPrices: true,
  });
  expect(state).not.toHaveProperty("successUrl");
  expect(state).not.toHaveProperty("quote");
  expect(state.currencies.map(({ currency, available }) => [currency.symbol, available])).toEqual([
    ["ETH", true],
    ["tUSDC", true],
    ["tDAI", true],
  ]);
  expect(state.currencies[0]?.network).toMatchObject({ slug: testNetwork.slug, confirmations: 3, nativeSymbol: "ETH" });
});

test("whoever else has the uuid sees nothing of the customer, and no way to cancel", async () => {
  const uuid = await create();
  const customer = {
    name: "Secretname",
    lastName: "Secretlast",
    email: "secret@example.org",
    address: "Secret street",
  };
  const { browserToken } = await setCustomer(ctx, { uuid, customer });
  await lockQuote(ctx, { uuid, currencyId: 9_001 });
  const stranger = await checkoutState(ctx, uuid);
  expect(JSON.stringify(stranger)).not.toMatch(/secret/i);
  expect(stranger).toMatchObject({ isOwner: false, needsCustomer: false, hasCancelUrl: true });
  expect(stranger).not.toHaveProperty("cancelUrl");
  expect(await checkoutState(ctx, uuid, "guess")).toMatchObject({ isOwner: false });
  expect(await checkoutState(ctx, uuid, browserToken)).toMatchObject({ isOwner: true, cancelUrl: expect.any(String) });
});

test("a customer named by the merchant needs to type nothing and is not shown", async () => {
  const { uuid: customerUUID } = await createCustomer(ctx, shop.principal, {
    name: "Nn",
    lastName: "Ll",
    email: "named@example.org",
  });
  const state = await checkoutState(ctx, await create({ customerUUID }));
  expect(state.needsCustomer).toBe(false);
  expect(JSON.stringify(state)).not.toContain("named@example.org");
  expect(JSON.stringify(state)).not.toContain(customerUUID);
});

test("a reloaded page goes on with its quote until it ends", async () => {
  const uuid = await create();
  await setCustomer(ctx, { uuid, customer: { name: "A", lastName: "B", email: "a@b.cd" } });
  const quote = await lockQuote(ctx, { uuid, currencyId: 9_002 });
  ctx.clock.set(new Date(quote.expiresAt.getTime() - 1));
  expect((await checkoutState(ctx, uuid)).quote).toMatchObject({ currencyId: 9_002, amount: "25" });
  ctx.clock.advance(1);
  expect(await checkoutState(ctx, uuid)).not.toHaveProperty("quote");
});

test("successUrl is shown once paid, cancelUrl to all once cancelled, both filled in", async () => {
  const paid = await create();
  await move(paid, "created", "waitingConfirmation");
  expect(await checkoutState(ctx, paid)).not.toHaveProperty("successUrl");
  await move(paid, "waitingConfirmation", "completed");
  expect((await checkoutState(ctx, paid)).successUrl).toBe(`https://s.example/ok?u=${paid}&t=payment`);
  const cancelled = await create();
  const { browserToken } = await setCustomer(ctx, {
    uuid: cancelled,
    customer: { name: "A", lastName: "B", email: "c@b.cd" },
  });
  await cancelSession(ctx, { uuid: cancelled, browserToken });
  expect((await checkoutState(ctx, cancelled)).cancelUrl).toBe(`https://s.example/no/${cancelled}`);
});

test("an expired session says so by the clock alone", async () => {
  const uuid = await create();
  ctx.clock.advance(24 * 3_600_000);
  expect((await checkoutState(ctx, uuid)).status.status).toBe("expired");
});

test("a currency without a price is shown as unavailable with a sentence, and a hanging source holds nobody up", async () => {
  const uuid = await create();
  const priceless = { ...ctx, rates: createRates({ sources: [], clock: ctx.clock }) };
  const without = await checkoutState(priceless, uuid);
  expect(without.currencies.every(({ available, unavailableReason }) => !available && unavailableReason)).toBe(true);
  const hanging: RateSource = {
    name: "hanging",
    fetch: (_symbols, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("aborted")))),
  };
  const rates = createRates({ sources: [hanging], clock: ctx.clock, guards: { minSources: 1, timeoutMs: 5_000 } });
  const startedAt = performance.now();
  await checkoutState({ ...ctx, rates }, uuid);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

test("a chain that is silent is shown as unavailable", async () => {
  const uuid = await create();
  await ctx.db.query(
    `insert into chain_cursor (network, scanned_number, scanned_hash, head_number, head_at, updated_at) 
       values ($1, 1, '0x1', 1, clock_timestamp() - interval '61 seconds', $2)`,
    [testNetwork.slug, ctx.clock.now()],
  );
  ctx.cache.forget("");
  const state = await checkoutState(ctx, uuid);
  expect(state.currencies.every(({ available }) => !available)).toBe(true);
  expect(state.currencies[0]?.unavailableReason).toContain("Testnet A is not reachable");
});

test("an unknown session is not found", async () => {
  await expect(checkoutState(ctx, "01997c89-d0e9-7c9a-9886-fe7709919695")).rejects.toMatchObject({ code: "not_found" });
});
