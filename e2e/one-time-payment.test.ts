// A one-time payment from the merchant's call to the signed webhook, on the running system: SDK → HTTP → database →
// chain → webhook receiver. Nothing here is simulated.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ada, customerOf } from "./harness/customer.ts";
import { until } from "./harness/server.ts";
import { type System, startSystem } from "./harness/system.ts";

let system: System;
let server: System["server"];
let receiver: System["receiver"];
let client: System["client"];
let statusesOf: System["told"];

beforeAll(async () => {
  system = await startSystem();
  ({ server, receiver, client, told: statusesOf } = system);
});

afterAll(() => system?.stop());

async function completed(uuid: string) {
  await until(`webhook "completed" for ${uuid}`, () => statusesOf(uuid).includes("completed"));
}

describe.each(["ETH", "tUSDC", "tUSDT", "tDAI"])("a payment in %s", (symbol) => {
  test("completes, and API, webhook and lists tell the same story", async () => {
    const customer = customerOf(server.dev);
    const session = await client.oneTimePayments.createSession({
      productName: `Paid in ${symbol}`,
      description: "One of a kind",
      price: 25.01,
      webhookUrl: receiver.url,
      successUrl: "https://shop.example/thanks?uuid={{UUID}}&type={{TRANSACTION_TYPE}}",
    });
    expect(session.expiresAt).toBeGreaterThan(Date.now() / 1000 + 86_000);
    const read = await client.oneTimePayments.getSession(session.uuid);
    expect(read).toMatchObject({ productName: `Paid in ${symbol}`, price: 25.01, customerUUID: "" });

    await customer.identify(session.uuid, { ...ada, email: `${symbol.toLowerCase()}@example.com` });
    const hash = await customer.pay(session.uuid, symbol);
    await completed(session.uuid);

    expect(await client.transactionStatus.get(session.uuid, "payment")).toMatchObject({
      type: "payment",
      status: "completed",
      txHash: hash,
    });
    const payment = await client.oneTimePayments.get(session.uuid);
    expect(payment).toMatchObject({
      uuid: session.uuid,
      amount: 25.01,
      from: customer.address,
      transactionHash: hash,
      test: true,
      currency: { symbol },
    });
    const page = await client.oneTimePayments.getAll({ limit: 100 });
    expect(page.items.map(({ uuid }) => uuid)).toContain(session.uuid);
    const combined = await client.oneTimePayments.getAllCombined({ limit: 100 });
    expect(combined.items.find(({ uuid }) => uuid === session.uuid)).toMatchObject({ source: "payment" });

    const state = await customer.state(session.uuid);
    expect(state.successUrl).toBe(`https://shop.example/thanks?uuid=${session.uuid}&type=payment`);
  });
});

test("every status arrives once, in order, signed so that the SDK verifies it", async () => {
  const customer = customerOf(server.dev, 1);
  const session = await client.oneTimePayments.createSession({ productId: 1, webhookUrl: receiver.url });
  await customer.identify(session.uuid, { ...ada, email: "signed@example.com" });
  await customer.pay(session.uuid, "tUSDC");
  await completed(session.uuid);
  const deliveries = receiver.of(session.uuid);
  expect(deliveries.map(({ headers }) => Number(headers["x-webhook-sequence"]))).toEqual(
    deliveries.map((_, i) => i + 1),
  );
  expect(new Set(deliveries.map(({ headers }) => headers["x-webhook-id"])).size).toBe(deliveries.length);
  expect(statusesOf(session.uuid).slice(-2)).toEqual(["waitingConfirmation", "completed"]);
  for (const delivery of deliveries) {
    await client.webhooks.verify(delivery.raw, delivery.headers as Record<string, string>, server.dev.webhookSecret);
    await client.webhooks.verifyRemote(delivery.body, {
      signature: String(delivery.headers["x-webhook-signature-256"]),
      timestamp: String(delivery.headers["x-webhook-timestamp"]),
    });
    expect(Object.keys(delivery.body).sort()).toEqual(["session", "status", "uuid"]);
  }
});

test("a second payment of a paid session is kept as a duplicate and changes nothing", async () => {
  const customer = customerOf(server.dev);
  const session = await client.oneTimePayments.createSession({ productId: 1, webhookUrl: receiver.url });
  await customer.identify(session.uuid, { ...ada, email: "twice@example.com" });
  const quote = await customer.quote(session.uuid, "ETH");
  const first = await customer.payQuote(quote);
  await completed(session.uuid);
  const before = statusesOf(session.uuid);
  const second = await customer.payQuote(quote, { hint: false });
  const payments = await until("the duplicate is shown", async () => {
    const { payments } = await customer.state(session.uuid);
    return payments.length === 2 && payments;
  });
  expect(payments.map(({ transactionHash, match }) => [transactionHash, match])).toEqual([
    [first, "exact"],
    [second, "duplicate"],
  ]);
  expect(statusesOf(session.uuid)).toEqual(before);
  expect((await client.oneTimePayments.get(session.uuid)).transactionHash).toBe(first);
});

