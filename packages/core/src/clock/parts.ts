import { timedBilling } from "../billing/index.ts";
import { timedSessions } from "../checkout-session/expire-due.ts";
import type { Context } from "../context.ts";
import { timedGasless } from "../gasless/follow.ts";
import { timedPayments } from "../payment/waiting.ts";
import { timedCalls } from "../relay/waiting.ts";
import type { TimedPart } from "../timed-part.ts";
import { timedDeliveries } from "../webhook/run-delivery.ts";

/** Everything that happens by itself, in the order in which one causes the next. */
const parts: readonly TimedPart[] = [
  timedCalls,
  timedGasless,
  timedPayments,
  timedBilling,
  timedSessions,
  timedDeliveries,
];

/** The first instant later than `after` at which anything is due. */
export async function nextDueAt(ctx: Context, after: Date): Promise<Date | null> {
  let next: Date | null = null;
  for (const part of parts) {
    const at = await part.nextDueAt(ctx, after);
    if (at !== null && (next === null || at < next)) next = at;
  }
  return next;
}

/** The first part that still has something to do now; null when all is quiet. */
export async function busyPart(ctx: Context): Promise<TimedPart | null> {
  for (const part of parts) if (!(await part.isQuiet(ctx))) return part;
  return null;
}

/** A chain that was away is back: what was put off for it is due now. Answers how much. */
export async function catchUp(ctx: Context): Promise<number> {
  let count = 0;
  for (const part of parts) count += (await part.catchUp?.(ctx)) ?? 0;
  return count;
}
