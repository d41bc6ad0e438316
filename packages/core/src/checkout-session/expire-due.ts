import type { TransactionStatusName } from "@qbitflow/api";
import type { Context, ServiceContext } from "../context.ts";
import { createBell, runLoop } from "../loop.ts";
import type { TimedPart } from "../timed-part.ts";
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
  const bell = createBell();
  const stop = await ctx.db.listen("clock_moved", () => bell.ring());
  try {
    await runLoop({
      name: "session expiry",
      log: ctx.log,
      signal: options.signal,
      bell,
      step: async () => ((await expireDue(ctx, BATCH)) === BATCH ? 0 : everyMs),
    });
  } finally {
    await stop().catch(() => undefined);
  }
}

/** Sessions whose time ends. */
export const timedSessions: TimedPart = {
  name: "session expiry",
  nextDueAt: async (ctx, after) => {
    const [row] = await ctx.db.query<{ at: Date | null }>(
      "select min(expires_at) as at from checkout_session where status in ('created', 'pending') and expires_at > $1",
      [after],
    );
    return row?.at ?? null;
  },
  isQuiet: async (ctx) => {
    const [row] = await ctx.db.query<{ due: boolean }>(
      `select exists (
         select 1 from checkout_session where status in ('created', 'pending') and expires_at <= $1
       ) as due`,
      [ctx.clock.now()],
    );
    return row?.due !== true;
  },
};
