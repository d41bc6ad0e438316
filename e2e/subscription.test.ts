// Subscriptions on the running system: SDK → HTTP → database → relay → chain → scan → bills → webhook receiver. The
// customer goes the page's way over its public routes; no status is set by hand.
import { parseUnits } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "./harness/server.ts";
import { subscriberOf, type TokenSymbol } from "./harness/subscriber.ts";
import { type System, startSystem } from "./harness/system.ts";

let system: System;
let server: System["server"];
let receiver: System["receiver"];
let client: System["client"];

beforeAll(async () => {
  system = await startSystem();
  ({ server, receiver, client } = system);
});
afterAll(() => system?.stop());

const monthly = { productName: "Plan", description: "", price: 10, frequency: { value: 1, unit: "months" } } as const;
const openSession = (more: object = {}) =>
  client.subscriptions.createSession({ ...monthly, webhookUrl: receiver.url, ...more });

describe.each<{ symbol: TokenSymbol; decimals: number }>([
  { symbol: "tUSDC", decimals: 6 },
  { symbol: "tUSDT", decimals: 6 },
  { symbol: "tDAI", decimals: 18 },
])("in $symbol", ({ symbol, decimals }) => {
  test("the first month is charged at once, and the subscription exists when that completed", async () => {
    const customer = await subscriberOf(server.dev);
    const { uuid } = await openSession({ reference: `in ${symbol}` });
    await customer.identify(uuid);
    await expect(client.subscriptions.get(uuid)).rejects.toMatchObject({ code: "not_found" });
    const offer = await customer.authorise(uuid, { symbol, periods: symbol === "tDAI" ? null : 3 });
    expect(offer.allowance.way).toBe(symbol === "tUSDT" ? "approve" : "permit");

    expect(await client.subscriptions.get(uuid)).toMatchObject({
      status: "active",
      stopped: false,
      from: customer.address,
      subscriptionHash: offer.mandateHash,
      currency: { symbol },
      reference: `in ${symbol}`,
    });
    expect(parseUnits("1000", decimals) - (await customer.balance(symbol))).toBe(parseUnits("10", decimals));
    const history = await client.subscriptions.getPaymentHistory(uuid);
    expect(history).toMatchObject([{ amount: 10, subscriptionUUID: uuid, currency: { symbol } }]);
    await until("told completed", () => system.told(uuid).filter((status) => status === "completed").length === 2);
    expect(system.told(uuid)).toEqual(["pending", "waitingConfirmation", "completed", "completed"]);
    for (const { raw, headers } of receiver.of(uuid)) {
      await client.webhooks.verify(raw, headers, server.dev.webhookSecret);
    }
    const combined = await client.oneTimePayments.getAllCombined({ limit: 100 });
    const listed = combined.items.filter(({ subscriptionUUID }) => subscriptionUUID === uuid);
    expect(listed).toMatchObject([{ source: "subscription_history", amount: 10 }]);
  });
});

test("a wallet that allowed something before is asked for a reset where the token needs one", async () => {
  const customer = await subscriberOf(server.dev);
  const [first, second] = [await openSession(), await openSession()];
  await customer.subscribe(first.uuid, { symbol: "tUSDT", periods: 3 });
  await customer.identify(second.uuid);
  const offer = await customer.authorise(second.uuid, { symbol: "tUSDT", periods: 6 });
  expect(offer.allowance).toMatchObject({ way: "approve", resetFirst: true });
  // What the first one may still take, and six months of this one, each with its head-room.
  expect(offer.allowanceNeeded).toBe(String(31.5 - 10 + 63));
  expect(await customer.balance("tUSDT")).toBe(980_000_000n);
});

const SECOND_MS = 1_000;

test("test billing is executed once, however often it is asked for, and only when something is due", async () => {
  const customer = await subscriberOf(server.dev);
  const { uuid } = await openSession();
  await customer.subscribe(uuid, { periods: 12 });
  await expect(client.subscriptions.executeTestBilling(uuid)).rejects.toMatchObject({ code: "payment_not_due" });
  const { nextBillingDate } = await client.subscriptions.get(uuid);
  // Up to just before: what the advance itself would bill is not due yet, and test mode bills nothing by wall time.
  await client.clock.advance({ to: new Date(Date.parse(nextBillingDate) - SECOND_MS) });
  const asked = await until("the bill is due", async () => {
    const both = await Promise.allSettled([1, 2].map(() => client.subscriptions.executeTestBilling(uuid)));
    return both.every(({ status }) => status === "fulfilled") && both;
  });
  expect(asked).toHaveLength(2);
  await until("the charge completed", async () => (await client.subscriptions.getPaymentHistory(uuid)).length === 2);
  const { status } = await client.transactionStatus.get(uuid, "executeSubscription");
  expect(status).toBe("completed");
  await expect(client.subscriptions.executeTestBilling(uuid)).rejects.toMatchObject({ code: "payment_not_due" });
  expect(await customer.balance()).toBe(980_000_000n);
});

test("a force-cancelled subscription is over at once, here and on the chain, and nothing can be charged any more", async () => {
  const customer = await subscriberOf(server.dev);
  const { uuid } = await openSession();
  const offer = await customer.subscribe(uuid, { periods: 12 });
  await client.subscriptions.forceCancel(uuid);
  expect(await client.subscriptions.get(uuid)).toMatchObject({ status: "cancelled" });
  await expect(client.subscriptions.forceCancel(uuid)).rejects.toMatchObject({ status: 409 });
  await expect(client.subscriptions.executeTestBilling(uuid)).rejects.toMatchObject({ code: "payment_not_due" });
  await until("cancelled on the chain", async () => (await customer.statusOnChain(offer)) === "cancelled");
  await client.clock.advance({ value: 40, unit: "days" });
  expect(await customer.balance()).toBe(990_000_000n);
  expect(system.became(uuid)).toEqual(["cancelled"]);
});
