import type { ServiceContext } from "../context.ts";
import { createBell, describe, runLoop } from "../loop.ts";
import type { TimedPart } from "../timed-part.ts";
import { type DeliverOptions, deliver } from "./deliver.ts";
import { type ClaimedDelivery, claimDeliveries, nextDueAfter, nextDueAt } from "./store.ts";

const MAX_CONCURRENT = 64;
const LEASE_MARGIN_MS = 30_000;
/** A delivery can be due and still wait for another worker's attempt: looked at again this soon. */
const MIN_WAIT_MS = 250;
/** Without a notification (a lost connection) due deliveries are found this late. */
const MAX_WAIT_MS = 2_000;
const STOP_GRACE_MS = 1_000;

export interface RunDeliveryOptions extends DeliverOptions {
  readonly signal: AbortSignal;
  readonly maxConcurrent?: number;
}

function count<Key>(counts: Map<Key, number>, key: Key, change: 1 | -1): void {
  const now = (counts.get(key) ?? 0) + change;
  if (now > 0) counts.set(key, now);
  else counts.delete(key);
}

/**
 * Delivers webhooks until the signal aborts; then the attempts under way get a second more, and
 * those without an answer are tried again later. Any number of processes may run it. Woken by NOTIFY `webhook_due` and `clock_moved`,
 * and by the next due time.
 */
export async function runDelivery(ctx: ServiceContext, options: RunDeliveryOptions): Promise<void> {
  const { signal } = options;
  const maxConcurrent = options.maxConcurrent ?? MAX_CONCURRENT;
  const bell = createBell();
  const underWay = new Map<string, number>();
  const underWayOf = new Map<bigint, number>();
  const attempts = new Set<Promise<void>>();
  const stop = new AbortController();

  function begin(delivery: ClaimedDelivery): void {
    const { origin, organizationId } = delivery;
    count(underWay, origin, 1);
    count(underWayOf, organizationId, 1);
    const attempt = deliver(ctx, delivery, { ...options, stop: stop.signal })
      .catch((error: unknown) => {
        ctx.log.error({ delivery: delivery.id, error: describe(error) }, "a webhook's attempt was not written down");
      })
      .finally(() => {
        attempts.delete(attempt);
        count(underWay, origin, -1);
        count(underWayOf, organizationId, -1);
        bell.ring();
      });
    attempts.add(attempt);
  }

  async function step(): Promise<number> {
    const free = maxConcurrent - attempts.size;
    if (free <= 0) return MAX_WAIT_MS;
    const claimed = await claimDeliveries(ctx.db, {
      now: ctx.clock.now(),
      leaseMs: ctx.policy.webhookTimeoutMs + LEASE_MARGIN_MS,
      limit: free,
      maxPerOrigin: ctx.policy.maxWebhooksPerOrigin,
      underWay,
      // What an operator allows one origin, its organization has anyway.
      maxPerOrganization: Math.max(Math.ceil(maxConcurrent / 4), ctx.policy.maxWebhooksPerOrigin),
      underWayOf,
    });
    for (const delivery of claimed) begin(delivery);
    if (claimed.length > 0) return 0;
    const dueAt = await nextDueAt(ctx.db);
    if (dueAt === null) return MAX_WAIT_MS;
    const untilDueMs = dueAt.getTime() - ctx.clock.now().getTime();
    return Math.min(Math.max(untilDueMs, MIN_WAIT_MS), MAX_WAIT_MS);
  }

  const listening = new Map<string, () => Promise<void>>();
  async function listenAndStep(): Promise<number> {
    for (const channel of ["webhook_due", "clock_moved"]) {
      if (!listening.has(channel)) listening.set(channel, await ctx.db.listen(channel, () => bell.ring()));
    }
    return step();
  }

  await runLoop({ name: "webhook delivery", log: ctx.log, signal, bell, step: listenAndStep });
  for (const stopListening of listening.values()) await stopListening().catch(() => undefined);
  const grace = setTimeout(() => stop.abort(), STOP_GRACE_MS);
  await Promise.all(attempts);
  clearTimeout(grace);
}

/** Deliveries: first attempts and retries. */
export const timedDeliveries: TimedPart = {
  name: "webhooks",
  isUpToOthers: true,
  nextDueAt: (ctx, after) => nextDueAfter(ctx.db, after),
  isQuiet: async (ctx) => {
    const at = await nextDueAt(ctx.db);
    return at === null || at > ctx.clock.now();
  },
};
