export { type Execution, executeBilling, executionStatus } from "./execute.ts";
export type { BilledMandate, BillingParts, ChargeCall, ChargeCallState, MandateKey } from "./parts.ts";
export { billingStep, runBilling, timedBilling } from "./run.ts";
