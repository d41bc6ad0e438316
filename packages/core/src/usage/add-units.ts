import { MAX_USD_MICROS } from "@qbitflow/money";
import { usageMicros } from "../bill/index.ts";
import { DomainError } from "../errors.ts";
import { type Book, changeSubscription } from "../subscription/book.ts";
import { subscriptionOver } from "../subscription/index.ts";
import type { Subscription } from "../subscription/subscription.ts";

/** Of the cap, in percent; 100 is the cap. */
const THRESHOLDS = [80, 100] as const;

type Priced = Pick<
  Subscription,
  "unitsCurrentMicros" | "priceMicros" | "freeCreditsMicros" | "carriedMicros" | "maxSpendingMicros"
>;

/** USD that the period would ask if there were no cap, in micro-dollars. Pure. */
function periodMicros({ unitsCurrentMicros, priceMicros, freeCreditsMicros, carriedMicros }: Priced): bigint {
  const cost = usageMicros(unitsCurrentMicros, priceMicros);
  return (cost > freeCreditsMicros ? cost - freeCreditsMicros : 0n) + carriedMicros;
}

/** True when the running period has used up the most that one bill may ask; what comes now is carried on. Pure. */
export function isCapReached(subscription: Priced): boolean {
  return reaches(subscription, 100);
}

function reaches(subscription: Priced, percent: number): boolean {
  const { maxSpendingMicros } = subscription;
  return maxSpendingMicros !== null && periodMicros(subscription) * 100n >= maxSpendingMicros * BigInt(percent);
}

function requireMetered({ uuid, kind, status, stopped, nextBillAt }: Subscription): void {
  if (kind !== "payAsYouGo") {
    const message = `The subscription ${uuid} has a fixed price: only pay-as-you-go counts units.`;
    throw new DomainError("unprocessable", "unprocessable", message);
  }
  if (status === "cancelled") throw subscriptionOver();
  // Until its last bill is made, a stopped one still counts; a trial's usage is free.
  if (stopped && nextBillAt === null && status !== "trial") throw subscriptionOver();
}

/**
 * Adds units to the period whose bill comes next, and tells of 80 % and 100 % of the cap, each once per period. Usage is
 * counted beyond the cap, too. Throws `unprocessable`, `subscription_cancelled`. Pure.
 */
export function addUnits(book: Book, unitsMicros: bigint): void {
  requireMetered(book.subscription);
  const unitsCurrentMicros = book.subscription.unitsCurrentMicros + unitsMicros;
  const after = { ...book.subscription, unitsCurrentMicros };
  if (unitsCurrentMicros > MAX_USD_MICROS || periodMicros(after) > MAX_USD_MICROS) {
    const message = `The subscription ${after.uuid} would have more than 1000000000 units, or USD to pay, in one period.`;
    throw new DomainError("unprocessable", "unprocessable", message);
  }
  changeSubscription(book, { unitsCurrentMicros });
  for (const percent of THRESHOLDS) {
    if (after.usageToldPercent < percent && reaches(after, percent)) tell(book, percent);
  }
}

function tell(book: Book, percent: (typeof THRESHOLDS)[number]): void {
  const { nextPeriodIndex: periodIndex, unitsCurrentMicros, maxSpendingMicros } = book.subscription;
  const data = {
    percent,
    periodIndex,
    unitsMicros: String(unitsCurrentMicros),
    amountMicros: String(periodMicros(book.subscription)),
    maxSpendingMicros: String(maxSpendingMicros),
  };
  const notice = { about: "usage", percent } as const;
  changeSubscription(book, { usageToldPercent: percent });
  if (percent === 100) book.events.push({ type: "usage.cap_reached", data, notice });
  else book.events.push({ type: "usage.threshold", data, notice });
}
