import type { Context } from "../context.ts";
import type { TimedPart } from "../timed-part.ts";
import { hasOpenNonces } from "./nonce-store.ts";
import { hasQueuedCalls } from "./store.ts";

/** Whether something that was sent on this chain waits for blocks: the local chain mines only then. */
export function hasCallsUnderWay(ctx: Context, network: string): Promise<boolean> {
  return hasOpenNonces(ctx.db, network);
}

/** Calls on their way. Nothing of theirs is due at a time; what moves the clock waits until each came to its end. */
export const timedCalls: TimedPart = {
  name: "sent transactions",
  nextDueAt: async () => null,
  isQuiet: async (ctx) => {
    for (const [network, { sender }] of ctx.chains) {
      if (await hasOpenNonces(ctx.db, network)) return false;
      if (sender !== null && (await hasQueuedCalls(ctx.db, network))) return false;
    }
    return true;
  },
};
