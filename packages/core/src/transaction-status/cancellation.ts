import type { TransactionStatus } from "@qbitflow/api";
import type { Context } from "../context.ts";
import { loadMandates, type StoredMandate } from "../mandate/index.ts";
import { type SubjectCall, subjectCalls } from "../relay/index.ts";
import { type Subscription, subscriptionView } from "../subscription/index.ts";
import { callStatus } from "./call-status.ts";
import type { TransactionName, TransactionProgress } from "./progress.ts";

const isSending = ({ state }: SubjectCall): boolean => state === "queued" || state === "sent";

async function isMandateOver(ctx: Context, { network, mandateHash }: Subscription): Promise<boolean> {
  const hash = mandateHash as StoredMandate["hash"] | null;
  if (network === null || hash === null) return true;
  return (await loadMandates(ctx, [{ network, hash }])).get(hash)?.state === "cancelled";
}

/** Of a subscription that is over: how the end of its mandate stands, which the server sends. */
async function endStatus(
  ctx: Context,
  subscription: Subscription,
  call: SubjectCall | undefined,
): Promise<Omit<TransactionStatus, "type">> {
  if (call === undefined) return { status: "completed" };
  const told = await callStatus(ctx, call);
  if (call.state === "queued") return { status: "pending" };
  if (isSending(call) || call.state === "mined") return told;
  // Whoever cancelled it first, it is.
  if (await isMandateOver(ctx, subscription)) return { status: "completed" };
  const message = "The subscription is over and charges nothing; its mandate could not be cancelled on chain.";
  return { ...told, status: "failed", message };
}

/** How the end of a subscription stands: `created` while it runs, `pending` until the period that is paid for is over. */
export async function cancellationProgress(
  ctx: Context,
  { uuid, type }: TransactionName,
): Promise<TransactionProgress> {
  const subscription = await subscriptionView(ctx, uuid);
  const { status, stopped, cancelledAt } = subscription;
  if (status !== "cancelled") {
    const waiting = { status: "pending", message: "It ends with the period that runs." } as const;
    return { status: { type, ...(stopped ? waiting : { status: "created" }) }, isUnderWay: false };
  }
  const since = cancelledAt ?? subscription.updatedAt;
  const [call] = await subjectCalls(ctx, { subjectUuid: uuid, purposes: ["cancel"], since, limit: 1 });
  const told = await endStatus(ctx, subscription, call);
  return { status: { type, ...told }, isUnderWay: call !== undefined && isSending(call) };
}
