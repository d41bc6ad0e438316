import type { Clock, Context } from "../context.ts";
import { describe } from "../loop.ts";
import { webhookSecrets } from "../organization/index.ts";
import type { Resolve } from "./address-guard.ts";
import { parseRetryAfter, retryDelayMs } from "./schedule.ts";
import { type SendResult, send } from "./send.ts";
import { deliveryHeaders } from "./sign.ts";
import { type ClaimedDelivery, finishAttempt } from "./store.ts";

const GONE = 410;

export interface DeliverOptions {
  /** Timestamps in signatures are wall time, even where ctx.clock is a test clock that may be moved. */
  readonly wallClock?: Clock;
  readonly resolve?: Resolve;
  /** 0 to 1, for jitter. */
  readonly random?: () => number;
  /** Ends requests under way: they count as failed and are tried again. */
  readonly stop?: AbortSignal;
}

/** Makes one claimed attempt and writes down how it ended and when the next one is. Any 2xx acknowledges; 410 ends it. */
export async function deliver(ctx: Context, delivery: ClaimedDelivery, options: DeliverOptions = {}): Promise<void> {
  const wallClock = options.wallClock ?? ctx.clock;
  const result = await attempt(ctx, delivery, { ...options, wallClock });
  const now = ctx.clock.now();
  const acknowledged = result.httpStatus !== null && result.httpStatus >= 200 && result.httpStatus < 300;
  const retryAfterMs = parseRetryAfter(result.retryAfter, wallClock.now().getTime());
  const random = options.random ?? Math.random;
  const delayMs =
    acknowledged || result.httpStatus === GONE ? null : retryDelayMs(delivery.attempt, { retryAfterMs, random });
  const outcome = {
    deliveryId: delivery.id,
    attempt: delivery.attempt,
    httpStatus: result.httpStatus,
    error: result.error,
    latencyMs: result.latencyMs,
    answer: result.answer,
    now,
    nextAttemptAt: delayMs === null ? null : new Date(now.getTime() + delayMs),
  };
  const state = acknowledged ? "delivered" : delayMs === null ? "given_up" : "due";
  await finishAttempt(ctx.db, { ...outcome, state });
  if (state === "given_up") {
    ctx.log.warn(
      { delivery: delivery.id, origin: delivery.origin, status: result.httpStatus },
      "a webhook was given up",
    );
  }
}

async function attempt(
  ctx: Context,
  delivery: ClaimedDelivery,
  options: DeliverOptions & { readonly wallClock: Clock },
): Promise<SendResult> {
  try {
    const { organizationId, test, id, sequence, body } = delivery;
    const secrets = await webhookSecrets(ctx, { organizationId, test });
    const timestamp = Math.floor(options.wallClock.now().getTime() / 1000);
    return await send({
      url: delivery.url,
      headers: deliveryHeaders({ secrets, id, sequence, timestamp, body }),
      body,
      timeoutMs: ctx.policy.webhookTimeoutMs,
      allowPrivate: ctx.policy.allowPrivateWebhooks,
      resolve: options.resolve,
      stop: options.stop,
    });
  } catch (error) {
    // A secret that cannot be opened, say: the attempt failed like any other, and is on record.
    const message = `It could not be signed. ${describe(error)}`;
    ctx.log.error({ delivery: delivery.id, error: describe(error) }, "a webhook could not be signed");
    return { httpStatus: null, error: message.slice(0, 500), answer: null, retryAfter: undefined, latencyMs: 0 };
  }
}
