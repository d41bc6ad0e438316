import type { Subscription, SubscriptionInput } from "../types.ts";
import { Recurring } from "./recurring.ts";

/** A fixed price, billed at the start of each period. */
export class Subscriptions extends Recurring<SubscriptionInput, Subscription> {
  protected readonly kind = "subscription";
}
