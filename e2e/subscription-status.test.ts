// Every status of a subscription and every way from one to another, on the running system: by what the customer does on
// the chain, by what the merchant asks for, and by time.
import type { MandateOffer } from "@qbitflow/api";
import type { SubscriptionStatusName } from "@qbitflow/sdk";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "./harness/server.ts";
import { type Choice, type Subscriber, subscriberOf } from "./harness/subscriber.ts";
import { type System, startSystem } from "./harness/system.ts";

let system: System;
let client: System["client"];
let customer: Subscriber;

beforeAll(async () => {
  // One confirmation: that the others are waited for is tested elsewhere, and here are many charges.
  system = await startSystem({ CONFIRMATIONS_LOCAL: "1" });
  ({ client } = system);
});
afterAll(() => system?.stop());
beforeEach(async () => {
  customer = await subscriberOf(system.server.dev);
});
// What lives on would be billed with every further move of the clock.
afterEach(async () => {
  for await (const { uuid, status } of client.subscriptions.list()) {
    if (status !== "cancelled") await client.subscriptions.forceCancel(uuid);
  }
});

const monthly = { productName: "Plan", description: "", price: 10, frequency: { value: 1, unit: "months" } } as const;
const week = { value: 7, unit: "days" } as const;

async function open(more: object = {}): Promise<string> {
  return (await client.subscriptions.createSession({ ...monthly, webhookUrl: system.receiver.url, ...more })).uuid;
}

async function subscribed(more: object = {}, choice: Choice = {}) {
  const uuid = await open(more);
  const offer = await customer.subscribe(uuid, { periods: 12, ...choice });
  return { uuid, offer };
}

const read = (uuid: string) => client.subscriptions.get(uuid);
const becomes = (uuid: string, status: SubscriptionStatusName) =>
  until(`${uuid} is ${status}`, async () => {
    const subscription = await read(uuid);
    return subscription.status === status && subscription;
  });
const days = (value: number) => client.clock.advance({ value, unit: "days" });
const minutes = (value: number) => client.clock.advance({ value, unit: "minutes" });

/** To the moment of the next bill, and what follows from it. */
async function toNextBill(uuid: string): Promise<void> {
  await client.clock.advance({ to: (await read(uuid)).nextBillingDate });
}

/** Waits for the last webhook; the order is checked. That the funds are low is seen at a look that may come before a bill. */
async function isTold(uuid: string, told: SubscriptionStatusName[]): Promise<void> {
  const seen = () => system.became(uuid).filter((status) => status !== "low_on_funds" || told.includes(status));
  await until(`told ${told.at(-1)}`, () => seen().length >= told.length);
  expect(seen()).toEqual(told);
}

async function isOver(uuid: string, told: SubscriptionStatusName[]): Promise<void> {
  await becomes(uuid, "cancelled");
  await isTold(uuid, told);
}

test("trial → active: the first charge comes by itself when the trial ends", async () => {
  const { uuid } = await subscribed({ trialPeriod: week });
  expect(await read(uuid)).toMatchObject({ status: "trial" });
  expect(await customer.balance()).toBe(1_000_000_000n);
  await days(8);
  expect(await read(uuid)).toMatchObject({ status: "active" });
  expect(await customer.balance()).toBe(990_000_000n);
  await isTold(uuid, ["active"]);
});

test("trial → trial_expired → cancelled: nothing is authorised, for 7 days", async () => {
  const uuid = await open({ trialPeriod: week });
  await customer.authoriseLater(uuid);
  expect(await read(uuid)).toMatchObject({ status: "trial", from: "", subscriptionHash: "" });
  await days(7);
  expect(await read(uuid)).toMatchObject({ status: "trial_expired" });
  await days(6);
  expect(await read(uuid)).toMatchObject({ status: "trial_expired" });
  await days(1);
  await isOver(uuid, ["trial_expired", "cancelled"]);
});

test("trial → trial_expired → active: the customer authorises in the portal, and is charged at once", async () => {
  const uuid = await open({ trialPeriod: week });
  const { currencies } = await customer.authoriseLater(uuid);
  await days(8);
  expect(await read(uuid)).toMatchObject({ status: "trial_expired" });
  const { portalUrl } = await client.subscriptions.getPortalLink(uuid);
  const post = async <T>(path: string, body: object): Promise<T> => {
    const url = portalUrl.replace("/manage/", "/v1/portal/") + path;
    const headers = { "content-type": "application/json" };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    expect(response.status).toBe(200);
    return (await response.json()) as T;
  };
  const currencyId = currencies.find(({ currency }) => currency.symbol === "tUSDC")?.currency.id;
  const offer = await post<MandateOffer>("/mandate", { currencyId, subscriber: customer.address, periods: 12 });
  await post("/mandate/signature", await customer.signaturesOf(offer));
  // Test mode bills by the test clock.
  await minutes(2);
  await becomes(uuid, "active");
  expect(await customer.balance()).toBe(990_000_000n);
  await isTold(uuid, ["trial_expired", "active"]);
});

