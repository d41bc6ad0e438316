import type { Db } from "@qbitflow/db";
import { createFixedRates, type Rates, RateUnavailableError } from "@qbitflow/rates";
import { fakeClock, type SeededMerchant, seedMerchant, type TestContext, testContext, testDb } from "@qbitflow/testkit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { seedSubscription } from "../subscription/subscription.testing.ts";
import type { BillingParts } from "./parts.ts";
import { billingStep } from "./run.ts";
import { type BillingWorld, billingWorld } from "./simulation.testing.ts";

const SUBSCRIPTIONS = 25;
const STEPS = 70;
const HOUR_MS = 3_600_000;
const DAY = { unit: "seconds", length: 86_400 } as const;

let db: Db;
let ctx: TestContext;
let merchant: SeededMerchant;
let world: BillingWorld;
let isRateSilent = false;

function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

beforeAll(async () => {
  world = billingWorld();
  db = await testDb("postgres");
  const clock = fakeClock("2026-03-01T00:00:00Z");
  const fixed = createFixedRates(clock);
  const rates: Rates = {
    fixed: true,
    rate: (symbol) =>
      isRateSilent ? Promise.reject(new RateUnavailableError(symbol, "too_few_sources", [])) : fixed.rate(symbol),
  };
  ctx = await testContext({ db, clock, rates, chains: [world.adapter] });
  await world.prepare(ctx);
  merchant = await seedMerchant(ctx);
}, 60_000);
afterAll(() => db.close());

async function subscribe(kind: "subscription" | "payAsYouGo"): Promise<string> {
  const subscription = await seedSubscription(ctx, merchant, { options: { kind, frequency: DAY } });
  const { uuid, mandateHash, anchorAt, nextBillAt } = subscription;
  const isFixed = kind === "subscription";
  const firstChargeAt = (isFixed ? anchorAt : (nextBillAt ?? anchorAt)).getTime() / 1_000;
  const signed = { uuid, hash: mandateHash ?? "", firstChargeAt, period: DAY };
  world.sign({ ...signed, kind: isFixed ? "fixed" : "payAsYouGo", maxPerPeriodBase: 10n ** 12n });
  if (isFixed) world.stateOf(uuid).nextPeriodIndex = 1;
  return uuid;
}

/** Some workers at once; one of them may be killed before it commits, or after it claimed. */
async function work(random: (below: number) => number): Promise<void> {
  const killed: BillingParts = { ...world.parts, enqueueCalls: () => Promise.reject(new Error("killed")) };
  const workers = Array.from({ length: 1 + random(3) }, () => (random(5) === 0 ? killed : world.parts));
  const ended = await Promise.allSettled(workers.map((parts) => billingStep(ctx, parts)));
  for (const one of ended) if (one.status === "rejected") expect(String(one.reason)).toContain("killed");
  await db.query("update bill set claimed_until = clock_timestamp() - interval '1 second' where claim is not null");
}

async function settleAll(): Promise<void> {
  for (let round = 0; round < 40; round += 1) {
    const isBusy = await billingStep(ctx, world.parts);
    const calls = await world.mine(ctx);
    if (!isBusy && calls === 0) return;
  }
  throw new Error("billing does not come to rest");
}

it.each([1, 2])(
  "whatever happens in between, each period is charged at most once and the books are the chain (%i)",
  async (seed) => {
    const random = randomOf(seed);
    const uuids: string[] = [];
    for (let count = 0; count < SUBSCRIPTIONS; count += 1) {
      uuids.push(await subscribe(count % 3 === 0 ? "payAsYouGo" : "subscription"));
    }
    for (let step = 0; step < STEPS; step += 1) {
      ctx.clock.advance((1 + random(8)) * HOUR_MS);
      ctx.clock.billUntil(ctx.clock.now());
      const uuid = uuids[random(uuids.length)] ?? "";
      if (random(4) === 0) world.walletOf(uuid).balanceBase = random(2) === 0 ? 0n : 10n ** 12n;
      if (random(10) === 0) world.stateOf(uuid).maximumBase = random(2) === 0 ? 1n : 10n ** 12n;
      if (random(2) === 0) {
        await db.query(
          "update subscription set units_current_micros = units_current_micros + 100000 where uuid = $1 and kind = 'payAsYouGo'",
          [uuid],
        );
      }
      isRateSilent = random(8) === 0;
      await work(random);
      const fate = random(10);
      if (fate === 0) await world.giveUp(ctx, random(2) === 0 ? "expired" : "refused");
      else if (fate < 8) await world.mine(ctx);
      if (random(6) === 0) await world.reorganise(ctx, random(2) === 0);
    }
    isRateSilent = false;
    ctx.clock.advance(HOUR_MS);
    ctx.clock.billUntil(ctx.clock.now());
    await settleAll();

    const slots = world.taken.map(({ hash, periodIndex }) => `${hash}:${periodIndex}`);
    expect(new Set(slots).size).toBe(slots.length);
    const [books] = await db.query<{ count: bigint; sum: string }>(
      `select count(*) as count, coalesce(sum(a.amount_base), 0)::text as sum from bill b join bill_attempt a on a.bill_uuid = b.uuid
     where b.status = 'paid' and a.state = 'charged' and a.relay_call_uuid is not null`,
    );
    expect(Number(books?.count)).toBe(world.taken.length);
    expect(BigInt(books?.sum ?? 0)).toBe(world.taken.reduce((sum, { amountBase }) => sum + amountBase, 0n));
    const [strange] = await db.query<{ doubled: bigint; unpaid: bigint; charging: bigint; open: bigint }>(
      `select
       (select count(*) from (select 1 from bill_attempt where state = 'charged' group by bill_uuid having count(*) > 1) d) as doubled,
       (select count(*) from bill_attempt a join bill b on b.uuid = a.bill_uuid where a.state = 'charged' and b.status <> 'paid') as unpaid,
       (select count(*) from bill where status = 'charging') as charging,
       (select count(*) from bill b join subscription s on s.uuid = b.subscription_uuid
          where b.status = 'open' and s.status = 'cancelled') as open`,
    );
    expect(strange).toEqual({ doubled: 0n, unpaid: 0n, charging: 0n, open: 0n });
    expect(world.taken.length).toBeGreaterThan(25);
  },
  120_000,
);
