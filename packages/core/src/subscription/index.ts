export { type AttachInput, attachMandate } from "./attach-mandate.ts";
export { periodSeconds, periodStartsAt } from "./calendar.ts";
export { cancelByCustomer, forceCancel, revokePortalLinks, stopByCustomer, subscriptionOver } from "./cancel.ts";
export type { ChargeFact, ChargeFailureFact } from "./charge-fact.ts";
export { revertChargeFacts, takeChargeFacts } from "./charge-facts.ts";
export { boundUntil, endIfStopped } from "./ending.ts";
export {
  billsOf,
  firstPaymentOf,
  getSubscription,
  listSubscriptions,
  subscriptionView,
  type TriedBill,
} from "./get.ts";
export { listCombinedPayments, subscriptionHistory } from "./history.ts";
export { capChanged, fundsMayHaveCome, type MandateEnd, mandateEnded } from "./mandate-changes.ts";
export { comingBill, type NextBill, nextBillOf, runningPeriodEndsAt, usageSoFarMicros } from "./next-bill.ts";
export { lookAtRates, subscriptionResource } from "./resource.ts";
export { type StartInput, type StartSession, startSubscription } from "./start.ts";
export { maySubscriptionChange, subscriptionTransitions } from "./status.ts";
export type { Subscription } from "./subscription.ts";
export { wireTime } from "./wire.ts";
