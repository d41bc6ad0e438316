import { findSessionsByUuid } from "../checkout-session/store.ts";
import { transition } from "../checkout-session/transition.ts";
import type { Context, ServiceContext } from "../context.ts";
import { createBell, runLoop } from "../loop.ts";
import { markNotActivated } from "../mandate/index.ts";
import { lockSessions } from "../payment/store.ts";
import { acknowledgeCalls, type SettledCall, settledCalls } from "../relay/index.ts";
import { fundsMayHaveCome } from "../subscription/index.ts";
import { findSubscriptions } from "../subscription/store.ts";

const EVERY_MS = 5_000;

const failures: Partial<Record<SettledCall["state"], { readonly code: string; readonly message: string }>> = {
  refused: {
    code: "activation_refused",
    message: "The network would not take the authorisation. Check the wallet's balance and allowance, and try again.",
  },
  reverted: {
    code: "activation_reverted",
    message: "The authorisation failed on the network; nothing was charged. Try again.",
  },
  expired: {
    code: "activation_expired",
    message: "The network did not take the authorisation in time; nothing was charged. Try again.",
  },
};

/** What a call's end means for whoever waits for it; what was mined is told by its events, not by this. */
async function follow(ctx: Context, call: SettledCall): Promise<void> {
  const failure = failures[call.state];
  if (call.purpose === "activation" && failure) {
    await lockSessions(ctx.db, [call.subjectUuid]);
    const mandate = await markNotActivated(ctx.db, { activationUuid: call.uuid, ...failure });
    if (!mandate) return;
    ctx.log.warn(
      { session: call.subjectUuid, state: call.state, reason: call.message },
      "an activation did not go through",
    );
    const [session] = await findSessionsByUuid(ctx.db, [call.subjectUuid]);
    if (session?.status === "pending") {
      const { uuid } = session;
      const { message } = failure;
      await transition(ctx, [{ uuid, from: "pending", to: "created", message, transactionHash: null }]);
    }
  }
  const [subscription] = await findSubscriptions(ctx.db, [call.subjectUuid]);
  if (!subscription) return;
  if (call.purpose === "permit" && call.state === "mined") await fundsMayHaveCome(ctx, subscription.uuid);
  await ctx.db.query("select pg_notify('subscription_status', $1)", [subscription.uuid]);
}

/** Takes note of activations, permits and changes that came to an end at the relay. Returns how many. */
export async function settleRelayed(ctx: Context): Promise<number> {
  const calls = await settledCalls(ctx, { purposes: ["activation", "permit", "change", "cancel"] });
  for (const call of calls) {
    await ctx.db.transaction(async (tx) => {
      const txCtx = { ...ctx, db: tx };
      if ((await acknowledgeCalls(txCtx, [call])).length > 0) await follow(txCtx, call);
    });
  }
  return calls.length;
}

/** Settles until the signal aborts. Any number of processes may run it. */
export async function runSettling(ctx: ServiceContext, options: { readonly signal: AbortSignal }): Promise<void> {
  const bell = createBell();
  const stop = await ctx.db.listen("relay_settled", () => bell.ring());
  try {
    const step = async () => ((await settleRelayed(ctx)) > 0 ? 0 : EVERY_MS);
    await runLoop({ name: "activations", log: ctx.log, signal: options.signal, bell, step });
  } finally {
    await stop();
  }
}
