import type { Db } from "@qbitflow/db";
import { createFixedRates, type Rates, RateUnavailableError } from "@qbitflow/rates";
import {
  dbKinds,
  type SeededMerchant,
  seedMerchant,
  type TestContext,
  testContext,
  testDb,
  testNetwork,
} from "@qbitflow/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listEvents } from "../event/index.ts";
import { freeAbandoned } from "../free-abandoned.ts";
import { billsOf, getSubscription, type Subscription, stopByCustomer } from "../subscription/index.ts";
import { type Seeding, seedSubscription } from "../subscription/subscription.testing.ts";
import { transactionProgress } from "../transaction-status/index.ts";
import { increaseUnits } from "../usage/index.ts";
import { executeBilling } from "./execute.ts";
import type { BillingParts } from "./parts.ts";
import { billingStep, timedBillingOf } from "./run.ts";
import { type BillingWorld, billingWorld } from "./simulation.testing.ts";

const at = (text: string) => new Date(text);

describe.each(dbKinds)("billing on %s", (kind) => {
  let db: Db;
  let ctx: TestContext;
  let merchant: SeededMerchant;
  let world: BillingWorld;
  let isRateSilent = false;

  beforeAll(async () => {
    world = billingWorld();
    db = await testDb(kind);
    const clock = (await import("@qbitflow/testkit")).fakeClock();
    const fixed = createFixedRates(clock);
    const rates: Rates = {
      fixed: true,
      rate: async (symbol) => {
        // Throws in a transaction: nobody holds locks while he waits for an exchange.
        await db.query("select 1");
        if (isRateSilent) throw new RateUnavailableError(symbol, "too_few_sources", []);
        return fixed.rate(symbol);
      },
    };
    ctx = await testContext({ db, clock, rates, chains: [world.adapter] });
    await world.prepare(ctx);
  }, 60_000);
  afterAll(() => db.close());
  beforeEach(async () => {
    isRateSilent = false;
    ctx.clock.set("2026-01-31T12:00:00Z");
    // What earlier tests left has nothing due any more.
    await db.query("update subscription set next_bill_at = null, status_ends_at = null, funds_check_at = null");
    await db.query("update bill set status = 'void' where status in ('open', 'charging')");
    await db.query("update bill_attempt set state = 'failed' where state = 'sending'");
    merchant = await seedMerchant(ctx);
  });

  async function subscribe(seeding: Seeding = {}): Promise<Subscription> {
    const subscription = await seedSubscription(ctx, merchant, seeding);
    const { uuid, mandateHash, anchorAt } = subscription;
    const isFixed = subscription.kind === "subscription";
    if (mandateHash) {
      const firstChargeAt = (isFixed ? anchorAt : (subscription.nextBillAt ?? anchorAt)).getTime() / 1_000;
      world.sign({ uuid, hash: mandateHash, firstChargeAt, kind: isFixed ? "fixed" : "payAsYouGo" });
      if (isFixed && subscription.lastBilledAt) world.stateOf(uuid).nextPeriodIndex = 1;
    }
    return subscription;
  }

  /** Everything that is due at this moment, with all that follows. */
  async function settle(): Promise<void> {
    for (let step = 0; step < 20; step += 1) {
      const isBusy = await billingStep(ctx, world.parts);
      if ((await world.mine(ctx)) === 0 && !isBusy) return;
    }
    throw new Error("billing does not come to rest");
  }

  /** As the test clock does: from one due instant to the next, each settled. */
  async function advanceTo(text: string): Promise<void> {
    const target = at(text);
    const timedBilling = timedBillingOf(world.parts);
    for (;;) {
      const next = await timedBilling.nextDueAt(ctx, ctx.clock.now());
      const to = next !== null && next < target ? next : target;
      ctx.clock.set(to);
      ctx.clock.billUntil(to);
      await settle();
      expect(await timedBilling.isQuiet(ctx)).toBe(true);
      if (to === target) return;
    }
  }

  const read = ({ uuid }: Subscription) => getSubscription(ctx, merchant.principal, uuid);
  const billsIn = async ({ uuid }: Subscription) =>
    (await billsOf(ctx, uuid, 50)).reverse().map(({ bill }) => `${bill.periodIndex} ${bill.status}`);
  const eventsOf = async ({ uuid }: Subscription) => {
    const { items } = await listEvents(ctx, merchant.principal, { limit: 100 });
    return items.filter(({ subjectUuid }) => subjectUuid === uuid).reverse();
  };

  it("a subscription whose bill cannot be made, whatever the reason, holds up no other one", async () => {
    const [broken, fine] = [await subscribe(), await subscribe()];
    // Its period ends in a year that no database keeps.
    await db.query("update subscription set anchor_at = '9999-12-20T00:00:00Z' where uuid = $1", [broken.uuid]);
    ctx.clock.set("2026-03-01T12:00:00Z");
    ctx.clock.billUntil(ctx.clock.now());
    await settle();
    expect(await billsIn(broken)).toEqual(["0 paid"]);
    expect(await billsIn(fine)).toEqual(["0 paid", "1 paid"]);
  });

  it("nor does one whose bill cannot be charged", async () => {
    const [broken, fine] = [await subscribe(), await subscribe()];
    ctx.clock.set("2026-02-28T12:00:00Z");
    ctx.clock.billUntil(ctx.clock.now());
    const loadMandates: BillingParts["loadMandates"] = (where, keys) =>
      keys.some(({ hash }) => hash === broken.mandateHash)
        ? Promise.reject(new RangeError("No such terms."))
        : world.parts.loadMandates(where, keys);
    await billingStep(ctx, { ...world.parts, loadMandates });
    await settle();
    expect(await billsIn(broken)).toEqual(["0 paid", "1 open"]);
    expect(await billsIn(fine)).toEqual(["0 paid", "1 paid"]);
  });

  it("half a year of a monthly subscription: each period once, on the anchor's day", async () => {
    const subscription = await subscribe();
    await advanceTo("2026-07-01T00:00:00Z");
    expect(await billsIn(subscription)).toEqual(["0 paid", "1 paid", "2 paid", "3 paid", "4 paid", "5 paid"]);
    const bills = await billsOf(ctx, subscription.uuid, 9);
    expect(bills.reverse().map(({ bill }) => bill.dueAt.toISOString().slice(0, 10))).toEqual([
      "2026-01-31",
      "2026-02-28",
      "2026-03-31",
      "2026-04-30",
      "2026-05-31",
      "2026-06-30",
    ]);
    expect(await read(subscription)).toMatchObject({ status: "active", nextBillAt: at("2026-07-31T12:00:00Z") });
    expect(world.taken.filter(({ hash }) => hash === subscription.mandateHash).map((one) => one.periodIndex)).toEqual([
      1, 2, 3, 4, 5,
    ]);
  });

  it("no funds: past due, retried on schedule, cancelled after 7 days; the bill is void", async () => {
    const subscription = await subscribe();
    world.walletOf(subscription.uuid).balanceBase = 0n;
    await advanceTo("2026-02-28T12:00:00Z");
    expect(await read(subscription)).toMatchObject({ status: "past_due", statusReason: "insufficient_balance" });
    await advanceTo("2026-03-08T00:00:00Z");
    expect(await read(subscription)).toMatchObject({
      status: "cancelled",
      statusReason: "grace_over",
      nextBillAt: null,
    });
    expect(await billsIn(subscription)).toEqual(["0 paid", "1 void"]);
    const failures = (await eventsOf(subscription)).filter(({ type }) => type === "bill.failed");
    expect(failures.map(({ createdAt }) => createdAt.toISOString().slice(0, 13))).toEqual([
      "2026-02-28T12",
      "2026-02-28T13",
      "2026-03-01T12",
      "2026-03-03T12",
      "2026-03-05T12",
      "2026-03-07T12",
    ]);
  });

  it("funds that come are noticed at the next look, the bill goes through then, and dates stay with the anchor", async () => {
    const subscription = await subscribe();
    const wallet = world.walletOf(subscription.uuid);
    wallet.allowanceBase = 1n;
    await advanceTo("2026-03-02T12:00:00Z");
    expect(await read(subscription)).toMatchObject({ status: "past_due", statusReason: "insufficient_allowance" });
    const { fundsCheckAt } = await read(subscription);
    wallet.allowanceBase = 10n ** 12n;
    await advanceTo("2026-03-20T12:00:00Z");
    expect(await read(subscription)).toMatchObject({ status: "active", nextBillAt: at("2026-03-31T12:00:00Z") });
    expect(await billsIn(subscription)).toEqual(["0 paid", "1 paid"]);
    const told = (await eventsOf(subscription)).slice(-2);
    expect(told.map(({ type, createdAt }) => [type, createdAt])).toEqual([
      ["bill.paid", fundsCheckAt],
      ["subscription.active", fundsCheckAt],
    ]);
  });

  it("a bill above the cap is pending; when the cap is raised it goes through", async () => {
    const subscription = await subscribe();
    world.stateOf(subscription.uuid).maximumBase = 20_000_000n;
    await advanceTo("2026-02-28T12:30:00Z");
    expect(await read(subscription)).toMatchObject({ status: "pending", statusReason: "cap_exceeded" });
    world.stateOf(subscription.uuid).maximumBase = 40_000_000n;
    await advanceTo("2026-02-28T12:50:00Z");
    expect(await read(subscription)).toMatchObject({ status: "active" });
  });

  it("the next bill is not covered: low on funds, and active again when topped up", async () => {
    const subscription = await subscribe();
    const wallet = world.walletOf(subscription.uuid);
    wallet.allowanceBase = 40_000_000n;
    await advanceTo("2026-02-28T12:30:00Z");
    expect(await read(subscription)).toMatchObject({ status: "low_on_funds", statusReason: "insufficient_allowance" });
    const { fundsCheckAt } = await read(subscription);
    wallet.allowanceBase = 50_000_000n;
    await advanceTo("2026-03-20T13:00:00Z");
    expect(await read(subscription)).toMatchObject({ status: "active", statusReason: null });
    expect((await eventsOf(subscription)).at(-1)?.createdAt).toEqual(fundsCheckAt);
  });

  it("a chain that is silent when a bill is due: nobody's fault, and charged at that instant once it is asked again", async () => {
    const subscription = await subscribe();
    world.setSilent(true);
    await advanceTo("2026-02-28T12:00:00Z");
    expect((await billsOf(ctx, subscription.uuid, 1))[0]?.attempt).toMatchObject({ reason: "chain_unavailable" });
    world.setSilent(false);
    expect(await timedBillingOf(world.parts).catchUp?.(ctx)).toBe(1);
    await settle();
    expect(await billsIn(subscription)).toEqual(["0 paid", "1 paid"]);
    expect((await eventsOf(subscription)).at(-1)).toMatchObject({ type: "bill.paid", createdAt: ctx.clock.now() });
    expect(await timedBillingOf(world.parts).catchUp?.(ctx)).toBe(0);
  });

  it("no price: nobody's grace begins, and it goes through when there is one", async () => {
    const subscription = await subscribe();
    isRateSilent = true;
    await advanceTo("2026-03-10T12:00:00Z");
    expect(await read(subscription)).toMatchObject({ status: "active" });
    const [open] = await billsOf(ctx, subscription.uuid, 1);
    expect(open).toMatchObject({
      bill: { status: "open", firstFailedAt: null },
      attempt: { reason: "rate_unavailable" },
    });
    isRateSilent = false;
    await advanceTo("2026-03-10T14:00:00Z");
    expect(await billsIn(subscription)).toEqual(["0 paid", "1 paid"]);
  });

  it("no price at the end of a grace: the last try comes first, however late", async () => {
    const subscription = await subscribe();
    const wallet = world.walletOf(subscription.uuid);
    wallet.balanceBase = 0n;
    await advanceTo("2026-03-01T13:00:00Z");
    isRateSilent = true;
    await advanceTo("2026-03-09T12:00:00Z");
    expect(await read(subscription)).toMatchObject({ status: "past_due" });
    isRateSilent = false;
    wallet.balanceBase = 10n ** 12n;
    await advanceTo("2026-03-09T14:00:00Z");
    expect(await read(subscription)).toMatchObject({ status: "active" });
  });

  it("after a downtime there is one bill, for the running period; what was missed is forgiven, and said", async () => {
    const subscription = await subscribe({ options: { frequency: { unit: "seconds", length: 86_400 } } });
    await advanceTo("2026-02-01T12:00:00Z");
    ctx.clock.set("2026-02-08T13:00:00Z");
    ctx.clock.billUntil(ctx.clock.now());
    // The signed calendar is monthly in these tests' chain: only the books' own dates are looked at here.
    world.stateOf(subscription.uuid).nextPeriodIndex = 0;
    await settle();
    expect(await billsIn(subscription)).toEqual(expect.arrayContaining(["8 paid"]));
    expect(await read(subscription)).toMatchObject({ nextBillAt: at("2026-02-09T12:00:00Z") });
    const forgiven = (await eventsOf(subscription)).filter(({ type }) => type === "bill.forgiven");
    expect(forgiven.at(-1)?.data).toMatchObject({ periods: 6, amountMicros: "150000000" });
  });

  it("a relay that refuses or never sends is ours: the bill is open and tried again", async () => {
    const subscription = await subscribe();
    ctx.clock.set("2026-02-28T12:00:00Z");
    ctx.clock.billUntil(ctx.clock.now());
    await billingStep(ctx, world.parts);
    expect(await billsIn(subscription)).toEqual(["0 paid", "1 charging"]);
    await world.giveUp(ctx, "expired");
    await billingStep(ctx, world.parts);
    expect(await read(subscription)).toMatchObject({ status: "active" });
    expect((await billsOf(ctx, subscription.uuid, 1))[0]).toMatchObject({
      bill: { status: "open", firstFailedAt: null },
      attempt: { state: "failed", reason: "chain_unavailable" },
    });
    await advanceTo("2026-02-28T12:05:00Z");
    expect(await billsIn(subscription)).toEqual(["0 paid", "1 paid"]);
  });

  it("stopped while a charge is under way that we cannot make: the next period is not charged for it", async () => {
    const subscription = await subscribe();
    ctx.clock.set("2026-02-28T12:00:00Z");
    ctx.clock.billUntil(ctx.clock.now());
    await billingStep(ctx, world.parts);
    await stopByCustomer(ctx, subscription.uuid);
    await world.giveUp(ctx, "expired");
    await billingStep(ctx, world.parts);
    expect(await billsIn(subscription)).toEqual(["0 paid", "1 open"]);
    // Nobody worked until its period was over.
    ctx.clock.set("2026-03-31T12:00:01Z");
    ctx.clock.billUntil(ctx.clock.now());
    await settle();
    expect(await billsIn(subscription)).not.toContain("1 paid");
    await advanceTo("2026-04-01T00:00:00Z");
    expect(await read(subscription)).toMatchObject({ status: "cancelled", statusReason: "stopped" });
    expect(await billsIn(subscription)).toEqual(["0 paid", "1 void"]);
  });

  it("pay-as-you-go that was stopped at the contract: its last bill is tried as soon as funds come", async () => {
    const subscription = await subscribe({ options: { kind: "payAsYouGo" } });
    const { uuid } = subscription;
    await increaseUnits(ctx, merchant.principal, { subscriptionUUID: uuid, increaseByAmount: 1 });
    await stopByCustomer(ctx, uuid);
    const [wallet, state] = [world.walletOf(uuid), world.stateOf(uuid)];
    state.status = "stopped";
    wallet.balanceBase = 0n;
    await advanceTo("2026-02-28T14:00:00Z");
    expect(await read(subscription)).toMatchObject({ status: "past_due" });
    wallet.balanceBase = 10n ** 12n;
    // Long before the next try of the schedule.
    await advanceTo("2026-02-28T18:00:00Z");
    expect(await billsIn(subscription)).toEqual(["0 paid"]);
    expect(await read(subscription)).toMatchObject({ status: "cancelled", statusReason: "stopped" });
  });

  it("a transaction without an event of a charge failed it, once the block is confirmed and the contract says so", async () => {
    const [unpaid, taken] = [await subscribe(), await subscribe()];
    ctx.clock.set("2026-02-28T12:00:00Z");
    ctx.clock.billUntil(ctx.clock.now());
    await billingStep(ctx, world.parts);
    await world.mineSilently(ctx);
    // The event of this one is still to be read.
    world.stateOf(taken.uuid).nextPeriodIndex = 2;
    const scanned = (number: number) =>
      db.query(
        `insert into chain_cursor (network, scanned_number, scanned_hash, head_number, head_at, updated_at)
         values ($1, $2, '0x1', $2, $3, $3) on conflict (network) do update set scanned_number = excluded.scanned_number`,
        [testNetwork.slug, number, ctx.clock.now()],
      );
    await scanned(6);
    await billingStep(ctx, world.parts);
    expect(await billsIn(unpaid)).toEqual(["0 paid", "1 charging"]);
    await scanned(7);
    await billingStep(ctx, world.parts);
    await db.query("delete from chain_cursor");
    expect((await billsOf(ctx, unpaid.uuid, 1))[0]).toMatchObject({
      bill: { status: "open" },
      attempt: { state: "failed", reason: "payout_failed" },
    });
    expect(await billsIn(taken)).toEqual(["0 paid", "1 charging"]);
  });

  it("one mandate that makes its whole transaction fail holds up only itself", async () => {
    const [bad, ...good] = await Promise.all(Array.from({ length: 12 }, () => subscribe()));
    ctx.clock.set("2026-02-28T12:00:00Z");
    ctx.clock.billUntil(ctx.clock.now());
    for (let round = 0; round < 4; round += 1) {
      await billingStep(ctx, world.parts);
      await world.giveUp(ctx, "refused", bad?.uuid);
      await world.mine(ctx);
      await billingStep(ctx, world.parts);
      ctx.clock.advance(5 * 60_000);
      ctx.clock.billUntil(ctx.clock.now());
    }
    for (const subscription of good) expect(await billsIn(subscription)).toEqual(["0 paid", "1 paid"]);
    expect(await billsIn(bad as Subscription)).not.toContain("1 paid");
  });

  it("a trial that was authorised ends with its first charge; one that was not expires, and is over 7 days later", async () => {
    const trialEndsAt = at("2026-02-14T12:00:00Z");
    const authorised = await subscribe({ start: { trialEndsAt } });
    const later = await subscribe({ isAuthorised: false, start: { trialEndsAt } });
    await advanceTo("2026-02-14T12:00:00Z");
    expect(await read(authorised)).toMatchObject({ status: "active", nextBillAt: at("2026-03-14T12:00:00Z") });
    expect(await read(later)).toMatchObject({ status: "trial_expired", statusEndsAt: at("2026-02-21T12:00:00Z") });
    await advanceTo("2026-02-21T12:00:00Z");
    expect(await read(later)).toMatchObject({ status: "cancelled", statusReason: "trial_over" });
  });

  it("test mode bills nothing by itself; execute-billing does, once, and only what is due", async () => {
    const subscription = await subscribe();
    const { principal } = merchant;
    await expect(executeBilling(ctx, principal, subscription.uuid)).rejects.toMatchObject({ code: "payment_not_due" });
    ctx.clock.billUntil(null);
    ctx.clock.set("2026-03-01T00:00:00Z");
    await settle();
    expect(await billsIn(subscription)).toEqual(["0 paid"]);
    const both = await Promise.all([1, 2].map(() => executeBilling(ctx, principal, subscription.uuid)));
    expect(both.map(({ message }) => message)).toEqual(["The bill is being charged.", "The bill is being charged."]);
    await settle();
    expect(await billsIn(subscription)).toEqual(["0 paid", "1 paid"]);
    const { status } = await transactionProgress(ctx, { uuid: subscription.uuid, type: "executeSubscription" });
    expect(status).toMatchObject({ type: "executeSubscription", status: "completed" });
    await expect(executeBilling(ctx, { ...principal, test: false }, subscription.uuid)).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("execute-billing asks nothing for a trial's usage, though no worker has ended the trial", async () => {
    const trialEndsAt = at("2026-02-07T12:00:00Z");
    const { uuid } = await subscribe({ options: { kind: "payAsYouGo" }, start: { trialEndsAt } });
    await increaseUnits(ctx, merchant.principal, { subscriptionUUID: uuid, increaseByAmount: 5 });
    ctx.clock.set("2026-03-07T12:00:00Z");
    const { message } = await executeBilling(ctx, merchant.principal, uuid);
    expect(message).toBe("The period had nothing to pay.");
  });

  it("two workers at once: every bill is charged exactly once", async () => {
    const all: Subscription[] = [];
    for (let count = 0; count < 40; count += 1) all.push(await subscribe());
    const before = world.taken.length;
    ctx.clock.set("2026-02-28T12:00:00Z");
    ctx.clock.billUntil(ctx.clock.now());
    for (let round = 0; round < 6; round += 1) {
      await Promise.all([1, 2, 3].map(() => billingStep(ctx, world.parts)));
      await world.mine(ctx);
    }
    for (const subscription of all) expect(await billsIn(subscription)).toEqual(["0 paid", "1 paid"]);
    expect(world.taken.length - before).toBe(40);
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      "when its claim runs out",
      () => db.query("update bill set claimed_until = clock_timestamp() where claim is not null"),
    ],
    ["at once where it was the only one there was", () => freeAbandoned(ctx)],
  ])("a worker that dies in its transaction leaves nothing, and gives its bills back %s", async (_when, free) => {
    const subscription = await subscribe();
    ctx.clock.set("2026-02-28T12:00:00Z");
    ctx.clock.billUntil(ctx.clock.now());
    const dying = { ...world.parts, enqueueCalls: () => Promise.reject(new Error("killed")) };
    await billingStep(ctx, dying);
    expect((await billsOf(ctx, subscription.uuid, 1))[0]).toMatchObject({ bill: { status: "open" }, attempt: null });
    await settle();
    expect(await billsIn(subscription)).toEqual(["0 paid", "1 open"]);
    await free();
    await settle();
    expect(await billsIn(subscription)).toEqual(["0 paid", "1 paid"]);
  });
});
