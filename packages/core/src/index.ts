export * from "./api-key/index.ts";
export { type Bill, type BillAttempt, type BillFailure, type BillStatus, billFailures } from "./bill/index.ts";
export { billingStep, dueBills, executeBilling, runBilling } from "./billing/index.ts";
export { type Cache, createCache, keepCacheFresh } from "./cache.ts";
export * from "./chain-scan/index.ts";
export * from "./checkout-page/index.ts";
export * from "./checkout-session/index.ts";
export * from "./clock/index.ts";
export type { Clock, Context, Ids, Log, Policy, Principal, SecretBox, ServiceContext } from "./context.ts";
export * from "./currency/index.ts";
export * from "./customer/index.ts";
export { DomainError, type ErrorKind, type FieldError } from "./errors.ts";
export * from "./event/index.ts";
export { freeAbandoned } from "./free-abandoned.ts";
export * from "./gasless/index.ts";
export * from "./idempotency/index.ts";
export {
  bufferPercent,
  capBase,
  chargeAmountBase,
  executionFeeBase,
  loadMandates,
  type StoredMandate,
} from "./mandate/index.ts";
export * from "./mandate-scan/index.ts";
export * from "./merchant/index.ts";
export * from "./organization/index.ts";
export type { Page, PageQuery } from "./page.ts";
export * from "./payment/index.ts";
export { type PlaceholderValues, replacePlaceholders } from "./placeholders.ts";
export * from "./platform-fee/index.ts";
export * from "./portal/index.ts";
export * from "./product/index.ts";
export * from "./quote/index.ts";
export * from "./reconcile/index.ts";
export * from "./relay/index.ts";
export * from "./socket-ticket/index.ts";
export * from "./subscription/index.ts";
export type { Tenant } from "./tenant.ts";
export type { TimedPart } from "./timed-part.ts";
export {
  requireTransaction,
  type TransactionName,
  type TransactionProgress,
  transactionProgress,
} from "./transaction-status/index.ts";
export * from "./usage/index.ts";
export * from "./user/index.ts";
export * from "./wallet/index.ts";
export * from "./webhook/index.ts";
