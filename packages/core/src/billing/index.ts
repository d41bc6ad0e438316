export { type Execution, executeBilling, executionStatus } from "./execute.ts";
export { billingStep, dueBills, runBilling, timedBilling } from "./run.ts";
