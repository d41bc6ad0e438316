import type { CheckoutSubscription } from "@qbitflow/api";
import { microsToJsonNumber } from "@qbitflow/money";
import { durationOf, type SessionOptions } from "../checkout-session/index.ts";

/** What the page says of a subscription before there is one. Pure. */
export function subscriptionShown(options: SessionOptions): CheckoutSubscription {
  const { kind, frequency, trial, freeCreditsMicros, minPeriods } = options;
  return {
    kind,
    frequency: durationOf(frequency),
    ...(trial === undefined ? {} : { trial: durationOf(trial) }),
    ...(freeCreditsMicros === undefined ? {} : { freeCredits: microsToJsonNumber(BigInt(freeCreditsMicros)) }),
    ...(minPeriods === undefined ? {} : { minPeriods }),
    canAuthoriseLater: trial !== undefined,
  };
}
