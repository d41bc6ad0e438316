export { type Execution, executeBilling, executionStatus } from "./execute.ts";
export { billingStep, runBilling, timedBilling } from "./run.ts";
