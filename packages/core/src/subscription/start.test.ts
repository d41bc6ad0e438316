import type { Db } from "@qbitflow/db";
import { type SeededMerchant, seedMerchant, type TestContext, testContext, testDb } from "@qbitflow/testkit";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { listEvents } from "../event/index.ts";
import { setPortalUrlShown } from "../organization/index.ts";
import { portalLink } from "../portal/index.ts";
import { loadBooks, putAttempt, putBill } from "./book.ts";
import { attemptOfFact } from "./charge-fact.ts";
import { billsOf, getSubscription } from "./get.ts";
import { forceCancel, revertChargeFacts, stopByCustomer, takeChargeFacts } from "./index.ts";
import { openBill } from "./open-bill.ts";
import { saveBooks } from "./save-books.ts";
import { chargeFact, NETWORK, seedSubscription } from "./subscription.testing.ts";

let db: Db;
let ctx: TestContext;
let merchant: SeededMerchant;

beforeAll(async () => {
  db = await testDb();
  ctx = await testContext({ db });
});
afterAll(() => db.close());
beforeEach(async () => {
  ctx.clock.set("2026-03-01T12:00:00Z");
  merchant = await seedMerchant(ctx);
});

const at = (text: string) => new Date(text);

/** The month's bill, made and being charged. */
async function charging(uuid: string, mandateHash: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    const [book] = await loadBooks(txCtx, [uuid]);
    if (!book) throw new Error("no subscription");
    const now = ctx.clock.now();
    openBill(book, { now, dustLimitMicros: 0n, newUuid: ctx.ids.uuid });
    if (!book.bill) throw new Error("no bill");
    const fact = chargeFact(ctx, { uuid, mandateHash });
    const made = attemptOfFact(fact, { uuid: ctx.ids.uuid(), billUuid: book.bill.uuid, number: 1, now });
    const bill = putBill(book, { ...book.bill, status: "charging", nextAttemptAt: null });
    putAttempt(book, { ...made, billUuid: bill.uuid, state: "sending", transactionHash: null, settledAt: null });
    await saveBooks(txCtx, [book]);
  });
}

const take = (...facts: Parameters<typeof takeChargeFacts>[1]) =>
  ctx.db.transaction((tx) => takeChargeFacts({ ...ctx, db: tx }, facts));

it("a fixed subscription begins with its first bill paid; the next one is due a calendar month later", async () => {
  ctx.clock.set("2026-01-31T10:00:00.900Z");
  const { uuid } = await seedSubscription(ctx, merchant);
  const subscription = await getSubscription(ctx, merchant.principal, uuid);
  expect(subscription).toMatchObject({ status: "active", nextPeriodIndex: 1, nextBillAt: at("2026-02-28T10:00:00Z") });
  expect((await billsOf(ctx, uuid, 9)).map(({ bill }) => [bill.periodIndex, bill.status])).toEqual([[0, "paid"]]);
  const { items } = await listEvents(ctx, merchant.principal, {});
  expect(items.map(({ type }) => type)).toEqual(["bill.paid", "subscription.created"]);
  const deliveries = await db.query<{ stream: string; body: string }>(
    "select stream, body from webhook_delivery where subject_uuid = $1",
    [uuid],
  );
  expect(deliveries.map(({ stream }) => stream)).toEqual(["billing"]);
  expect(JSON.parse(deliveries[0]?.body ?? "")).toMatchObject({
    uuid,
    status: { type: "executeSubscription", status: "completed" },
    session: { uuid },
  });
});

it("the same charge told twice pays once, and a charge for nothing is told, never lost", async () => {
  const { uuid, mandateHash } = await seedSubscription(ctx, merchant);
  if (!mandateHash) throw new Error("no mandate");
  ctx.clock.set("2026-04-01T12:00:00Z");
  await charging(uuid, mandateHash);
  const fact = chargeFact(ctx, { uuid, mandateHash, periodIndex: 1 });
  await take(fact);
  await take(fact, fact);
  const bills = await billsOf(ctx, uuid, 9);
  expect(bills.map(({ bill }) => [bill.periodIndex, bill.status])).toEqual([
    [1, "paid"],
    [0, "paid"],
  ]);
  await take(chargeFact(ctx, { uuid, mandateHash, periodIndex: 1 }));
  const { items } = await listEvents(ctx, merchant.principal, {});
  expect(items.map(({ type }) => type)).toEqual([
    "bill.unexpected_charge",
    "bill.paid",
    "bill.paid",
    "subscription.created",
  ]);
});

