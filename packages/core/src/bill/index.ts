export type { Bill, BillAttempt, BillStatus } from "./bill.ts";
export { type BillFailure, billFailures } from "./failure.ts";
export { GRACE_MS, nextRetryAt, retryOursAt } from "./retry.ts";
export {
  type ChargeKey,
  findAttemptsByCharge,
  findAttemptsOf,
  findBills,
  findBillsOf,
  findBillsOfPeriods,
  findLatestAttempts,
  findPaidBills,
  findUnsettledBills,
  saveAttempts,
  saveBills,
} from "./store.ts";
export { type PricedUsage, priceUsage, type UsageToPrice, usageMicros } from "./usage-price.ts";
