export { runGasless } from "./follow.ts";
export { type RelayPaymentInput, relayPayment } from "./send.ts";
