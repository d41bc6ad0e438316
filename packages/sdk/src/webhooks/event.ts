import type { SessionEvent, SubscriptionEvent, UsageThresholdEvent, WebhookEvent } from "../types.ts";

/** A session's change of status, or a bill's when its `status.type` is `executeSubscription`. */
export function isSessionEvent(event: WebhookEvent): event is SessionEvent {
  return "session" in event;
}

/** A subscription's change of status. */
export function isSubscriptionEvent(event: WebhookEvent): event is SubscriptionEvent {
  return "currentStatus" in event;
}

/** Usage that came near the customer's limit, or reached it. */
export function isUsageThresholdEvent(event: WebhookEvent): event is UsageThresholdEvent {
  return "usagePercent" in event;
}
