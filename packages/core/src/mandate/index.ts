export { isUnlimited, needOf } from "./allowance.ts";
export { bufferPercent, capBase, chargeAmountBase } from "./amounts.ts";
export { datesOf, firstChargeOf, type MandateDates, trialEnd } from "./dates.ts";
export { cancelOnChain } from "./end-on-chain.ts";
export { executionFeeBase } from "./execution-fee.ts";
export { loadMandates } from "./load.ts";
export type { StoredMandate } from "./mandate.ts";
export { askedMaximumMicros, keepMaximumOffer } from "./maximum-store.ts";
export {
  type AllowancePlan,
  fundsOf,
  offerMandate,
  PERMIT_SLACK_SECONDS,
  planAllowance,
  typedDataOf,
  usdOf,
} from "./offer.ts";
export { isTooDear, mandateCurrencies } from "./payable.ts";
export { asking, mandateChainOf, rateOf } from "./propose.ts";
export { readMandateRequest, readPeriods, SPENDING } from "./read-request.ts";
export { offerExpired, refused, SEND_FOR_MS, type Signatures, takeSignature, underWay } from "./sign.ts";
export { findMandatesOf, markNotActivated, updateFromChain } from "./store.ts";
