export { decimalText, parseDecimal } from "./decimal.ts";
export { MoneyError, type MoneyErrorReason } from "./error.ts";
export { type FeeSplit, MAX_FEE_BPS, splitFees } from "./fees.ts";
export { type GasCost, gasCostMicros } from "./gas.ts";
export { divideRoundingDown, divideRoundingHalfEven, divideRoundingUp, type Rounding } from "./rounding.ts";
export {
  formatTokenAmount,
  parseTokenAmount,
  RATE_SCALE,
  tokenAmountToText,
  tokenBaseToUsdMicros,
  usdToTokenBase,
} from "./token.ts";
export {
  formatUsd,
  MAX_USD_MICROS,
  MICROS_PER_USD,
  microsToJsonNumber,
  microsToText,
  parseUsdNumber,
  parseUsdText,
} from "./usd.ts";
