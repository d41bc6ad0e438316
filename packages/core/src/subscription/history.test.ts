import type { CombinedPayment } from "@qbitflow/api";
import type { Db } from "@qbitflow/db";
import { type SeededMerchant, seedMerchant, type TestContext, testContext, testDb } from "@qbitflow/testkit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listCombinedPayments, subscriptionHistory, subscriptionResource } from "./index.ts";
import { seedSubscription } from "./subscription.testing.ts";

let db: Db;
let ctx: TestContext;
let merchant: SeededMerchant;

beforeAll(async () => {
  db = await testDb();
  ctx = await testContext({ db });
  merchant = await seedMerchant(ctx);
});
afterAll(() => db.close());

it("a subscription as 1.x clients read it, with a mandate and before there is one", async () => {
  const paid = await seedSubscription(ctx, merchant, { options: { minPeriods: 3 } });
  const resource = await subscriptionResource(ctx, { ...paid, allowanceBase: 75_500_000n });
  expect(resource).toEqual({
    uuid: paid.uuid,
    from: `0x${"ab".repeat(20)}`,
    to: `0x${"ab".repeat(20)}`,
    productId: 1,
    subscriptionHash: paid.mandateHash,
    currencyId: 9_002,
    currency: expect.objectContaining({ symbol: "tUSDC", mainCurrencyId: 9_001 }),
    test: true,
    customerUUID: paid.customerUuid,
    frequency: 2_592_000,
    allowance: 75.5,
    subscriptionStatus: "active",
    status: "active",
    stopped: false,
    lastBillingDate: "2026-03-01T12:00:00Z",
    nextBillingDate: "2026-04-01T12:00:00Z",
    minimumCancellationDate: "2026-06-01T12:00:00Z",
    createdAt: "2026-03-01T12:00:00Z",
    updatedAt: "2026-03-01T12:00:00Z",
    reference: "sub-1",
  });
  const later = await seedSubscription(ctx, merchant, {
    isAuthorised: false,
    options: { kind: "payAsYouGo", freeCreditsMicros: "100000000" },
    start: { trialEndsAt: new Date("2026-03-08T12:00:00Z") },
  });
  expect(await subscriptionResource(ctx, later)).toMatchObject({
    from: "",
    subscriptionHash: "",
    allowance: 0,
    status: "trial",
    unitsCurrentPeriod: 0,
    freeCredits: 100,
    nextBillingDate: "2026-04-08T12:00:00Z",
  });
});

it("a subscription in a currency that no network lists any more is read as it always was", async () => {
  const { uuid, ...paid } = await seedSubscription(ctx, merchant);
  await db.query("update currency set listed = false where id = 9002");
  const { currency } = await subscriptionResource(ctx, { uuid, ...paid });
  await db.query("update currency set listed = true");
  expect(currency).toMatchObject({ symbol: "tUSDC", mainCurrencyId: 9_001 });
});

it("an allowance without end is told as the most there is", async () => {
  const paid = await seedSubscription(ctx, merchant);
  const resource = await subscriptionResource(ctx, { ...paid, allowanceBase: 2n ** 256n - 1n });
  expect(resource.allowance).toBe(1_000_000_000);
});

it("history and the combined list show paid bills once each, page by page, and nobody else's", async () => {
  const shop = await seedMerchant(ctx);
  const made = [];
  for (let count = 0; count < 5; count += 1) made.push(await seedSubscription(ctx, shop));
  const first = made[0];
  if (!first) throw new Error("none");
  const history = await subscriptionHistory(ctx, shop.principal, first.uuid);
  expect(history).toMatchObject([{ subscriptionUUID: first.uuid, amount: 25, currencyId: 9_002, name: "Plan" }]);
  await expect(subscriptionHistory(ctx, merchant.principal, first.uuid)).rejects.toMatchObject({ code: "not_found" });
  const seen: CombinedPayment[] = [];
  let cursor: string | null = null;
  do {
    const page = await listCombinedPayments(ctx, shop.principal, { limit: 2, cursor });
    seen.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen.map(({ subscriptionUUID }) => subscriptionUUID)).toEqual(made.map(({ uuid }) => uuid).reverse());
  expect(seen.every(({ source }) => source === "subscription_history")).toBe(true);
});
