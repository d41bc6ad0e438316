import type { Clock as ClockResource } from "@qbitflow/api";
import type { Context } from "../context.ts";
import { readClock } from "./store.ts";

/** Whether this server's time can be moved: public networks have a time of their own. */
export function isClockMovable(ctx: Context): boolean {
  const chains = [...ctx.chains.values()];
  return chains.length > 0 && chains.every(({ network }) => network.local);
}

/** What time it is for the server, and where an advance under way is going, and why it stands. */
export async function showClock(ctx: Context): Promise<ClockResource> {
  const now = ctx.clock.now().toISOString();
  if (!isClockMovable(ctx)) return { now, offsetSeconds: 0, canMove: false, moving: false };
  const { offsetMs, advance, waitingFor, stoppedBecause } = await readClock(ctx.db);
  return {
    now,
    offsetSeconds: Math.floor(offsetMs / 1000),
    canMove: true,
    moving: advance !== null,
    ...(advance !== null && { from: advance.startedAt.toISOString(), target: advance.targetAt.toISOString() }),
    ...(waitingFor !== null && { waitingFor }),
    ...(stoppedBecause !== null && { stoppedBecause }),
  };
}
