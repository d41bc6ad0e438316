export { bufferPercent, capBase, chargeAmountBase } from "./amounts.ts";
export { executionFeeBase } from "./execution-fee.ts";
export { loadMandates } from "./load.ts";
export type { StoredMandate } from "./mandate.ts";
export { isTooDear, mandateCurrencies } from "./payable.ts";
