export { callStatus } from "./call-status.ts";
export { type TransactionName, type TransactionProgress, transactionProgress } from "./progress.ts";
export { requireTransaction } from "./require.ts";
