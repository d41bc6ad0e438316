// A week in which nothing ran, on a real chain: one bill for each subscription afterwards, and the right dates. And what
// strangers do meanwhile.
import type { Hex } from "@qbitflow/chains";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadMandates } from "../mandate/index.ts";
import { increaseUnits } from "../usage/index.ts";
import { type BillingChain, openBillingChain } from "./anvil.testing.ts";
import { billingParts } from "./parts.ts";
import { billingStep } from "./run.ts";

const DAY_MS = 86_400_000;
let world: BillingChain;
beforeAll(async () => {
  world = await openBillingChain();
});
afterAll(() => world.close());

const rowsOf = (uuid: string, columns: string) =>
  world.ctx.db.query<Record<string, unknown>>(
    `select ${columns} from bill b left join bill_attempt a on a.bill_uuid = b.uuid and a.state = 'charged'
     where b.subscription_uuid = '${uuid}' order by b.period_index`,
  );
const subscription = async (uuid: string) =>
  (await world.ctx.db.query<Record<string, unknown>>(`select * from subscription where uuid = '${uuid}'`))[0] ?? {};
const eventsOf = (uuid: string, type: string) =>
  world.ctx.db.query<{ data: object }>(
    `select data from event where subject_uuid = '${uuid}' and type = '${type}' order by id`,
  );
const paid = (uuid: string) => world.count("bill", `subscription_uuid = '${uuid}' and status = 'paid'`);

test("a week off with daily bills: one bill each, what was missed is forgiven or carried, and the dates stay", {
  timeout: 90_000,
}, async () => {
  const daily = { value: 1, unit: "days" };
  const fixed = await world.subscribe({ price: 10, options: { subscriptionType: "subscription", frequency: daily } });
  const options = { subscriptionType: "payAsYouGo", frequency: daily };
  const metered = await world.subscribe({ price: 0.5, options, limit: 40 });
  const use = (increaseByAmount: number) =>
    increaseUnits(world.ctx, world.merchant.principal, { subscriptionUUID: metered, increaseByAmount });
  const anchorOf = async (uuid: string) => ((await subscription(uuid)).anchor_at as Date).getTime();
  const [fixedAnchor, meteredAnchor] = [await anchorOf(fixed), await anchorOf(metered)];

  // The second day is billed as ever.
  await use(10);
  await world.jump(DAY_MS);
  await world.billUntil(async () => (await paid(fixed)) === 2 && (await paid(metered)) === 1);
  await use(6.5);
  // Nothing runs for a week: neither our clock nor the chain's waits.
  await world.jump(7 * DAY_MS);
  await world.billUntil(async () => (await paid(fixed)) === 3 && (await paid(metered)) === 2);

  const day = (anchor: number, days: number) => new Date(anchor + days * DAY_MS);
  expect(await rowsOf(fixed, "b.period_index, b.status, b.amount_micros, b.period_starts_at, a.amount_base")).toEqual(
    [0, 1, 8].map((index) => ({
      period_index: BigInt(index),
      status: "paid",
      amount_micros: 10_000_000n,
      period_starts_at: day(fixedAnchor, index),
      amount_base: "10000000",
    })),
  );
  const forgiven = { periodIndex: 2, periods: 6, amountMicros: "60000000" };
  expect(await eventsOf(fixed, "bill.forgiven")).toEqual([{ data: forgiven }]);
  expect(await subscription(fixed)).toMatchObject({
    status: "active",
    next_period_index: 9n,
    next_bill_at: day(fixedAnchor, 9),
  });

  // What was used in a period that nobody billed is in the one bill there is; nothing of it is forgiven.
  expect(await rowsOf(metered, "b.period_index, b.status, b.amount_micros, b.units_micros, b.due_at")).toEqual([
    ...[
      {
        period_index: 0n,
        status: "paid",
        amount_micros: 5_000_000n,
        units_micros: 10_000_000n,
        due_at: day(meteredAnchor, 1),
      },
    ],
    ...[
      {
        period_index: 7n,
        status: "paid",
        amount_micros: 3_250_000n,
        units_micros: 6_500_000n,
        due_at: day(meteredAnchor, 8),
      },
    ],
  ]);
  expect(await eventsOf(metered, "bill.forgiven")).toEqual([]);
  expect(await subscription(metered)).toMatchObject({
    status: "active",
    next_period_index: 8n,
    next_bill_at: day(meteredAnchor, 9),
    units_current_micros: 0n,
  });

  // And on from there, at the same time of day.
  await world.jump(DAY_MS);
  await world.billUntil(async () => (await paid(fixed)) === 4);
  expect((await subscription(fixed)).next_bill_at).toEqual(day(fixedAnchor, 10));
});

test("a stranger who has a charge refused while ours is on its way fails nobody's bill", {
  timeout: 60_000,
}, async () => {
  const { ctx, chain } = world;
  const frequency = { value: 1, unit: "days" };
  const uuid = await world.subscribe({ price: 10, options: { subscriptionType: "subscription", frequency } });
  const hash = (await subscription(uuid)).mandate_hash as Hex;
  const [mandate] = (await loadMandates(ctx, [{ network: chain.slug, hash }])).values();
  const mandates = ctx.chains.get(chain.slug)?.mandates;
  if (!mandate || !mandates) throw new Error("The subscription has a mandate.");
  await world.jump(DAY_MS);

  // His words are the mandate's own. The last one is no truth value: that is refused before anybody asks who he is.
  const charge = { mandate: mandate.terms, periodIndex: 1, amountBase: 10_000_000n, feeBps: 0, executionFeeBase: 0n };
  const { to, data } = mandates.chargeCall([charge]);
  await chain.send({ to: to as Hex, data: data as Hex });
  await chain.send({ to: to as Hex, data: `${data.slice(0, -1)}2` as Hex });
  const isSending = () =>
    world.count(
      "bill_attempt",
      `state = 'sending' and bill_uuid in (select uuid from bill where subscription_uuid = '${uuid}')`,
    );
  while ((await isSending()) === 0) await billingStep(ctx, billingParts);
  await world.billUntil(async () => (await paid(uuid)) === 2);

  const refused = "type = 'charge_failed' and confirmed_at is not null and data ->> 'reason' =";
  expect(await world.count("mandate_event", `uuid = '${uuid}' and ${refused} 'terms_refused'`)).toBe(1);
  expect(await world.count("mandate_event", `uuid = '${uuid}' and ${refused} 'token_refused'`)).toBe(1);
  expect(await eventsOf(uuid, "bill.failed")).toEqual([]);
  expect(await eventsOf(uuid, "subscription.past_due")).toEqual([]);
  expect(await subscription(uuid)).toMatchObject({ status: "active", next_period_index: 2n });
});
