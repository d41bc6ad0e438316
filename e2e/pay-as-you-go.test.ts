// Usage on the running system: reported through the API, billed at the end of each period, taken on the chain.
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "./harness/server.ts";
import { subscriberOf } from "./harness/subscriber.ts";
import { type System, startSystem } from "./harness/system.ts";

let system: System;
let client: System["client"];

beforeAll(async () => {
  system = await startSystem({ CONFIRMATIONS_LOCAL: "1" });
  ({ client } = system);
});
afterAll(() => system?.stop());

const metered = {
  ...{ productName: "API calls", description: "", price: 0.002 },
  frequency: { value: 1, unit: "months" },
} as const;

async function subscribed(more: object = {}) {
  const customer = await subscriberOf(system.server.dev);
  const { uuid } = await client.payAsYouGo.createSession({ ...metered, webhookUrl: system.receiver.url, ...more });
  const offer = await customer.subscribe(uuid, { periods: 12, maxSpendingPerPeriod: 20 });
  const read = () => client.payAsYouGo.get(uuid);
  return {
    ...{ customer, uuid, offer, read },
    use: (units: number) => client.payAsYouGo.increaseUnitsCurrentPeriod(uuid, units),
    /** Over the end of the running period. */
    nextPeriod: async () => client.clock.advance({ to: (await read()).nextBillingDate }),
    /** Base units that were taken. */
    paid: async () => 1_000_000_000n - (await customer.balance()),
  };
}

test("units, events, free credits, dust, the cap and what is carried over: seven periods and their bills", async () => {
  const { customer, uuid, offer, read, use, nextPeriod, paid } = await subscribed({ freeCredits: 5 });
  expect(await read()).toMatchObject({
    status: "active",
    unitsCurrentPeriod: 0,
    freeCredits: 5,
    maxSpendingPerPeriod: 20,
  });
  const sent = () => customer.publicClient.getTransactionCount({ address: relay });
  const relay = system.server.dev.wallets.find(({ role }) => role === "relay")?.address as `0x${string}`;

  // 1000 units are 2 USD, all of it credits: no transaction. Twenty at once all count, a repeated key counts once.
  await Promise.all(Array.from({ length: 20 }, () => use(49.5)));
  const once = { idempotencyKey: `last-${uuid}` };
  for (const _ of [1, 2]) await client.payAsYouGo.increaseUnitsCurrentPeriod(uuid, 10, once);
  expect(await read()).toMatchObject({ unitsCurrentPeriod: 1000 });
  const before = await sent();
  await nextPeriod();
  expect(await read()).toMatchObject({ unitsCurrentPeriod: 0, freeCredits: 3 });
  expect([await paid(), await sent()]).toEqual([0n, before]);

  // 2500 units are 5 USD; 3 are credits. An event that is told again counts once; another content is refused whole.
  const occurredAt = (await client.clock.get()).now;
  const events = [1, 2].map((id) => ({ eventId: `${uuid}-${id}`, subscriptionUUID: uuid, units: 1250, occurredAt }));
  expect(await client.payAsYouGo.recordUsage(events)).toMatchObject({ recorded: 2, repeated: 0 });
  expect(await client.payAsYouGo.recordUsage(events)).toMatchObject({ recorded: 0, repeated: 2 });
  const changed = events.map((event) => ({ ...event, units: event.units + 1 }));
  const fresh = { ...events[0], eventId: `${uuid}-3` } as (typeof events)[number];
  await expect(client.payAsYouGo.recordUsage([fresh, ...changed])).rejects.toMatchObject({
    code: "usage_event_conflict",
  });
  expect(await read()).toMatchObject({ unitsCurrentPeriod: 2500 });
  await nextPeriod();
  expect(await paid()).toBe(2_000_000n);
  expect(await read()).toMatchObject({ freeCredits: 0 });

  // 0.60 USD is dust: carried, and no transaction.
  await use(300);
  const dust = await sent();
  await nextPeriod();
  expect([await paid(), await sent()]).toEqual([2_000_000n, dust]);

  // With it 22.60 USD: 20 are taken, 2.60 carried. The cap is told at 80 and at 100 percent.
  expect(await use(7_000)).toMatchObject({ capReached: false });
  expect(await use(4_000)).toMatchObject({ capReached: true, currentUnits: 11_000 });
  await nextPeriod();
  expect(await paid()).toBe(22_000_000n);
  const told = () => system.receiver.ofSubscription(uuid).flatMap(({ body }) => body.usagePercent ?? []);
  await until("told of the cap", () => told().length === 2);
  expect(told()).toEqual([80, 100]);

  // What was carried is the next bill, though nothing was used.
  await nextPeriod();
  expect(await paid()).toBe(24_600_000n);

  // A period with nothing at all.
  const idle = await sent();
  await nextPeriod();
  expect([await paid(), await sent()]).toEqual([24_600_000n, idle]);

  // He stops on the chain: one last bill at the period's end, and it is over.
  await use(1_000.000_001);
  await customer.stopOnChain(offer);
  await until("stopped", async () => (await read()).stopped);
  expect(await read()).toMatchObject({ status: "active" });
  await use(500);
  await nextPeriod();
  expect(await paid()).toBe(27_600_000n);
  expect(await read()).toMatchObject({ status: "cancelled" });
  await expect(use(1)).rejects.toMatchObject({ code: "subscription_cancelled" });

  const history = await client.payAsYouGo.getPaymentHistory(uuid);
  expect(history.map(({ amount }) => amount)).toEqual([3, 2.6, 20, 2]);
  await until("told of its end", () => system.became(uuid).includes("cancelled"));
  expect(system.became(uuid)).toEqual(["cancelled"]);
}, 60_000);

test("cancelled on the chain it ends at once: nothing can take a last bill", async () => {
  const { customer, uuid, offer, read, use, paid } = await subscribed();
  await use(5_000);
  await customer.cancelOnChain(offer);
  await until("cancelled", async () => (await read()).status === "cancelled");
  await expect(use(1)).rejects.toMatchObject({ code: "subscription_cancelled" });
  await client.clock.advance({ value: 40, unit: "days" });
  expect(await paid()).toBe(0n);
  expect(system.became(uuid)).toEqual(["cancelled"]);
});

test("a bill that fails for want of funds keeps the usage of the next period; both are paid, none twice", async () => {
  const { customer, uuid, read, use, nextPeriod } = await subscribed();
  await use(4_000);
  await customer.spend("tUSDC");
  await nextPeriod();
  expect(await read()).toMatchObject({ status: "past_due" });
  await use(1_000);
  await customer.earn(100n);
  await client.clock.advance({ value: 2, unit: "minutes" });
  expect(await read()).toMatchObject({ status: "active" });
  await nextPeriod();
  const history = await client.payAsYouGo.getPaymentHistory(uuid);
  expect(history.map(({ amount }) => amount)).toEqual([2, 8]);
  expect(await customer.balance()).toBe(90_000_000n);
});
