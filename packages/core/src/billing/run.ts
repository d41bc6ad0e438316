import { findBills } from "../bill/index.ts";
import type { Context, ServiceContext } from "../context.ts";
import { createBell, runLoop } from "../loop.ts";
import { findSubscriptions } from "../subscription/store.ts";
import type { TimedPart } from "../timed-part.ts";
import { togetherOrAlone } from "../together-or-alone.ts";
import { checkFunds, nextTellingLook } from "./check-funds.ts";
import { endStatuses } from "./end-statuses.ts";
import { makeBills } from "./make-bills.ts";
import { type BillingParts, billingParts } from "./parts.ts";
import { priceBills } from "./price-bills.ts";
import { createProgress, type Progress } from "./progress.ts";
import { sendBills } from "./send-bills.ts";
import { settleCalls } from "./settle-calls.ts";
import { type BillingTime, claimBills, countDue, findNextInstant, hurryUnasked, isAnythingDue } from "./store.ts";

const BATCH = 500;
/** Longer than asking rates and chains takes, and shorter than a test clock waits for what is due. */
const LEASE_MS = 45_000;
const EVERY_MS = 1_000;

const timeOf = (ctx: Context): BillingTime => ({ now: ctx.clock.now(), testUntil: ctx.clock.testBillingUntil() });

/** How many bills are to be made or charged now, for the operator. */
export const dueBills = (ctx: Context): Promise<number> => countDue(ctx.db, timeOf(ctx));

/** Claims, prices and sends due bills, at most `limit`. Returns how many were claimed. */
export async function chargeBills(ctx: Context, parts: BillingParts, limit: number): Promise<number> {
  const claim = ctx.ids.uuid();
  const claimed = await claimBills(ctx.db, { ...timeOf(ctx), limit, claim, leaseMs: LEASE_MS });
  if (claimed.length === 0) return 0;
  const [bills, subscriptions] = await Promise.all([
    findBills(
      ctx.db,
      claimed.map(({ uuid }) => uuid),
    ),
    findSubscriptions(
      ctx.db,
      claimed.map(({ subscriptionUuid }) => subscriptionUuid),
    ),
  ]);
  const subscriptionOf = new Map(subscriptions.map((subscription) => [subscription.uuid, subscription]));
  const due = new Map(
    bills.flatMap((bill) => {
      const subscription = subscriptionOf.get(bill.subscriptionUuid);
      return subscription ? [[bill.uuid, { bill, subscription }] as const] : [];
    }),
  );
  const charge = async (uuids: readonly string[]) => {
    const some = uuids.flatMap((uuid) => due.get(uuid) ?? []);
    return sendBills(ctx, parts, { claim, priced: await priceBills(ctx, parts, some) });
  };
  await togetherOrAlone(ctx, { uuids: [...due.keys()], message: "a bill could not be charged", work: charge });
  return claimed.length;
}

/** Everything that is due now, once. Returns whether more of it waits. */
export async function billingStep(ctx: Context, parts: BillingParts, progress?: Progress): Promise<boolean> {
  await settleCalls(ctx, parts);
  const made = await makeBills(ctx, BATCH);
  const claimed = await chargeBills(ctx, parts, BATCH);
  const looked = await checkFunds(ctx, parts, BATCH);
  const ended = await endStatuses(ctx, BATCH);
  const worked = [made, claimed, looked, ended].some((count) => count > 0);
  await progress?.look(made + claimed > 0, timeOf(ctx));
  return worked;
}

/**
 * Bills until the signal aborts: makes what is due, charges it, looks for funds that came, ends what is over. Any number
 * of processes may run it, and any of them may die at any moment. Woken by NOTIFY `bill_due`, `relay_settled` and
 * `clock_moved`; without one it looks every second.
 */
export async function runBilling(
  ctx: ServiceContext,
  { signal, parts = billingParts }: { readonly signal: AbortSignal; readonly parts?: BillingParts },
): Promise<void> {
  const bell = createBell();
  const stops = [];
  for (const channel of ["bill_due", "relay_settled", "clock_moved"]) {
    stops.push(await ctx.db.listen(channel, () => bell.ring()));
  }
  const progress = createProgress(ctx);
  const step = async () => ((await billingStep(ctx, parts, progress)) ? 0 : EVERY_MS);
  try {
    await runLoop({ name: "billing", log: ctx.log, signal, bell, step });
  } finally {
    for (const stop of stops) await stop().catch(() => undefined);
  }
}

/** Bills, retries, trials, graces, and those looks at wallets that would find something. */
export const timedBillingOf = (parts: BillingParts): TimedPart => ({
  name: "billing",
  nextDueAt: async (ctx, after) => {
    const before = await findNextInstant(ctx.db, after);
    return (await nextTellingLook(ctx, parts, { after, before })) ?? before;
  },
  isQuiet: async (ctx) => !(await isAnythingDue(ctx.db, timeOf(ctx))),
  catchUp: (ctx) => hurryUnasked(ctx.db, ctx.clock.now()),
});

export const timedBilling: TimedPart = timedBillingOf(billingParts);
