import type { Period } from "@qbitflow/chains";
import type { CheckoutSession } from "../checkout-session/index.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/index.ts";
import { changeSubscription, loadBooks } from "./book.ts";
import { periodStartsAt } from "./calendar.ts";
import { attemptOfFact, type ChargeFact } from "./charge-fact.ts";
import { billPaid } from "./charge-outcome.ts";
import { openBill } from "./open-bill.ts";
import { saveBooks } from "./save-books.ts";
import { findSubscriptions, insertSubscription } from "./store.ts";
import type { Subscription } from "./subscription.ts";

/** What of a session a subscription keeps. */
export interface StartSession
  extends Pick<
    CheckoutSession,
    | "uuid"
    | "organizationId"
    | "test"
    | "userId"
    | "productId"
    | "productName"
    | "description"
    | "priceMicros"
    | "customerUuid"
    | "webhookUrl"
    | "reference"
    | "metadata"
  > {
  readonly options: {
    readonly kind: "subscription" | "payAsYouGo";
    readonly frequency: Period;
    readonly freeCreditsMicros?: string;
    readonly minPeriods?: number;
  } | null;
}

export interface StartInput {
  readonly session: StartSession;
  /** Null when the customer authorises later. */
  readonly mandate: { readonly network: string; readonly hash: string } | null;
  /** When its periods begin, unless a trial stands before them. */
  readonly startedAt: Date;
  readonly trialEndsAt: Date | null;
  /** Confirmed, in the activation's transaction: fixed without trial. */
  readonly firstCharge: ChargeFact | null;
  /** Most one bill may ask, in micro-dollars: payAsYouGo. */
  readonly maxSpendingMicros?: bigint | null;
}

/** Whole seconds, as chains count. */
const wholeSeconds = (at: Date): Date => new Date(Math.floor(at.getTime() / 1_000) * 1_000);

function newSubscription({ session, mandate, ...input }: StartInput, now: Date): Subscription {
  const { options, customerUuid, productId } = session;
  if (options === null) throw new Error("A session without options starts no subscription.");
  if (customerUuid === null || productId === null) throw new Error("A subscription has a customer and a product.");
  const { kind, frequency, minPeriods = null } = options;
  const trialEndsAt = input.trialEndsAt === null ? null : wholeSeconds(input.trialEndsAt);
  const anchorAt = trialEndsAt ?? wholeSeconds(input.startedAt);
  const calendar = { anchorAt, frequency };
  const firstBillAt = kind === "subscription" ? anchorAt : periodStartsAt(calendar, 1);
  return {
    ...session,
    kind,
    frequency,
    minPeriods,
    customerUuid,
    productId,
    status: trialEndsAt === null ? "active" : "trial",
    statusReason: null,
    statusMessage: null,
    statusSequence: 1,
    stopped: false,
    network: mandate?.network ?? null,
    mandateHash: mandate?.hash ?? null,
    trialEndsAt,
    anchorAt,
    nextPeriodIndex: 0,
    nextBillAt: mandate === null ? null : firstBillAt,
    lastBilledAt: null,
    minimumCancellationAt: minPeriods === null ? null : periodStartsAt(calendar, minPeriods),
    statusEndsAt: trialEndsAt,
    freeCreditsMicros: BigInt(options.freeCreditsMicros ?? "0"),
    maxSpendingMicros: input.maxSpendingMicros ?? null,
    unitsCurrentMicros: 0n,
    carriedMicros: 0n,
    usageToldPercent: 0,
    billingSequence: 0,
    fundsCheckAt: mandate === null ? null : now,
    allowanceBase: null,
    balanceBase: null,
    portalVersion: 1,
    createdAt: now,
    updatedAt: now,
    cancelledAt: null,
  };
}

/**
 * Makes a session's subscription, in the transaction that confirmed its activation (a fixed one without trial: with its
 * first charge), or at once when the customer authorises later. Bill 0 is paid by `firstCharge`. Event
 * `subscription.created`. A session that has one already is left alone. Returns the subscription.
 */
export async function startSubscription(ctx: Context, input: StartInput): Promise<Subscription> {
  const now = ctx.clock.now();
  const subscription = newSubscription(input, now);
  const { uuid, organizationId, test, status } = subscription;
  if (await insertSubscription(ctx.db, subscription)) {
    await appendEvents(ctx, [
      {
        organizationId,
        test,
        type: "subscription.created",
        subjectUuid: uuid,
        data: { kind: subscription.kind, status },
      },
    ]);
    if (input.firstCharge) await payFirstBill(ctx, uuid, input.firstCharge);
  }
  const [made] = await findSubscriptions(ctx.db, [uuid]);
  if (!made) throw new Error(`The subscription ${uuid} is gone.`);
  return made;
}

/** Bill 0 is made and paid by the charge that rode with the activation. */
export async function payFirstBill(ctx: Context, uuid: string, charge: ChargeFact): Promise<void> {
  const [book] = await loadBooks(ctx, [uuid]);
  if (!book) throw new Error(`The subscription ${uuid} is gone.`);
  const now = ctx.clock.now();
  const at = book.subscription.anchorAt;
  openBill(book, { now: at, dustLimitMicros: 0n, newUuid: ctx.ids.uuid });
  if (!book.bill) throw new Error("The first bill is paid, so it is there.");
  billPaid(book, attemptOfFact(charge, { uuid: ctx.ids.uuid(), billUuid: book.bill.uuid, number: 1, now }), now);
  changeSubscription(book, { fundsCheckAt: now });
  await saveBooks(ctx, [book]);
}
