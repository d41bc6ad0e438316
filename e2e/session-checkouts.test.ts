// What the guide to session checkouts promises of subscriptions and pay-as-you-go, sentence by sentence, with the SDK
// against the running server. One-time sessions: one-time-payment.test.ts.
import { ConflictError, GoneError, isSessionEvent, ValidationError } from "@qbitflow/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "./harness/server.ts";
import { subscriberOf } from "./harness/subscriber.ts";
import { type System, startSystem } from "./harness/system.ts";

let system: System;
let client: System["client"];
let productId: number;

beforeAll(async () => {
  system = await startSystem();
  client = system.client;
  productId = (await client.products.create({ name: "Plan", description: "Monthly", price: 9.99 })).id;
});
afterAll(() => system?.stop());

const monthly = { value: 1, unit: "months" } as const;
const DAY_S = 86_400;

describe("creating a session", () => {
  test("for recurring billing: frequency, trial, minimum periods, customer; answers uuid and link", async () => {
    const { uuid: customerUUID } = await client.customers.create({ name: "A", lastName: "B", email: "a@example.com" });
    const { uuid, link, expiresAt } = await client.subscriptions.createSession({
      productId,
      frequency: monthly,
      trialPeriod: { value: 7, unit: "days" },
      minPeriods: 3,
      webhookUrl: system.receiver.url,
      customerUUID,
    });
    expect(link).toBe(`${system.server.dev.checkoutUrl}/pay/${uuid}`);
    expect((await fetch(link)).status).toBe(200);
    expect(Math.abs(expiresAt - Date.now() / 1000 - DAY_S)).toBeLessThan(60);
    expect(await client.subscriptions.getSession(uuid)).toMatchObject({
      productName: "Plan",
      price: 9.99,
      customerUUID,
      options: { subscriptionType: "subscription", frequency: 30 * DAY_S, trialPeriod: 7 * DAY_S, minPeriods: 3 },
      status: { type: "createSubscription", status: "created" },
    });
  });

  test("for usage: the price is per unit, and free credits come first", async () => {
    const { uuid } = await client.payAsYouGo.createSession({ productId, frequency: monthly, freeCredits: 100 });
    expect(await client.payAsYouGo.getSession(uuid)).toMatchObject({
      options: { subscriptionType: "payAsYouGo", frequency: 30 * DAY_S, freeCredits: 100 },
      status: { type: "createPAYGSubscription", status: "created" },
    });
  });

  test("what is wrong is told by field, and nothing is made", async () => {
    const frequency = { value: 0.5, unit: "fortnights" as "weeks" };
    const refused = client.subscriptions.createSession({ productId, frequency, minPeriods: 0 });
    const error = await refused.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ValidationError);
    const { errors } = error as ValidationError;
    expect(errors.map(({ field }) => field).sort()).toEqual(["options.frequency", "options.minPeriods"]);
  });

  test("is safe to repeat: one key is one session, and no other", async () => {
    const input = { productId, frequency: monthly };
    const options = { idempotencyKey: "plan-of-customer-7" };
    const [first, again] = [
      await client.subscriptions.createSession(input, options),
      await client.subscriptions.createSession(input, options),
    ];
    expect(again).toEqual(first);
    const other = client.subscriptions.createSession({ ...input, minPeriods: 2 }, options);
    await expect(other).rejects.toThrow(ConflictError);
    await expect(other).rejects.toMatchObject({ code: "idempotency_key_reused" });
  });
});

describe("the customer", () => {
  test("that the session names types nothing; placeholders lead back with uuid and type", async () => {
    const { uuid: customerUUID } = await client.customers.create({ name: "C", lastName: "D", email: "c@example.com" });
    const { uuid } = await client.payAsYouGo.createSession({
      productId,
      frequency: monthly,
      customerUUID,
      successUrl: "https://yoursite.example/success?uuid={{UUID}}&type={{TRANSACTION_TYPE}}&again={{UUID}}",
    });
    const wallet = await subscriberOf(system.server.dev);
    await wallet.authorise(uuid, { maxSpendingPerPeriod: 50 });
    expect(await client.payAsYouGo.get(uuid)).toMatchObject({ customerUUID, maxSpendingPerPeriod: 50 });
    const { successUrl } = await wallet.state(uuid);
    expect(successUrl).toBe(`https://yoursite.example/success?uuid=${uuid}&type=createPAYGSubscription&again=${uuid}`);
  });

  test("that it does not name is asked, and becomes a customer of yours", async () => {
    const { uuid } = await client.subscriptions.createSession({
      productId,
      frequency: monthly,
      successUrl: "https://yoursite.example/success?type={{TRANSACTION_TYPE}}",
    });
    const wallet = await subscriberOf(system.server.dev);
    await wallet.subscribe(uuid);
    const { customerUUID } = await client.subscriptions.get(uuid);
    const customer = await client.customers.getByEmail(`${wallet.address}@example.com`);
    expect(customerUUID).toBe(customer.uuid);
    expect((await wallet.state(uuid)).successUrl).toBe("https://yoursite.example/success?type=createSubscription");
  });
});

test("a link ends after 24 hours: nobody can subscribe, and the webhook says so", async () => {
  const { uuid } = await client.subscriptions.createSession({
    productId,
    frequency: monthly,
    webhookUrl: system.receiver.url,
  });
  await client.clock.advance({ value: 25, unit: "hours" });
  const late = client.subscriptions.getSession(uuid);
  await expect(late).rejects.toThrow(GoneError);
  await expect(late).rejects.toMatchObject({ code: "session_expired" });
  const session = await client.subscriptions.getSession(uuid, { closeToExpireError: false });
  expect(session.status).toMatchObject({ type: "createSubscription", status: "expired" });
  const wallet = await subscriberOf(system.server.dev);
  await expect(wallet.subscribe(uuid)).rejects.toThrow("session_expired");
  const [told] = await until("the webhook came", () => system.receiver.of(uuid).length > 0 && system.receiver.of(uuid));
  const event = await client.webhooks.verify(told?.raw ?? "", told?.headers ?? {}, system.server.dev.webhookSecret);
  expect(isSessionEvent(event) && event.status).toMatchObject({ type: "createSubscription", status: "expired" });
});
