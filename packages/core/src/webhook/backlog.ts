import type { Context } from "../context.ts";
import { countWaiting } from "./store.ts";

/** What is not delivered yet, for the operator. */
export interface WebhookBacklog {
  readonly waiting: number;
  /** When the oldest of them was written; null = none waits. */
  readonly oldestAt: Date | null;
}

export const webhookBacklog = (ctx: Context): Promise<WebhookBacklog> => countWaiting(ctx.db);
