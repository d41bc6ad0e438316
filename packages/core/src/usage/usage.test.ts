import { createRates, fixedSource } from "@qbitflow/rates";
import { dbKinds, type SeededMerchant, seedMerchant, type TestContext, testContext } from "@qbitflow/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listEvents } from "../event/index.ts";
import { loadBooks } from "../subscription/book.ts";
import { billsOf, forceCancel, getSubscription, lookAtRates, subscriptionResource } from "../subscription/index.ts";
import { openBill } from "../subscription/open-bill.ts";
import { saveBooks } from "../subscription/save-books.ts";
import { type Seeding, seedSubscription } from "../subscription/subscription.testing.ts";
import { increaseUnits, recordUsageEvents } from "./index.ts";

describe.each(dbKinds)("%s", (kind) => {
  let ctx: TestContext;
  let shop: SeededMerchant;
  let uuid: string;

  beforeAll(async () => {
    ctx = await testContext({ kind });
  });
  afterAll(() => ctx.close());

  /** 0.10 USD a unit, at most 10 USD a month. */
  const metered = (seeding: Seeding = {}) => {
    const options = { kind: "payAsYouGo", ...seeding.options } as const;
    const start = { maxSpendingMicros: 10_000_000n, ...seeding.start };
    return seedSubscription(ctx, shop, { priceMicros: 100_000n, ...seeding, options, start });
  };
  const increase = (amount: unknown, of = uuid) =>
    increaseUnits(ctx, shop.principal, { subscriptionUUID: of, increaseByAmount: amount });
  const event = (eventId: string, units: unknown = 1, of = uuid) => {
    return { eventId, subscriptionUUID: of, units, occurredAt: "2026-03-01T11:00:00Z" };
  };
  const record = (...events: object[]) => recordUsageEvents(ctx, shop.principal, { events });
  const units = async (of = uuid) => (await getSubscription(ctx, shop.principal, of)).unitsCurrentMicros;
  const told = async () =>
    (await listEvents(ctx, shop.principal, { limit: 100 })).items
      .filter(({ type }) => type.startsWith("usage."))
      .map(({ type }) => type)
      .reverse();
  const closePeriod = () =>
    ctx.db.transaction(async (tx) => {
      const txCtx = { ...ctx, db: tx };
      const books = await loadBooks(txCtx, [uuid]);
      for (const book of books) {
        openBill(book, { now: ctx.clock.now(), dustLimitMicros: 1_000_000n, newUuid: ctx.ids.uuid });
      }
      await saveBooks(txCtx, books);
    });

  beforeEach(async () => {
    ctx.clock.set("2026-03-01T12:00:00Z");
    shop = await seedMerchant(ctx);
    uuid = (await metered()).uuid;
  });

  test("what an answer tells in USD is asked of exchanges before, and not while the subscription is held", async () => {
    let asked = 0;
    const fixed = fixedSource({ clock: ctx.clock });
    const fetch: typeof fixed.fetch = (symbols, signal) => {
      asked += 1;
      return fixed.fetch(symbols, signal);
    };
    const rates = createRates({ sources: [{ ...fixed, fetch }], clock: ctx.clock, guards: { minSources: 1 } });
    await ctx.db.query("update subscription set allowance_base = 5000000 where uuid = $1", [uuid]);
    const own = { ...ctx, rates };
    await lookAtRates(own, shop.principal);
    const before = asked;
    expect(before).toBeGreaterThan(0);
    await ctx.db.transaction(async (tx) => {
      const txCtx = { ...own, db: tx };
      const resource = await subscriptionResource(txCtx, await getSubscription(txCtx, shop.principal, uuid));
      expect(resource.allowance).toBeGreaterThan(0);
    });
    expect(asked).toBe(before);
  });

  test("a period that is over is closed before anything is added, though no worker came to it", async () => {
    await increase(30);
    ctx.clock.set("2026-04-01T12:00:00Z");
    ctx.clock.billUntil(ctx.clock.now());
    await increase(7);
    expect(await units()).toBe(7_000_000n);
    const [closed] = await billsOf(ctx, uuid, 9);
    expect(closed?.bill).toMatchObject({
      periodIndex: 0,
      unitsMicros: 30_000_000n,
      amountMicros: 3_000_000n,
      status: "open",
    });
    await record(event("after the end", 2));
    expect(await units()).toBe(9_000_000n);
    ctx.clock.billUntil(null);
  });

  test("what was used in a trial is free, and what comes right after it is not", async () => {
    const trialEndsAt = new Date("2026-03-08T12:00:00Z");
    const { uuid: tried } = await metered({ start: { trialEndsAt } });
    await increase(5, tried);
    ctx.clock.set(trialEndsAt);
    await increase(3, tried);
    expect(await units(tried)).toBe(3_000_000n);
  });

  test("fractions add up exactly, and many increases at once all count", async () => {
    await Promise.all(Array.from({ length: 10 }, () => increase(0.1)));
    expect(await units()).toBe(1_000_000n);
    const { subscription, capReached } = await increase(0.000001);
    expect([subscription.unitsCurrentMicros, capReached]).toEqual([1_000_001n, false]);
  });

  test.each([
    0,
    -0,
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e30,
    1_000_000_000.000001,
    0.0000001,
    1.0000001,
    "5",
    null,
    [],
  ])("%s units are refused and change nothing", async (amount) => {
    const wrong = { code: "validation_failed", kind: "invalid" };
    await expect(increase(amount)).rejects.toMatchObject(wrong);
    await expect(record(event("good"), event("bad", amount))).rejects.toMatchObject({
      ...wrong,
      fields: [{ field: "events[1].units" }],
    });
    expect(await units()).toBe(0n);
    expect(await record(event("good"))).toMatchObject({ recorded: 1 });
  });

  test("more than a period can hold is refused", async () => {
    await increase(1_000_000_000);
    await expect(increase(0.000001)).rejects.toMatchObject({ code: "unprocessable" });
    const dear = await metered({ priceMicros: 1_000_000_000_000n });
    await increase(1_000, dear.uuid);
    await expect(increase(0.000001, dear.uuid)).rejects.toMatchObject({ code: "unprocessable" });
  });

  test("an event's id counts once, in one batch, in the next and in many at once", async () => {
    const first = await record(event("a", 1.5), event("b"), event("a", 1.5));
    expect(first).toEqual({
      recorded: 2,
      repeated: 1,
      subscriptions: [{ uuid, unitsCurrentMicros: 2_500_000n, capReached: false }],
    });
    const batches = [
      [event("c"), event("d"), event("a", 1.5)],
      [event("d"), event("c")],
    ];
    const results = await Promise.all([0, 1, 0, 1, 0].map((which) => record(...(batches[which] ?? []))));
    expect(results.reduce((sum, { recorded }) => sum + recorded, 0)).toBe(2);
    expect(await units()).toBe(4_500_000n);
    // The same moment and units, written otherwise.
    const same = {
      ...event("a", 1.5),
      subscriptionUUID: uuid.toUpperCase(),
      occurredAt: "2026-03-01T12:00:00.000+01:00",
    };
    expect(await record(same)).toMatchObject({ recorded: 0, repeated: 1 });
  });

  test("a known id with another content is refused, with all of its batch", async () => {
    await record(event("a"));
    const other = await metered();
    const contradictions = [
      event("a", 2),
      event("a", 1, other.uuid),
      { ...event("a"), occurredAt: "2026-03-01T11:00:01Z" },
      { ...event("a"), metadata: { k: "v" } },
    ];
    for (const changed of contradictions) {
      await expect(record(event("new"), changed)).rejects.toMatchObject({
        kind: "conflict",
        code: "usage_event_conflict",
      });
    }
    await expect(record(event("x"), event("x", 2))).rejects.toMatchObject({ code: "usage_event_conflict" });
    expect([await units(), await units(other.uuid)]).toEqual([1_000_000n, 0n]);
  });

  test("batches are 1 to 1000 events, over several subscriptions; ids belong to an organization and mode", async () => {
    const other = await metered();
    const many = Array.from({ length: 1_000 }, (_, index) => event(`e${index}`, 0.001, index % 2 ? uuid : other.uuid));
    expect(await record(...many)).toMatchObject({ recorded: 1_000, repeated: 0 });
    expect([await units(), await units(other.uuid)]).toEqual([500_000n, 500_000n]);
    for (const wrong of [[], [...many, event("last")], "events", { length: 1 }]) {
      const refused = recordUsageEvents(ctx, shop.principal, { events: wrong });
      await expect(refused).rejects.toMatchObject({ code: "validation_failed" });
    }
    shop = await seedMerchant(ctx);
    expect(await record(event("e1", 1, (await metered()).uuid))).toMatchObject({ recorded: 1 });
  });

  test("wrong fields are all named by their place", async () => {
    const refused = record(
      event(""),
      {
        eventId: "b",
        subscriptionUUID: "x",
        units: 1,
        occurredAt: "2026-03-01 11:00",
      },
      { ...event("old"), occurredAt: "0000-01-01T00:00:00Z" },
      { ...event("nowhere"), subscriptionUUID: "" },
    );
    await expect(refused).rejects.toMatchObject({
      fields: [
        { field: "events[0].eventId" },
        { field: "events[1].subscriptionUUID" },
        { field: "events[1].occurredAt" },
        { field: "events[2].occurredAt" },
        { field: "events[3].subscriptionUUID" },
      ],
    });
  });

  test("a foreign, fixed or ended subscription takes none; a repetition of what it took is still one", async () => {
    const fixed = await seedSubscription(ctx, shop);
    await expect(increase(1, fixed.uuid)).rejects.toMatchObject({ code: "unprocessable" });
    const mine = shop;
    shop = await seedMerchant(ctx);
    await expect(increase(1)).rejects.toMatchObject({ kind: "not_found", code: "not_found" });
    await expect(record(event("a"))).rejects.toMatchObject({ kind: "not_found", code: "not_found" });
    shop = { ...mine, principal: { ...mine.principal, test: false } };
    await expect(record(event("a"))).rejects.toMatchObject({ code: "not_found" });
    shop = mine;
    await record(event("a"));
    await forceCancel(ctx, shop.principal, uuid);
    await expect(increase(1)).rejects.toMatchObject({ kind: "conflict", code: "subscription_cancelled" });
    await expect(record(event("a"), event("b"))).rejects.toMatchObject({ code: "subscription_cancelled" });
    expect(await record(event("a"))).toMatchObject({ recorded: 0, repeated: 1 });
  });

  test("80 % and 100 % of the cap are told once per period, with a webhook; what is over is counted, too", async () => {
    expect((await increase(79)).capReached).toBe(false);
    expect(await told()).toEqual([]);
    await increase(1);
    expect((await increase(19)).capReached).toBe(false);
    expect(await told()).toEqual(["usage.threshold"]);
    expect((await record(event("a"))).subscriptions[0]?.capReached).toBe(true);
    expect((await increase(50)).capReached).toBe(true);
    expect(await told()).toEqual(["usage.threshold", "usage.cap_reached"]);
    const deliveries = await ctx.db.query<{ body: string }>(
      "select body from webhook_delivery where subject_uuid = $1 and stream = 'billing' order by sequence",
      [uuid],
    );
    expect(deliveries.map(({ body }) => JSON.parse(body))).toMatchObject([
      { subscriptionUUID: uuid, subscriptionReference: "sub-1", usagePercent: 80, unitsCurrentPeriod: 80 },
      { usagePercent: 100, unitsCurrentPeriod: 100, maxSpendingPerPeriod: 10 },
    ]);
    ctx.clock.set("2026-04-01T12:00:00Z");
    await closePeriod();
    // 5 USD were carried over.
    await increase(30);
    expect(await told()).toHaveLength(3);
    expect(await units()).toBe(30_000_000n);
  });

  test("both thresholds are told when they are passed at once; free credits come first; without a cap there are none", async () => {
    const free = await metered({ options: { kind: "payAsYouGo", freeCreditsMicros: "5000000" } });
    expect((await increase(149, free.uuid)).capReached).toBe(false);
    expect(await told()).toEqual(["usage.threshold"]);
    await increase(100);
    expect(await told()).toEqual(["usage.threshold", "usage.threshold", "usage.cap_reached"]);
    const open = await metered({ start: { maxSpendingMicros: null } });
    expect((await increase(1_000_000, open.uuid)).capReached).toBe(false);
  });
});
