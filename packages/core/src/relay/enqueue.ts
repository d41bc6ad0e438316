import type { Context } from "../context.ts";
import type { NewRelayCall } from "./call.ts";
import { insertCalls } from "./store.ts";

/**
 * Hands calls to the sender of their network, in the transaction of whatever wants them: either both are there or neither.
 * A uuid that is known already is left as it is. They are sent in the order in which they were handed over; each is
 * simulated as the chain stands then, so one that builds on another is handed over once that one is mined.
 */
export async function enqueueCalls(ctx: Context, calls: readonly NewRelayCall[]): Promise<void> {
  if (calls.length > 0) await insertCalls(ctx, calls);
}