test("trial → past_due → active: the first charge fails, and comes through with the funds", async () => {
  const { uuid } = await subscribed({ trialPeriod: week });
  await customer.spend("tUSDC");
  await days(7);
  expect(await read(uuid)).toMatchObject({ status: "past_due" });
  await customer.earn(100n);
  await minutes(2);
  expect(await read(uuid)).toMatchObject({ status: "active" });
  expect(await customer.balance()).toBe(90_000_000n);
  await isTold(uuid, ["past_due", "active"]);
});

test("active → low_on_funds → active: the next bill is not covered, and then it is", async () => {
  const { uuid, offer } = await subscribed({}, { periods: 1 });
  // The first bill was paid; 0.50 of the allowance are left.
  await becomes(uuid, "low_on_funds");
  await customer.allowOnChain(offer, "30");
  await minutes(11);
  await becomes(uuid, "active");
  await customer.spend("tUSDC");
  await days(2);
  await becomes(uuid, "low_on_funds");
  await customer.earn(100n);
  await minutes(11);
  await becomes(uuid, "active");
  await isTold(uuid, ["low_on_funds", "active", "low_on_funds", "active"]);
  await toNextBill(uuid);
  expect(await customer.balance()).toBe(90_000_000n);
});

test("active → past_due → active: a retry succeeds", async () => {
  const { uuid } = await subscribed();
  await customer.spend("tUSDC");
  const due = (await read(uuid)).nextBillingDate;
  await toNextBill(uuid);
  const failed = await read(uuid);
  expect(failed).toMatchObject({ status: "past_due" });
  const [first] = system.receiver.of(uuid).filter(({ body }) => body.status.status === "failed");
  expect(first?.body.status).toMatchObject({ type: "executeSubscription", message: expect.stringMatching(/\w/) });
  await days(2);
  expect(await read(uuid)).toMatchObject({ status: "past_due" });
  await customer.earn(100n);
  // The retry of the third day.
  await client.clock.advance({ to: new Date(Date.parse(due) + 3 * 86_400_000 + 60_000) });
  const paid = await read(uuid);
  expect(paid).toMatchObject({ status: "active" });
  expect(await customer.balance()).toBe(90_000_000n);
  // Dates follow the anchor, not the late charge.
  expect(Date.parse(paid.nextBillingDate) - Date.parse(due)).toBeLessThanOrEqual(31 * 86_400_000);
  expect(paid.nextBillingDate.slice(8, 19)).toBe(due.slice(8, 19));
});

test("active → past_due → cancelled: the grace of 7 days is over", async () => {
  const { uuid, offer } = await subscribed();
  await customer.spend("tUSDC");
  await toNextBill(uuid);
  expect(await read(uuid)).toMatchObject({ status: "past_due" });
  await days(6);
  expect(await read(uuid)).toMatchObject({ status: "past_due" });
  await days(2);
  await isOver(uuid, ["past_due", "cancelled"]);
  await until("cancelled on the chain", async () => (await customer.statusOnChain(offer)) === "cancelled");
  await customer.earn(100n);
  await days(32);
  expect(await customer.balance()).toBe(100_000_000n);
});

test("active → pending → active: the bill needs more than the cap, and the customer raises it", async () => {
  const { uuid, offer } = await subscribed();
  await customer.setMaximumOnChain(offer, "5");
  await toNextBill(uuid);
  expect(await read(uuid)).toMatchObject({ status: "pending" });
  await customer.setMaximumOnChain(offer, "20");
  await becomes(uuid, "active");
  expect(await customer.balance()).toBe(980_000_000n);
  await isTold(uuid, ["pending", "active"]);
});

test("active → pending → cancelled: nobody raises the cap", async () => {
  const { uuid, offer } = await subscribed();
  await customer.setMaximumOnChain(offer, "9.999999");
  await toNextBill(uuid);
  expect(await read(uuid)).toMatchObject({ status: "pending" });
  await days(8);
  await isOver(uuid, ["pending", "cancelled"]);
  expect(await customer.balance()).toBe(990_000_000n);
});

test("active → cancelled: the customer cancels on the chain, and what is paid for lasts", async () => {
  const { uuid, offer } = await subscribed();
  await customer.cancelOnChain(offer);
  await until("stopped", async () => (await read(uuid)).stopped);
  expect(await read(uuid)).toMatchObject({ status: "active", stopped: true });
  await days(20);
  expect(await read(uuid)).toMatchObject({ status: "active" });
  await days(12);
  await isOver(uuid, ["cancelled"]);
  expect(await customer.balance()).toBe(990_000_000n);
});

test("trial → cancelled: the customer cancels on the chain while it runs, and is charged nothing", async () => {
  const { uuid, offer } = await subscribed({ trialPeriod: week });
  await customer.cancelOnChain(offer);
  await until("stopped", async () => (await read(uuid)).stopped);
  expect(await read(uuid)).toMatchObject({ status: "trial" });
  await days(8);
  await isOver(uuid, ["cancelled"]);
  expect(await customer.balance()).toBe(1_000_000_000n);
});
