// The chain goes back under what subscriptions were told: charges are taken back and come again, an end stays an end.
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "./harness/server.ts";
import { type Subscriber, subscriberOf } from "./harness/subscriber.ts";
import { type System, startSystem } from "./harness/system.ts";

let system: System;
let client: System["client"];

beforeAll(async () => {
  system = await startSystem({ CONFIRMATIONS_LOCAL: "1" });
  ({ client } = system);
});
afterAll(() => system?.stop());

const plan = { productName: "Plan", description: "", price: 10, frequency: { value: 1, unit: "months" } } as const;

/** The blocks from a transaction's on are replaced by empty ones, and one more is mined. */
async function goBackBefore({ chain, publicClient }: Subscriber, hash: `0x${string}`): Promise<void> {
  const { blockNumber } = await publicClient.getTransactionReceipt({ hash });
  // Asked now: blocks may have come since the transaction's.
  const depth = Number((await publicClient.getBlockNumber({ cacheTime: 0 })) - blockNumber) + 1;
  await chain.request({ method: "anvil_reorg", params: [depth, []] } as never);
  await chain.mine({ blocks: 1 });
}

test("a charge that is removed after it was confirmed is told as failed, sent again, and paid once", async () => {
  const customer = await subscriberOf(system.server.dev);
  const { uuid } = await client.subscriptions.createSession({ ...plan, webhookUrl: system.receiver.url });
  await customer.subscribe(uuid, { periods: 12 });
  await client.clock.advance({ to: (await client.subscriptions.get(uuid)).nextBillingDate });
  expect(await client.subscriptions.getPaymentHistory(uuid)).toHaveLength(2);
  const bills = () =>
    system.receiver
      .of(uuid)
      .filter(({ body }) => body.status.type === "executeSubscription")
      .map(({ body }) => body.status.status);
  const [{ transactionHash } = { transactionHash: "0x" }] = await client.subscriptions.getPaymentHistory(uuid);
  await goBackBefore(customer, transactionHash as `0x${string}`);
  await until("told of both", () => bills().length === 4);
  expect(bills()).toEqual(["completed", "completed", "failed", "completed"]);
  expect(await client.subscriptions.getPaymentHistory(uuid)).toHaveLength(2);
  expect(await customer.balance()).toBe(980_000_000n);
  expect(await client.subscriptions.get(uuid)).toMatchObject({ status: "active" });
});

test("a cancellation that is removed stays one: the mandate is cancelled again, by us", async () => {
  const customer = await subscriberOf(system.server.dev);
  const { uuid } = await client.payAsYouGo.createSession(plan);
  const offer = await customer.subscribe(uuid, { maxSpendingPerPeriod: 20 });
  const hash = await customer.cancelOnChain(offer);
  await until("cancelled", async () => (await client.payAsYouGo.get(uuid)).status === "cancelled");
  await goBackBefore(customer, hash);
  // Ours may be there before anybody can see the mandate active.
  await expect(customer.publicClient.getTransactionReceipt({ hash })).rejects.toThrow("could not be found");
  await until("cancelled on the chain", async () => (await customer.statusOnChain(offer)) === "cancelled");
  expect(await client.payAsYouGo.get(uuid)).toMatchObject({ status: "cancelled" });
});
