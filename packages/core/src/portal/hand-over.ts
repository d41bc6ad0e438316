import type { Call } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import { enqueueCalls, type SubjectCall, subjectCalls } from "../relay/index.ts";
import { lockSubscriptions } from "../subscription/store.ts";

const DAY_MS = 24 * 60 * 60_000;
/** Each costs the operator gas. */
const MOST_PER_DAY = 20;

/** What a customer signed, for the relay to send. */
export interface SignedChange {
  readonly uuid: string;
  readonly network: string;
  readonly purpose: "change" | "permit";
  readonly call: Call;
  /** In no block by then, it is withdrawn. */
  readonly sendUntil: Date;
}

type Handed = Pick<SignedChange, "uuid" | "purpose" | "call">;

const isUnderWay = ({ state }: SubjectCall): boolean => state === "queued" || state === "sent";

const sinceYesterday = (ctx: Context): Date => new Date(ctx.clock.now().getTime() - DAY_MS);

/** Is on its way, or done. */
const isSame = (one: SubjectCall, { purpose, call }: Handed): boolean =>
  one.purpose === purpose && one.data === call.data && (isUnderWay(one) || one.state === "mined");

/** Whether this very change was handed over before, within a day, and did not fail. */
export async function wasHandedOver(ctx: Context, change: Handed): Promise<boolean> {
  const { uuid, purpose } = change;
  const calls = await subjectCalls(ctx, { subjectUuid: uuid, purposes: [purpose], since: sinceYesterday(ctx) });
  return calls.some((one) => isSame(one, change));
}

/**
 * Hands a change of a subscription's maximum or allowance to the relay, one at a time of each. The very same one again
 * changes nothing, unless it failed. Throws `conflict` (another one is on its way), `rate_limited` (too many in a day).
 */
export async function handOver(ctx: Context, change: SignedChange): Promise<void> {
  const { uuid, network, purpose, call, sendUntil } = change;
  await ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    await lockSubscriptions(tx, [uuid]);
    const since = sinceYesterday(ctx);
    const calls = await subjectCalls(txCtx, { subjectUuid: uuid, purposes: ["change", "permit"], since });
    if (calls.some((one) => isSame(one, change))) return;
    if (calls.some((one) => one.purpose === purpose && isUnderWay(one))) {
      const message = "Another change is on its way already. Wait until the network has decided.";
      throw new DomainError("conflict", "conflict", message);
    }
    if (calls.length >= MOST_PER_DAY) {
      throw new DomainError("rate_limited", "rate_limited", "There were too many changes today. Try again tomorrow.");
    }
    await enqueueCalls(txCtx, [{ uuid: ctx.ids.uuid(), network, purpose, subjectUuid: uuid, call, sendUntil }]);
    await tx.query("select pg_notify('subscription_status', $1)", [uuid]);
  });
}
