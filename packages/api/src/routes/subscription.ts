import { Message } from "../message.ts";
import type { Route } from "../route.ts";

const tag = "Subscriptions";
const cancelled = { answer: { message: "The subscription is cancelled." } };

export const subscriptionRoutes = [
  {
    id: "forceCancelSubscription",
    method: "POST",
    path: "/v1/transaction/subscription/processing/force-cancel/:uuid",
    auth: "key",
    tag,
    summary: "End a subscription at once, for good",
    answer: Message,
    errors: ["not_found", "subscription_cancelled"],
    example: cancelled,
  },
  {
    id: "forceCancelSubscriptionByGet",
    method: "GET",
    path: "/v1/transaction/subscription/processing/force-cancel/:uuid",
    auth: "key",
    tag,
    summary: "The same, as 1.x clients ask for it; use POST",
    answer: Message,
    errors: ["not_found", "subscription_cancelled"],
    example: cancelled,
  },
] as const satisfies readonly Route[];
