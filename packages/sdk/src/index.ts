export { QBitFlow } from "./client.ts";
export type { QBitFlowOptions, RequestOptions, WebSocketConstructor, WebSocketLike } from "./config.ts";
export * from "./errors.ts";
export { type ListOptions, Page, PageRequest } from "./page.ts";
export type { ApiKeys } from "./services/api-keys.ts";
export type { AdvanceOptions, TestClock } from "./services/clock.ts";
export type { Customers } from "./services/customers.ts";
export type { Events } from "./services/events.ts";
export type { GetSessionOptions, OneTimePayments } from "./services/one-time-payments.ts";
export type { PayAsYouGo } from "./services/pay-as-you-go.ts";
export type { Products } from "./services/products.ts";
export type { Subscriptions } from "./services/subscriptions.ts";
export {
  isFinalStatus,
  type TransactionStatuses,
  type WaitOptions,
  type WatchOptions,
} from "./services/transaction-status.ts";
export type { Users } from "./services/users.ts";
export type { ReceivedDelivery, Webhooks } from "./services/webhooks.ts";
export type * from "./types.ts";
export { version } from "./version.ts";
export { canonicalJson } from "./webhooks/canonical-json.ts";
export { isSessionEvent, isSubscriptionEvent, isUsageThresholdEvent } from "./webhooks/event.ts";
export { type SignedWebhook, type SignOptions, signWebhook } from "./webhooks/sign.ts";
export { type VerifyOptions, verifyWebhook, type WebhookHeaders, type WebhookPayload } from "./webhooks/verify.ts";
