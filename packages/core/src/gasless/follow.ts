import { transition } from "../checkout-session/index.ts";
import type { Context, ServiceContext } from "../context.ts";
import { createBell, runLoop } from "../loop.ts";
import { acknowledgeCalls, type SettledCall, settledCalls } from "../relay/index.ts";
import type { TimedPart } from "../timed-part.ts";
import { markDone } from "./store.ts";

const MESSAGES = {
  // The scan has passed its block: had it paid the session, the session would not be pending any more.
  mined: "The transaction did not bring what was asked for. The session is still open.",
  refused: "The payment could not be sent: nothing was paid. You can pay again.",
  expired: "The payment was not in a block in time: nothing was paid. You can pay again.",
  reverted: "The payment failed on the chain: nothing was paid. You can pay again.",
} as const;
/** Without a notification (a lost connection) an end is found this late. */
const MAX_WAIT_MS = 2_000;

/**
 * Takes note of gasless payments that came to an end. One that failed makes its session payable again, with a sentence
 * why; one that was mined has been found by the scan, like every payment. Answers how many ends there were.
 */
export async function settleGasless(ctx: Context): Promise<number> {
  const ended = await settledCalls(ctx, { purposes: ["payment"] });
  for (const call of ended) await settleOne(ctx, call);
  return ended.length;
}

async function settleOne(ctx: Context, call: SettledCall): Promise<void> {
  const { state, subjectUuid } = call;
  await ctx.db
    .transaction(async (tx) => {
      const txCtx = { ...ctx, db: tx };
      // The session first, as everybody locks them. Undone with the rest when another process was first.
      if (state !== "queued" && state !== "sent") {
        const change = { uuid: subjectUuid, from: "pending", to: "created", transactionHash: null } as const;
        await transition(txCtx, [{ ...change, message: MESSAGES[state] }]);
      }
      const first = await acknowledgeCalls(txCtx, [call]);
      if (first.length === 0) throw new AlreadySettledError();
      await markDone(tx, [call.uuid]);
    })
    .catch((error: unknown) => {
      if (!(error instanceof AlreadySettledError)) throw error;
    });
}

/** Another process took note of this end, or it was taken back. */
class AlreadySettledError extends Error {
  override readonly name = "AlreadySettledError";
}

/** Settles gasless payments until the signal aborts. Any number of processes may. Woken by NOTIFY `relay_settled`. */
export async function runGasless(ctx: ServiceContext, { signal }: { readonly signal: AbortSignal }): Promise<void> {
  const bell = createBell();
  let stop: (() => Promise<void>) | null = null;
  async function step(): Promise<number> {
    stop ??= await ctx.db.listen("relay_settled", () => bell.ring());
    return (await settleGasless(ctx)) > 0 ? 0 : MAX_WAIT_MS;
  }
  await runLoop({ name: "gasless payments", log: ctx.log, signal, bell, step });
  await (stop as (() => Promise<void>) | null)?.().catch(() => undefined);
}

/** Ends that nobody took note of yet. */
export const timedGasless: TimedPart = {
  name: "gasless payments",
  nextDueAt: async () => null,
  isQuiet: async (ctx) => (await settledCalls(ctx, { purposes: ["payment"], limit: 1 })).length === 0,
};
