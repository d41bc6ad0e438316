import type { TransactionStatus, TransactionType } from "@qbitflow/api";
import type { Context } from "../context.ts";
import { type RelayPurpose, subjectCalls } from "../relay/index.ts";
import type { Subscription } from "../subscription/index.ts";
import { callStatus } from "../transaction-status/index.ts";

/** One that did not go through is told of for so long, unless it was tried again. */
const TELL_FAILURE_MS = 15 * 60_000;
const PURPOSES = ["activation", "change", "permit", "cancel"] as const satisfies readonly RelayPurpose[];

function typeOf(purpose: RelayPurpose, kind: Subscription["kind"]): TransactionType {
  const isFixed = kind === "subscription";
  if (purpose === "activation") return isFixed ? "createSubscription" : "createPAYGSubscription";
  if (purpose === "cancel") return isFixed ? "cancelSubscription" : "cancelPAYGSubscription";
  return purpose === "change" ? "updateMaxAmount" : "increaseAllowance";
}

/** What the customer wanted that is on its way to the chain, or has just failed; the newest of each kind. */
export async function callsUnderWay(ctx: Context, { uuid, kind }: Subscription): Promise<TransactionStatus[]> {
  const now = ctx.clock.now().getTime();
  const since = new Date(now - TELL_FAILURE_MS);
  const calls = await subjectCalls(ctx, { subjectUuid: uuid, purposes: PURPOSES, since });
  const newest = PURPOSES.flatMap((purpose) => calls.find((call) => call.purpose === purpose) ?? []);
  const open = newest.filter(({ state }) => state !== "mined");
  return Promise.all(
    open.map(async (call) => ({ type: typeOf(call.purpose, kind), ...(await callStatus(ctx, call)) })),
  );
}