test.each([
  ["under", (amount: bigint) => amount - 1n],
  ["over", (amount: bigint) => amount + 1n],
])("terms with an amount %s the quote do not pay the session", async (_, change) => {
  const customer = customerOf(server.dev);
  const session = await client.oneTimePayments.createSession({ productId: 1, webhookUrl: receiver.url });
  await customer.identify(session.uuid, { ...ada, email: "inexact@example.com" });
  const quote = await customer.quote(session.uuid, "tUSDT");
  await customer.payQuote(quote, { hint: false, change: (terms) => ({ ...terms, amount: change(terms.amount) }) });
  const [payment] = await until("the transfer is shown", async () => {
    const { payments } = await customer.state(session.uuid);
    return payments.length === 1 && payments;
  });
  expect(payment?.match).not.toBe("exact");
  expect((await client.transactionStatus.get(session.uuid, "payment")).status).toBe("created");
  await customer.payQuote(quote);
  await completed(session.uuid);
});

test("a payer who names himself fee recipient has not paid", async () => {
  const customer = customerOf(server.dev);
  const session = await client.oneTimePayments.createSession({ productId: 1, webhookUrl: receiver.url });
  await customer.identify(session.uuid, { ...ada, email: "clever@example.com" });
  const quote = await customer.quote(session.uuid, "tUSDT");
  await customer.payQuote(quote, {
    hint: false,
    change: (terms) => ({ ...terms, feeRecipient: customer.address, feeBps: 1000 }),
  });
  const [payment] = await until("the transfer is shown", async () => {
    const { payments } = await customer.state(session.uuid);
    return payments.length === 1 && payments;
  });
  expect(payment?.match).toBe("wrong_terms");
  expect((await client.transactionStatus.get(session.uuid, "payment")).status).toBe("created");
});

test("somebody else's transaction as a hint moves nothing", async () => {
  const customer = customerOf(server.dev);
  const [paid, other] = await Promise.all([
    client.oneTimePayments.createSession({ productId: 1, webhookUrl: receiver.url }),
    client.oneTimePayments.createSession({ productId: 1, webhookUrl: receiver.url }),
  ]);
  await customer.identify(paid.uuid, { ...ada, email: "a@example.com" });
  await customer.identify(other.uuid, { ...ada, email: "b@example.com" });
  const hash = await customer.pay(paid.uuid, "ETH");
  const quote = await customer.quote(other.uuid, "ETH");
  const answer = await fetch(`${server.dev.apiUrl.replace(/\/v1$/, "")}/v1/checkout/${other.uuid}/transaction`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ currencyId: quote.currencyId, transactionHash: hash }),
  });
  expect(answer.status).toBeLessThan(500);
  await completed(paid.uuid);
  expect((await client.transactionStatus.get(other.uuid, "payment")).status).toBe("created");
  expect(receiver.of(other.uuid)).toEqual([]);
});

test("the socket shows every change, and confirmations, until the final status", async () => {
  const customer = customerOf(server.dev);
  const session = await client.oneTimePayments.createSession({ productId: 1, webhookUrl: receiver.url });
  await customer.identify(session.uuid, { ...ada, email: "watched@example.com" });
  const seen: string[] = [];
  const watching = (async () => {
    for await (const status of client.transactionStatus.watch(session.uuid, "payment")) {
      seen.push(`${status.status}${status.message === undefined ? "" : `: ${status.message}`}`);
    }
  })();
  await until("the first frame", () => seen.length > 0);
  await customer.pay(session.uuid, "ETH");
  await watching;
  expect(seen[0]).toBe("created");
  expect(seen.some((line) => /waitingConfirmation: \d of 3 confirmations/.test(line))).toBe(true);
  expect(seen.at(-1)).toMatch(/^completed/);
});

test("with a known customer the payer types nothing, and the customer is the session's", async () => {
  const known = await client.customers.create({ name: "Grace", lastName: "Hopper", email: "grace@example.com" });
  const session = await client.oneTimePayments.createSession({
    productId: 1,
    customerUUID: known.uuid,
    webhookUrl: receiver.url,
  });
  const customer = customerOf(server.dev);
  expect((await customer.state(session.uuid)).needsCustomer).toBe(false);
  await customer.pay(session.uuid, "tDAI");
  await completed(session.uuid);
  expect((await client.oneTimePayments.get(session.uuid)).customerUUID).toBe(known.uuid);
});

test("a typed e-mail of a known customer reuses that customer", async () => {
  const known = await client.customers.create({ name: "Alan", lastName: "Turing", email: "alan@example.com" });
  const session = await client.oneTimePayments.createSession({ productId: 1, webhookUrl: receiver.url });
  const customer = customerOf(server.dev);
  await customer.identify(session.uuid, { name: "Somebody", lastName: "Else", email: "ALAN@example.com" });
  await customer.pay(session.uuid, "ETH");
  await completed(session.uuid);
  expect((await client.oneTimePayments.get(session.uuid)).customerUUID).toBe(known.uuid);
  expect((await client.customers.get(known.uuid)).name).toBe("Alan");
});
