import Type, { type Static } from "typebox";
import { Currency } from "./currency.ts";
import { ListQuery } from "./list.ts";
import { Payment } from "./payment.ts";
import { subscriptionStatuses } from "./portal.ts";

const time = (description: string) => Type.String({ format: "date-time", description });

export const Subscription = Type.Object({
  uuid: Type.String({ description: "The uuid of its session." }),
  from: Type.String({ description: "The customer's address; empty while nothing is authorised." }),
  to: Type.String({ description: "The address that is paid." }),
  productId: Type.Integer(),
  subscriptionHash: Type.String({ description: "The mandate's hash; empty while nothing is authorised." }),
  currencyId: Type.Integer(),
  currency: Currency,
  test: Type.Boolean(),
  customerUUID: Type.String(),
  frequency: Type.Integer({ description: "Seconds; a month is 2 592 000." }),
  allowance: Type.Number({ description: "USD that the token contract still lets be taken." }),
  subscriptionStatus: Type.Enum([...subscriptionStatuses]),
  status: Type.Enum([...subscriptionStatuses], { description: "The same." }),
  stopped: Type.Boolean({ description: "Ends with the period that runs." }),
  lastBillingDate: Type.Optional(time("When it was last paid.")),
  nextBillingDate: time("When the next bill is due."),
  minimumCancellationDate: Type.Optional(time("The customer may cancel from then on.")),
  createdAt: time("When it began."),
  updatedAt: time("Of its last change."),
  reference: Type.Optional(Type.String()),
  metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
  portalUrl: Type.Optional(Type.String({ description: "Where the organization switched it on." })),
});
export type Subscription = Static<typeof Subscription>;

export const PayAsYouGoSubscription = Type.Object({
  ...Subscription.properties,
  unitsCurrentPeriod: Type.Number(),
  maxSpendingPerPeriod: Type.Number({ description: "USD." }),
  freeCredits: Type.Number({ description: "USD left." }),
});
export type PayAsYouGoSubscription = Static<typeof PayAsYouGoSubscription>;

/** Either kind: the fields of usage are there exactly for pay-as-you-go. */
export const AnySubscription = Type.Object({
  ...Subscription.properties,
  unitsCurrentPeriod: Type.Optional(PayAsYouGoSubscription.properties.unitsCurrentPeriod),
  maxSpendingPerPeriod: Type.Optional(PayAsYouGoSubscription.properties.maxSpendingPerPeriod),
  freeCredits: Type.Optional(PayAsYouGoSubscription.properties.freeCredits),
});
export type AnySubscription = Static<typeof AnySubscription>;

export const SubscriptionListQuery = Type.Object({
  ...ListQuery.properties,
  type: Type.Optional(Type.Enum(["subscription", "payAsYouGo"], { description: "Those of one kind." })),
});
export type SubscriptionListQuery = Static<typeof SubscriptionListQuery>;

/** One bill that was paid. */
export const SubscriptionHistory = Type.Object({ ...Payment.properties, subscriptionUUID: Type.String() });
export type SubscriptionHistory = Static<typeof SubscriptionHistory>;

export const BillingStarted = Type.Object({
  message: Type.String(),
  statusLink: Type.String({ description: "Where the charge's status is: GET it with your key." }),
});
export type BillingStarted = Static<typeof BillingStarted>;

export const PortalLink = Type.Object({ portalUrl: Type.String({ description: "The customer's page." }) });
export type PortalLink = Static<typeof PortalLink>;

/** The body of the webhook that tells a subscription's change of status: exactly these fields. */
export const SubscriptionWebhook = Type.Object({
  subscriptionUUID: Type.String(),
  subscriptionReference: Type.Optional(Type.String()),
  previousStatus: Type.Enum([...subscriptionStatuses]),
  currentStatus: Type.Enum([...subscriptionStatuses]),
  updatedAt: time("When it changed."),
  portalUrl: Type.Optional(Type.String({ description: "Where the organization switched it on." })),
});
export type SubscriptionWebhook = Static<typeof SubscriptionWebhook>;

/** The body of the webhook that tells how near the customer's limit the running period's usage is: exactly these fields. */
export const UsageWebhook = Type.Object({
  subscriptionUUID: Type.String(),
  subscriptionReference: Type.Optional(Type.String()),
  usagePercent: Type.Enum([80, 100]),
  unitsCurrentPeriod: Type.Number(),
  maxSpendingPerPeriod: Type.Number({ description: "USD." }),
  updatedAt: time("When it came to that."),
});
export type UsageWebhook = Static<typeof UsageWebhook>;
