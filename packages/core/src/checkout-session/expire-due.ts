import type { TransactionStatusName } from "@qbitflow/api";
import type { Context, ServiceContext } from "../context.ts";
import { runLoop } from "../loop.ts";
import { EXPIRED_MESSAGE } from "./status.ts";
import { transition } from "./transition.ts";

const BATCH = 200;
const SWEEP_EVERY_MS = 1_000;

/**
 * Writes down, for at most `limit` sessions, that their time is over (and tells the merchant). Readers see it by the
 * clock already. A session whose payment stands in a block does not expire. Returns how many expired.
 */
export async function expireDue(ctx: Context, limit: number): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const due = await tx.query<{ uuid: string; status: TransactionStatusName }>(
      `select uuid, status from checkout_session
       where status in ('created', 'pending') and expires_at <= $1
       order by expires_at limit $2
       for no key update skip locked`,
      [ctx.clock.now(), limit],
      { name: "session_due" },
    );
    const changes = due.map(({ uuid, status }) => ({
      uuid,
      from: status,
      to: "expired" as const,
      message: EXPIRED_MESSAGE,
      transactionHash: null,
    }));
    return (await transition({ ...ctx, db: tx }, changes)).length;
  });
}

/** Expires due sessions until the signal aborts. Any number of processes may run it. */
export async function runSweeper(
  ctx: ServiceContext,
  options: { readonly signal: AbortSignal; readonly everyMs?: number },
): Promise<void> {
  const everyMs = options.everyMs ?? SWEEP_EVERY_MS;
  await runLoop({
    name: "session expiry",
    log: ctx.log,
    signal: options.signal,
    step: async () => ((await expireDue(ctx, BATCH)) === BATCH ? 0 : everyMs),
  });
}
