import type { GasPrice, MarketGasPrice } from "@qbitflow/chains";
import { divideRoundingUp } from "@qbitflow/money";

/** A replacement offers an eighth more of both, as nodes demand at least a tenth. */
const RAISE_NUMERATOR = 9n;
const RAISE_DENOMINATOR = 8n;

const least = (a: bigint, b: bigint) => (a < b ? a : b);
const most = (a: bigint, b: bigint) => (a > b ? a : b);

/** What a new transaction offers: the market's price within the limit; null when the market is above it now. Pure. */
export function firstPrice(market: MarketGasPrice, maxGasPriceBase: bigint): GasPrice | null {
  if (market.nowBase > maxGasPriceBase) return null;
  const maxFeeBase = least(market.maxFeeBase, maxGasPriceBase);
  return { maxFeeBase, priorityFeeBase: least(market.priorityFeeBase, maxFeeBase) };
}

const raised = (value: bigint) => divideRoundingUp(value * RAISE_NUMERATOR, RAISE_DENOMINATOR);

/**
 * What takes the place of a transaction that offered `old`: an eighth more (rounded up), or the market's price where that
 * is higher, as far as the limit lets it; null when the limit leaves no room for an eighth more. Pure.
 */
export function replacementPrice(old: GasPrice, market: MarketGasPrice, maxGasPriceBase: bigint): GasPrice | null {
  const atLeast = raised(old.maxFeeBase);
  if (atLeast > maxGasPriceBase) return null;
  const maxFeeBase = least(most(atLeast, market.maxFeeBase), maxGasPriceBase);
  const priorityFeeBase = least(most(raised(old.priorityFeeBase), market.priorityFeeBase), maxFeeBase);
  return { maxFeeBase, priorityFeeBase };
}
