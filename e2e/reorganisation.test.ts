// The chain goes back by one to five blocks under a payment. Real reorganisations, made by the chain node itself.
import { createTestClient, http } from "viem";
import { foundry } from "viem/chains";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ada, customerOf } from "./harness/customer.ts";
import { until } from "./harness/server.ts";
import { type System, startSystem } from "./harness/system.ts";

let system: System;
let server: System["server"];
let receiver: System["receiver"];
let client: System["client"];
let statusesOf: System["told"];

beforeAll(async () => {
  // Completed at once and no block mined unasked, so that each test decides how deep the payment lies.
  system = await startSystem({ CONFIRMATIONS_LOCAL: "1" });
  ({ server, receiver, client, told: statusesOf } = system);
});

afterAll(() => system?.stop());

async function paidSession(email: string) {
  const customer = customerOf(server.dev);
  const session = await client.oneTimePayments.createSession({ productId: 1, webhookUrl: receiver.url });
  await customer.identify(session.uuid, { ...ada, email });
  const quote = await customer.quote(session.uuid, "ETH");
  const hash = await customer.payQuote(quote);
  await until("completed", () => statusesOf(session.uuid).includes("completed"));
  const receipt = await customer.publicClient.getTransactionReceipt({ hash });
  return { customer, session, quote, hash, block: Number(receipt.blockNumber) };
}

function chain() {
  return createTestClient({ mode: "anvil", chain: foundry, transport: http(server.dev.chain.rpcUrl) }).extend(
    (base) => ({
      number: async () => Number(await base.request({ method: "eth_blockNumber" } as never)),
    }),
  );
}

test.each([1, 2, 3, 4, 5])(
  "a completed payment that a reorganisation %i blocks deep removes is taken back, loudly, and counts again once it is mined again",
  async (depth) => {
    const { customer, session, quote, hash, block } = await paidSession(`reorg${depth}@example.com`);
    const node = chain();
    const above = (await node.number()) - block;
    expect(above).toBe(0);
    if (depth > 1) await node.mine({ blocks: depth - 1 });
    await node.request({ method: "anvil_reorg", params: [depth, []] } as never);
    await node.mine({ blocks: 1 });
    await until("the merchant hears that it failed", () => statusesOf(session.uuid).at(-1) === "failed");
    expect((await client.transactionStatus.get(session.uuid, "payment")).status).toBe("failed");
    expect(receiver.of(session.uuid).at(-1)?.body.status.message).toMatch(/\S/);

    const again = await customer.payQuote(quote);
    expect(again).not.toBe("");
    await until("completed again", () => statusesOf(session.uuid).at(-1) === "completed");
    const payment = await client.oneTimePayments.get(session.uuid);
    expect([hash, again]).toContain(payment.transactionHash);
    const sequences = receiver.of(session.uuid).map(({ headers }) => Number(headers["x-webhook-sequence"]));
    expect(sequences).toEqual(sequences.map((_, i) => i + 1));
  },
);

test("a reorganisation of the blocks above the payment changes nothing the merchant hears", async () => {
  const { session, block } = await paidSession("kept@example.com");
  const before = statusesOf(session.uuid);
  const node = chain();
  await node.mine({ blocks: 3 });
  await node.request({ method: "anvil_reorg", params: [(await node.number()) - block, []] } as never);
  await node.mine({ blocks: 1 });
  const next = await paidSession("after@example.com");
  expect(statusesOf(next.session.uuid)).toContain("completed");
  expect(statusesOf(session.uuid)).toEqual(before);
});
