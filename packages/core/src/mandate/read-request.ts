import { MICROS_PER_USD } from "@qbitflow/money";
import type { SessionOptions } from "../checkout-session/index.ts";
import { type Fields, type PriceRule, readFields } from "../fields.ts";

/** What a customer wishes to authorise. */
export interface AskedMandate {
  readonly currencyId: number;
  /** As typed by the wallet. */
  readonly subscriber: string;
  /** Null = until cancelled. */
  readonly periods: number | null;
  /** payAsYouGo: USD per period at most. */
  readonly maxSpendingMicros: bigint | null;
}

export const MAX_PERIODS = 120;
const MAX_CURRENCY_ID = 2 ** 31 - 1;
const ADDRESS = { max: 64, name: true };
/** Bills stop at it; less than a cent could never be charged. */
export const SPENDING: PriceRule = { minMicros: MICROS_PER_USD / 100n, maxMicros: 1_000_000n * MICROS_PER_USD };

/** Absent (on the wire null) is until cancelled. */
export const readPeriods = (fields: Fields, min: number): number | null =>
  fields.optionalInteger("periods", { min, max: MAX_PERIODS });

/** Throws `validation_failed`. */
export function readMandateRequest(input: unknown, kind: SessionOptions["kind"]): AskedMandate {
  const fields = readFields(input);
  const isMetered = kind === "payAsYouGo";
  if (!isMetered && fields.has("maxSpendingPerPeriod")) {
    fields.problem("maxSpendingPerPeriod", "is for payAsYouGo only");
  }
  const asked = {
    currencyId: fields.integer("currencyId", { min: 1, max: MAX_CURRENCY_ID }),
    subscriber: fields.text("subscriber", ADDRESS),
    periods: readPeriods(fields, 1),
    maxSpendingMicros: isMetered ? fields.price("maxSpendingPerPeriod", SPENDING) : null,
  };
  fields.done();
  return asked;
}
