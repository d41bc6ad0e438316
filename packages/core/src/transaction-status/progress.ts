import type { TransactionStatus, TransactionType } from "@qbitflow/api";
import { getPublicSession, statusOf } from "../checkout-session/index.ts";
import type { Context } from "../context.ts";
import { cancellationProgress } from "./cancellation.ts";
import { changeProgress } from "./change.ts";
import { executionProgress } from "./execution.ts";

/** One of a session's or subscription's transactions: of each type the newest. */
export interface TransactionName {
  readonly uuid: string;
  readonly type: TransactionType;
}

export interface TransactionProgress {
  readonly status: TransactionStatus;
  /** Each block may change it. */
  readonly isUnderWay: boolean;
}

const ofSession: readonly TransactionType[] = ["payment", "createSubscription", "createPAYGSubscription"];

/** A session is one transaction; what comes after it is its subscription's. */
export const isOfSession = (type: TransactionType): boolean => ofSession.includes(type);

async function sessionProgress(ctx: Context, uuid: string): Promise<TransactionProgress> {
  const status = await statusOf(ctx, await getPublicSession(ctx, uuid));
  return { status, isUnderWay: status.status === "pending" || status.status === "waitingConfirmation" };
}

/** How a transaction stands. Whose it is was asked before (`requireTransaction`). Throws `not_found`. */
export async function transactionProgress(ctx: Context, { uuid, type }: TransactionName): Promise<TransactionProgress> {
  if (isOfSession(type)) return sessionProgress(ctx, uuid);
  if (type === "executeSubscription") return executionProgress(ctx, uuid);
  if (type === "increaseAllowance" || type === "updateMaxAmount") return changeProgress(ctx, { uuid, type });
  return cancellationProgress(ctx, { uuid, type });
}
