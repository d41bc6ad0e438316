import Type, { type Static } from "typebox";
import { Currency } from "./currency.ts";
import { Duration } from "./mandate.ts";
import { TransactionStatus } from "./transaction-status.ts";

const url = { maxLength: 2048, description: "Absolute http or https URL." };
const redirectUrl = {
  maxLength: 2048,
  description: "Absolute http or https URL; `{{UUID}}` and `{{TRANSACTION_TYPE}}` in it are replaced.",
};

/** What makes a session a subscription: bills repeat at `frequency`. */
export const SubscriptionOptionsCreate = Type.Object({
  subscriptionType: Type.Enum(["subscription", "payAsYouGo"]),
  frequency: Duration,
  trialPeriod: Type.Optional(Duration),
  freeCredits: Type.Optional(Type.Number({ description: "USD, used up before units cost something (payAsYouGo)." })),
  minPeriods: Type.Optional(Type.Integer({ minimum: 1, description: "Periods before the customer may cancel." })),
});
export type SubscriptionOptionsCreate = Static<typeof SubscriptionOptionsCreate>;

/** The same as read back: lengths in seconds, a month as 2 592 000. */
export const SubscriptionOptions = Type.Object({
  subscriptionType: Type.Enum(["subscription", "payAsYouGo"]),
  frequency: Type.Integer({ description: "Seconds." }),
  trialPeriod: Type.Optional(Type.Integer({ description: "Seconds." })),
  freeCredits: Type.Optional(Type.Number()),
  minPeriods: Type.Optional(Type.Integer()),
});
export type SubscriptionOptions = Static<typeof SubscriptionOptions>;

/** `productId`, or `productName`, `description` and `price`; never both. */
export const SessionCreate = Type.Object({
  productId: Type.Optional(Type.Integer({ minimum: 1 })),
  productName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  description: Type.Optional(Type.String({ maxLength: 2000 })),
  price: Type.Optional(Type.Number({ description: "USD, 0.01 to 1 000 000; at most 6 decimals." })),
  successUrl: Type.Optional(Type.String(redirectUrl)),
  cancelUrl: Type.Optional(Type.String(redirectUrl)),
  webhookUrl: Type.Optional(Type.String(url)),
  customerUUID: Type.Optional(Type.String({ maxLength: 64 })),
  customerUuid: Type.Optional(Type.String({ maxLength: 64, description: "Another spelling of customerUUID." })),
  reference: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: "Your own id, such as an order." }),
  ),
  metadata: Type.Optional(
    Type.Record(Type.String(), Type.String({ maxLength: 500 }), {
      description: "At most 50 pairs of texts; keys up to 40 characters.",
    }),
  ),
  expiresInMinutes: Type.Optional(Type.Integer({ minimum: 10, maximum: 1440 })),
  options: Type.Optional(
    Type.Unsafe<SubscriptionOptionsCreate>({
      type: "object",
      description:
        "What makes it a subscription; one-time sessions leave it out. `subscriptionType` (`subscription`, `payAsYouGo`), " +
        "`frequency` and `trialPeriod?` as `{value, unit}`, `freeCredits?` (USD, payAsYouGo), `minPeriods?`. The same " +
        "fields may stand flat in the body instead.",
    }),
  ),
});
export type SessionCreate = Static<typeof SessionCreate>;

export const SessionCreated = Type.Object({
  uuid: Type.String(),
  link: Type.String({ description: "Send the customer here." }),
  expiresAt: Type.Integer({ description: "Unix seconds." }),
});
export type SessionCreated = Static<typeof SessionCreated>;

export const Session = Type.Object({
  uuid: Type.String(),
  productId: Type.Optional(Type.Integer()),
  productName: Type.String(),
  description: Type.String(),
  price: Type.Number(),
  organizationName: Type.String(),
  successUrl: Type.Optional(Type.String()),
  cancelUrl: Type.Optional(Type.String()),
  customerUUID: Type.String({ description: "Empty when the session has no customer yet." }),
  reference: Type.Optional(Type.String()),
  metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
  options: Type.Optional(SubscriptionOptions),
  availableCurrencies: Type.Array(Currency),
});
export type Session = Static<typeof Session>;

/** What reading a session answers: the Session, and how it stands. Webhooks carry the Session alone. */
export const SessionRead = Type.Object({
  ...Session.properties,
  expiresAt: Type.Integer({ description: "Unix seconds." }),
  status: TransactionStatus,
});
export type SessionRead = Static<typeof SessionRead>;

export const SessionReadQuery = Type.Object({
  closeToExpireError: Type.Optional(
    Type.Boolean({ description: "True when left out: a session that ends within 5 minutes answers 410." }),
  ),
});
