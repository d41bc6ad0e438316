export { checkoutPayments, explorerLink } from "./checkout-payments.ts";
export { confirmPayments } from "./confirm.ts";
export { checkHints, type HintInput, recordHint } from "./hint.ts";
export { getPayment, listPayments } from "./list.ts";
export { type Match, type MatchInput, type MatchQuote, matchTransfer, type PaymentMatch } from "./match.ts";
export { type SessionPayment, sessionPayments } from "./of-session.ts";
export { hasWaitingPayments } from "./waiting.ts";
