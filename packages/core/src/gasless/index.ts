export { runGasless } from "./follow.ts";
export { relayFeesOf } from "./relay-fees.ts";
export { type RelayPaymentInput, relayPayment } from "./send.ts";
