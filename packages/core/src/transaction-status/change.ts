import type { Context } from "../context.ts";
import { isConfirmedIn } from "../mandate-scan/index.ts";
import { type SubjectCall, subjectCalls } from "../relay/index.ts";
import { callStatus } from "./call-status.ts";
import type { TransactionName, TransactionProgress } from "./progress.ts";

interface Change extends TransactionName {
  readonly type: "increaseAllowance" | "updateMaxAmount";
}

const purposes = { increaseAllowance: "permit", updateMaxAmount: "change" } as const;

/** Another maximum counts once its event is confirmed, which may be read a moment after the relay saw the block. */
async function isRead(ctx: Context, { type, uuid }: Change, { state, transactionHash }: SubjectCall): Promise<boolean> {
  if (type !== "updateMaxAmount" || state !== "mined" || transactionHash === null) return true;
  return isConfirmedIn(ctx, { uuid, transactionHash });
}

/**
 * How the newest change of allowance or maximum stands that the customer signed and this server sent; `created` while there is
 * none. What a customer's own transaction changed is told by the subscription alone.
 */
export async function changeProgress(ctx: Context, change: Change): Promise<TransactionProgress> {
  const { uuid, type } = change;
  const [newest] = await subjectCalls(ctx, { subjectUuid: uuid, purposes: [purposes[type]], limit: 1 });
  if (!newest) return { status: { type, status: "created" }, isUnderWay: false };
  const told = await callStatus(ctx, newest);
  if (await isRead(ctx, change, newest)) {
    return { status: { type, ...told }, isUnderWay: newest.state === "queued" || newest.state === "sent" };
  }
  return { status: { type, ...told, status: "waitingConfirmation" }, isUnderWay: true };
}
