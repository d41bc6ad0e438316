import Type from "typebox";
import { examples } from "../examples.ts";
import { ListOf } from "../list.ts";
import { Message } from "../message.ts";
import type { Route } from "../route.ts";
import {
  AnySubscription,
  BillingStarted,
  PortalLink,
  SubscriptionHistory,
  SubscriptionListQuery,
} from "../subscription.ts";

const tag = "Subscriptions";
const path = "/v1/transaction/subscription";
const cancelled = { answer: { message: "The subscription is cancelled." } };
const billing = {
  answer: {
    message: "The bill is being charged.",
    statusLink: `http://127.0.0.1:8080/v1/transaction/status?transactionUUID=${examples.uuid}&transactionStatusType=executeSubscription`,
  },
};
const link = { answer: { portalUrl: `http://127.0.0.1:8080/manage/${examples.uuid}.1.3q2-7w` } };

export const subscriptionRoutes = [
  {
    id: "getSubscription",
    method: "GET",
    path: `${path}/:uuid`,
    auth: "key",
    tag,
    summary: "A subscription, by its session's uuid",
    description: "One that is billed by usage says how much of it there is: PayAsYouGoSubscription.",
    answer: AnySubscription,
    errors: ["not_found"],
    example: { answer: examples.subscription },
  },
  {
    id: "listSubscriptions",
    method: "GET",
    path: "/v1/transaction/subscriptions",
    auth: "key",
    tag,
    summary: "Subscriptions, newest first",
    query: SubscriptionListQuery,
    answer: ListOf(AnySubscription),
    errors: ["invalid_cursor"],
    example: { query: "type=subscription&limit=20", answer: { items: [examples.subscription], nextCursor: null } },
  },
  {
    id: "getSubscriptionHistory",
    method: "GET",
    path: `${path}/history/:uuid`,
    auth: "key",
    tag,
    summary: "The bills that were paid, newest first",
    description: "The newest 1000. `GET /v1/transaction/payments/combined` has all of them, page by page.",
    answer: Type.Array(SubscriptionHistory),
    errors: ["not_found"],
    example: { answer: [{ ...examples.payment, subscriptionUUID: examples.uuid }] },
  },
  {
    id: "forceCancelSubscription",
    method: "POST",
    path: `${path}/processing/force-cancel/:uuid`,
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
    path: `${path}/processing/force-cancel/:uuid`,
    auth: "key",
    tag,
    summary: "The same, as 1.x clients ask for it; use POST",
    answer: Message,
    errors: ["not_found", "subscription_cancelled"],
    example: cancelled,
  },
  {
    id: "executeBilling",
    method: "POST",
    path: `${path}/processing/execute-billing/:uuid`,
    auth: "key",
    tag,
    summary: "Charge the bill that is due now, in test mode",
    answer: BillingStarted,
    errors: ["forbidden", "not_found", "payment_not_due"],
    example: billing,
  },
  {
    id: "executeBillingByGet",
    method: "GET",
    path: `${path}/processing/execute-billing/:uuid`,
    auth: "key",
    tag,
    summary: "The same, as 1.x clients ask for it; use POST",
    answer: BillingStarted,
    errors: ["forbidden", "not_found", "payment_not_due"],
    example: billing,
  },
  {
    id: "getPortalLink",
    method: "GET",
    path: `${path}/:uuid/portal`,
    auth: "key",
    tag,
    summary: "The customer's page of a subscription",
    description: "Whoever has the link can read the subscription and end it: give it to the customer alone.",
    answer: PortalLink,
    errors: ["not_found"],
    example: link,
  },
  {
    id: "revokePortalLinks",
    method: "POST",
    path: `${path}/:uuid/portal/revoke`,
    auth: "key",
    tag,
    summary: "End the links given out before; answers a new one",
    answer: PortalLink,
    errors: ["not_found"],
    example: link,
  },
] as const satisfies readonly Route[];