it("insufficient funds begin a grace of 7 days; the retry that goes through ends it; dates stay with the anchor", async () => {
  const { uuid, mandateHash } = await seedSubscription(ctx, merchant);
  if (!mandateHash) throw new Error("no mandate");
  ctx.clock.set("2026-04-01T12:00:00Z");
  await charging(uuid, mandateHash);
  const { amountBase: _none, ...refused } = chargeFact(ctx, { uuid, mandateHash });
  await take({ ...refused, type: "charge_failed", reason: "insufficient_balance" });
  const failed = await getSubscription(ctx, merchant.principal, uuid);
  expect(failed).toMatchObject({
    status: "past_due",
    statusReason: "insufficient_balance",
    statusEndsAt: at("2026-04-08T12:00:00Z"),
  });
  const [open] = await billsOf(ctx, uuid, 1);
  expect(open?.bill).toMatchObject({ status: "open", nextAttemptAt: at("2026-04-01T13:00:00Z") });
  ctx.clock.set("2026-04-04T12:00:00Z");
  await take(chargeFact(ctx, { uuid, mandateHash }));
  expect(await getSubscription(ctx, merchant.principal, uuid)).toMatchObject({
    status: "active",
    statusReason: null,
    statusEndsAt: null,
    nextBillAt: at("2026-05-01T12:00:00Z"),
  });
  const statuses = await db.query<{ body: string; sequence: number }>(
    "select body, sequence from webhook_delivery where subject_uuid = $1 and stream = 'subscription' order by sequence",
    [uuid],
  );
  expect(statuses.map(({ body }) => JSON.parse(body))).toEqual([
    {
      subscriptionUUID: uuid,
      subscriptionReference: "sub-1",
      previousStatus: "active",
      currentStatus: "past_due",
      updatedAt: "2026-04-01T12:00:00Z",
    },
    {
      subscriptionUUID: uuid,
      subscriptionReference: "sub-1",
      previousStatus: "past_due",
      currentStatus: "active",
      updatedAt: "2026-04-04T12:00:00Z",
    },
  ]);
});

it("webhooks name the customer's page where the organization wants that", async () => {
  const { uuid, mandateHash } = await seedSubscription(ctx, merchant);
  if (!mandateHash) throw new Error("no mandate");
  const { organizationId, test } = merchant.principal;
  await setPortalUrlShown(ctx, { organizationId, test, on: true });
  await forceCancel(ctx, merchant.principal, uuid);
  await setPortalUrlShown(ctx, { organizationId, test, on: false });
  const [told] = await db.query<{ body: string }>(
    "select body from webhook_delivery where subject_uuid = $1 and stream = 'subscription'",
    [uuid],
  );
  expect(JSON.parse(told?.body ?? "{}")).toEqual({
    subscriptionUUID: uuid,
    subscriptionReference: "sub-1",
    previousStatus: "active",
    currentStatus: "cancelled",
    updatedAt: "2026-03-01T12:00:00Z",
    portalUrl: portalLink(ctx, { uuid, portalVersion: 1 }),
  });
});

it("what was taken is what the chain says, also where the merchant charged another amount before us", async () => {
  const { uuid, mandateHash } = await seedSubscription(ctx, merchant);
  if (!mandateHash) throw new Error("no mandate");
  ctx.clock.set("2026-04-01T12:00:00Z");
  await charging(uuid, mandateHash);
  await take(chargeFact(ctx, { uuid, mandateHash, amountBase: 26_000_000n }));
  expect((await billsOf(ctx, uuid, 1))[0]).toMatchObject({
    bill: { status: "paid" },
    attempt: { amountBase: 26_000_000n },
  });
});

it("a reorganisation opens a paid bill again, and the same transaction mined anew pays it again", async () => {
  const { uuid, mandateHash } = await seedSubscription(ctx, merchant);
  if (!mandateHash) throw new Error("no mandate");
  ctx.clock.set("2026-04-01T12:00:00Z");
  await charging(uuid, mandateHash);
  const fact = chargeFact(ctx, { uuid, mandateHash });
  await take(fact);
  await ctx.db.transaction((tx) => revertChargeFacts({ ...ctx, db: tx }, [fact]));
  expect((await billsOf(ctx, uuid, 1))[0]).toMatchObject({
    bill: { status: "charging" },
    attempt: { state: "sending" },
  });
  await take(fact);
  expect((await billsOf(ctx, uuid, 1))[0]).toMatchObject({ bill: { status: "paid" }, attempt: { state: "charged" } });
});

it("a customer's cancellation lets the paid period run; the merchant's ends it at once; minPeriods binds until its date", async () => {
  const { uuid } = await seedSubscription(ctx, merchant, { options: { minPeriods: 2 } });
  await expect(stopByCustomer(ctx, uuid)).rejects.toMatchObject({ code: "minimum_period", kind: "conflict" });
  const free = await seedSubscription(ctx, merchant);
  expect(await stopByCustomer(ctx, free.uuid)).toMatchObject({
    status: "active",
    stopped: true,
    nextBillAt: null,
    statusEndsAt: free.nextBillAt,
  });
  expect(await forceCancel(ctx, merchant.principal, uuid)).toMatchObject({ status: "cancelled", nextBillAt: null });
  await expect(forceCancel(ctx, merchant.principal, uuid)).rejects.toMatchObject({ code: "subscription_cancelled" });
  const stranger = await seedMerchant(ctx);
  await expect(forceCancel(ctx, stranger.principal, free.uuid)).rejects.toMatchObject({ code: "not_found" });
});

it("authorised later: trial without a mandate has no bill to come", async () => {
  const trialEndsAt = at("2026-03-15T12:00:00Z");
  const { uuid, network } = await seedSubscription(ctx, merchant, { isAuthorised: false, start: { trialEndsAt } });
  expect(network).toBeNull();
  expect(await getSubscription(ctx, merchant.principal, uuid)).toMatchObject({
    status: "trial",
    nextBillAt: null,
    statusEndsAt: trialEndsAt,
  });
  expect(NETWORK).toBe("testnet-a");
});
