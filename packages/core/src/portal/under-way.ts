import type { TransactionStatus, TransactionType } from "@qbitflow/api";
import type { Context } from "../context.ts";
import { type RelayPurpose, type SubjectCall, subjectCalls } from "../relay/index.ts";
import type { Subscription } from "../subscription/index.ts";

/** One that did not go through is told of for so long, unless it was tried again. */
const TELL_FAILURE_MS = 15 * 60_000;
const PURPOSES = ["activation", "change", "permit", "cancel"] as const satisfies readonly RelayPurpose[];

function typeOf(purpose: RelayPurpose, kind: Subscription["kind"]): TransactionType {
  const isFixed = kind === "subscription";
  if (purpose === "activation") return isFixed ? "createSubscription" : "createPAYGSubscription";
  if (purpose === "cancel") return isFixed ? "cancelSubscription" : "cancelPAYGSubscription";
  return purpose === "change" ? "updateMaxAmount" : "increaseAllowance";
}

const failures: Partial<Record<SubjectCall["state"], Pick<TransactionStatus, "status" | "message">>> = {
  refused: { status: "failed", message: "The network would not take it. Nothing was changed; try again." },
  reverted: { status: "failed", message: "It failed on the network. Nothing was changed; try again." },
  expired: { status: "expired", message: "The network did not take it in time. Nothing was changed; try again." },
};

function statusOf({ state, isInBlock }: SubjectCall): Pick<TransactionStatus, "status" | "message"> {
  const failure = failures[state];
  if (failure) return failure;
  if (state === "queued") return { status: "created" };
  return { status: isInBlock ? "waitingConfirmation" : "pending" };
}

/** What the customer wanted that is on its way to the chain, or has just failed; the newest of each kind. */
export async function callsUnderWay(ctx: Context, { uuid, kind }: Subscription): Promise<TransactionStatus[]> {
  const now = ctx.clock.now().getTime();
  const since = new Date(now - TELL_FAILURE_MS);
  const calls = await subjectCalls(ctx, { subjectUuid: uuid, purposes: PURPOSES, since });
  const newest = PURPOSES.flatMap((purpose) => calls.find((call) => call.purpose === purpose) ?? []);
  return newest
    .filter(({ state }) => state !== "mined")
    .map((call) => {
      const { purpose, transactionHash } = call;
      const txHash = transactionHash === null ? {} : { txHash: transactionHash };
      return { type: typeOf(purpose, kind), ...statusOf(call), ...txHash };
    });
}
