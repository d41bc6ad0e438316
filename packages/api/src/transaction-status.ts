import Type, { type Static } from "typebox";

export const transactionTypes = [
  "payment",
  "createSubscription",
  "cancelSubscription",
  "executeSubscription",
  "createPAYGSubscription",
  "cancelPAYGSubscription",
  "increaseAllowance",
  "updateMaxAmount",
] as const;
export type TransactionType = (typeof transactionTypes)[number];

export const transactionStatuses = [
  "created",
  "pending",
  "waitingConfirmation",
  "completed",
  "failed",
  "cancelled",
  "expired",
] as const;
export type TransactionStatusName = (typeof transactionStatuses)[number];

export const TransactionStatus = Type.Object({
  type: Type.Enum([...transactionTypes]),
  status: Type.Enum([...transactionStatuses]),
  txHash: Type.Optional(Type.String()),
  message: Type.Optional(Type.String({ description: "`2 of 12 confirmations`, or why it failed, in words." })),
});
export type TransactionStatus = Static<typeof TransactionStatus>;
