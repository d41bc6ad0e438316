import { divideRoundingUp, usdToTokenBase } from "@qbitflow/money";
import type { Currency } from "../currency/index.ts";

const STABLECOIN_PERCENT = 5;
const OTHER_PERCENT = 30;

export interface Priced {
  readonly micros: bigint;
  /** USD per whole token × 10^18. */
  readonly rateE18: bigint;
  readonly decimals: number;
}

/** What a bill takes in tokens: rounded up like a quote, so nobody is paid less. Pure. */
export const chargeAmountBase = ({ micros, rateE18, decimals }: Priced): bigint =>
  usdToTokenBase(micros, rateE18, decimals);

/** Head-room for price moves (BILLING.md). */
export const bufferPercent = (currency: Pick<Currency, "stablecoin">): number =>
  currency.stablecoin ? STABLECOIN_PERCENT : OTHER_PERCENT;

/** The amount with its head-room, rounded up to the token's unit. Pure. */
export function capBase({ amountBase, percent }: { readonly amountBase: bigint; readonly percent: number }): bigint {
  return divideRoundingUp(amountBase * BigInt(100 + percent), 100n);
}
