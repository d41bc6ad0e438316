import type { TransactionStatus } from "@qbitflow/api";
import type { BillAttempt } from "../bill/index.ts";
import type { Context } from "../context.ts";
import { knownCall } from "../relay/index.ts";
import { billsOf, type TriedBill } from "../subscription/index.ts";
import { callStatus } from "./call-status.ts";
import type { TransactionProgress } from "./progress.ts";

const type = "executeSubscription";

const hashOf = (hash: string | null | undefined) => (hash ? { txHash: hash } : {});

/** The bill is paid only by the chain's confirmed event, which may be read a moment after the relay saw the block. */
async function sendingStatus(ctx: Context, attempt: BillAttempt | null): Promise<TransactionStatus> {
  const call = attempt?.relayCallUuid ? await knownCall(ctx, attempt.relayCallUuid) : null;
  if (call === null) return { type, status: "created" };
  if (call.state === "mined") return { type, status: "waitingConfirmation", ...hashOf(call.transactionHash) };
  // One that did not go through fails the attempt, which tells why, or was seen in another transaction.
  if (call.state !== "queued" && call.state !== "sent") return { type, status: "pending" };
  return { type, ...(await callStatus(ctx, call)) };
}

async function billStatus(ctx: Context, { bill, attempt }: TriedBill): Promise<TransactionStatus> {
  const told = { type, ...hashOf(attempt?.transactionHash) } as const;
  switch (bill.status) {
    case "paid":
      return { ...told, status: "completed" };
    case "nothing_due":
      return { ...told, status: "completed", message: "The period had nothing to pay." };
    case "void":
      return { ...told, status: "cancelled", message: "The subscription ended before it was paid." };
    case "forgiven":
      return { ...told, status: "failed", message: "The period was missed, and is not charged." };
    case "charging":
      return sendingStatus(ctx, attempt);
    case "open":
      if (!attempt || bill.isUrgent) return { type, status: "created" };
      return { ...told, status: "failed", ...(attempt.message === null ? {} : { message: attempt.message }) };
  }
}

/** How a subscription's newest bill stands. */
export async function executionProgress(ctx: Context, uuid: string): Promise<TransactionProgress> {
  const [newest] = await billsOf(ctx, uuid, 1);
  if (!newest) return { status: { type, status: "created" }, isUnderWay: false };
  const status = await billStatus(ctx, newest);
  const isUnderWay = newest.bill.status === "charging" || status.status === "created";
  return { status, isUnderWay };
}
