export { type Execution, executeBilling } from "./execute.ts";
export { billingStep, dueBills, runBilling, timedBilling } from "./run.ts";
