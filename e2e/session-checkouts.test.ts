// What the guide to session checkouts promises of subscriptions and pay-as-you-go, sentence by sentence, with the SDK
// against the running server. One-time sessions: one-time-payment.test.ts.
import type { AllowanceOffer, MaximumOffer } from "@qbitflow/api";
import {
  ConflictError,
  GoneError,
  isSessionEvent,
  type TransactionStatus,
  type TransactionType,
  ValidationError,
} from "@qbitflow/sdk";
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

describe("a status, over WebSocket with a ticket,", () => {
  let uuid: string;
  let wallet: Awaited<ReturnType<typeof subscriberOf>>;

  /** Follows a transaction to its end; resolves with every status, once the first one came. */
  async function follow(type: TransactionType) {
    // Polling would look a second time in an hour: what comes here came over the socket.
    const statuses = client.transactionStatus.watch(uuid, type, { pollIntervalMs: 3_600_000 });
    const first = await statuses.next();
    const all: TransactionStatus[] = first.done ? [] : [first.value];
    const ended = (async () => {
      for await (const status of statuses) all.push(status);
      return all;
    })();
    return { now: all[0], ended };
  }

  const names = (all: readonly TransactionStatus[]) => [...new Set(all.map(({ status }) => status))];
  /** What is in a block before the server looks was never seen pending. */
  const walked = (all: readonly TransactionStatus[]) => names(all).filter((status) => status !== "pending");

  async function portal<T>(path: string, body: object): Promise<T> {
    const { portalUrl } = await client.subscriptions.getPortalLink(uuid);
    const url = portalUrl.replace("/manage/", "/v1/portal/");
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    const told = await answer.text();
    expect(answer.status, told).toBe(200);
    return JSON.parse(told) as T;
  }

  test("of beginning and of the first bill", async () => {
    ({ uuid } = await client.subscriptions.createSession({ productId, frequency: monthly }));
    wallet = await subscriberOf(system.server.dev);
    const { now, ended } = await follow("createSubscription");
    expect(now).toEqual({ type: "createSubscription", status: "created" });
    await wallet.subscribe(uuid, { periods: 3 });
    const all = await ended;
    expect(walked(all)).toEqual(["created", "waitingConfirmation", "completed"]);
    expect(all.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^[12] of \d+ confirmations$/));
    const bill = await client.transactionStatus.waitFor(uuid, "executeSubscription");
    expect(bill).toEqual({ type: "executeSubscription", status: "completed", txHash: all.at(-1)?.txHash });
  });

  test("of another maximum", async () => {
    const { now, ended } = await follow("updateMaxAmount");
    expect(now).toEqual({ type: "updateMaxAmount", status: "created" });
    const { typedData, maximumBase, nonce, deadline } = await portal<MaximumOffer>("/maximum", { maximumUsd: 25 });
    const signature = await wallet.sign(typedData);
    await portal("/maximum/signature", { maximumBase, nonce, deadline, signature });
    const all = await ended;
    expect(walked(all)).toEqual(["created", "waitingConfirmation", "completed"]);
    expect(all.at(-1)?.txHash).toMatch(/^0x[0-9a-f]{64}$/);
    expect(all.every(({ type }) => type === "updateMaxAmount")).toBe(true);
  });

  test("of a larger allowance", async () => {
    const { now, ended } = await follow("increaseAllowance");
    expect(now).toEqual({ type: "increaseAllowance", status: "created" });
    const before = (await client.subscriptions.get(uuid)).allowance;
    const { allowance } = await portal<AllowanceOffer>("/allowance", { periods: 12 });
    if (allowance.way !== "permit") throw new Error(`the token takes ${allowance.way}`);
    const { typedData } = allowance;
    await portal("/allowance/signature", { periods: 12, typedData, signature: await wallet.sign(typedData) });
    expect(walked(await ended)).toEqual(["created", "waitingConfirmation", "completed"]);
    await until("it is known", async () => (await client.subscriptions.get(uuid)).allowance > before);
  });

  test("of the customer's cancelling, which ends with what is paid for", async () => {
    const { now, ended } = await follow("cancelSubscription");
    expect(now).toEqual({ type: "cancelSubscription", status: "created" });
    await portal("/cancel", {});
    expect(await client.transactionStatus.get(uuid, "cancelSubscription")).toEqual({
      type: "cancelSubscription",
      status: "pending",
      message: "It ends with the period that runs.",
    });
    await client.clock.advance(monthly);
    const all = await ended;
    expect(names(all).at(-1)).toBe("completed");
    expect(all.at(-1)?.txHash).toMatch(/^0x/);
    expect((await client.subscriptions.get(uuid)).status).toBe("cancelled");
    await expect(client.transactionStatus.get(uuid, "cancelPAYGSubscription")).rejects.toMatchObject({ status: 404 });
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
