import Type, { type Static } from "typebox";
import { Session } from "./session.ts";
import { TransactionStatus } from "./transaction-status.ts";

/** The body of a session's webhook: exactly these fields, as 1.x clients re-encode it to verify it. */
export const SessionWebhook = Type.Object({ uuid: Type.String(), status: TransactionStatus, session: Session });
export type SessionWebhook = Static<typeof SessionWebhook>;

export const WebhookVerify = Type.Object({
  payload: Type.Unknown({ description: "The webhook's body: the object, or the raw text." }),
  receivedSignature: Type.String({ maxLength: 500, description: "Header `X-Webhook-Signature-256`." }),
  receivedTimestamp: Type.Union([Type.String({ maxLength: 32 }), Type.Integer()], {
    description: "Header `X-Webhook-Timestamp`.",
  }),
});
export type WebhookVerify = Static<typeof WebhookVerify>;

export const WebhookAttempt = Type.Object({
  number: Type.Integer(),
  startedAt: Type.String({ format: "date-time" }),
  httpStatus: Type.Optional(Type.Integer()),
  error: Type.Optional(Type.String()),
  latencyMs: Type.Optional(Type.Integer()),
  answer: Type.Optional(Type.String({ description: "The first 2 kB of the answer." })),
});
export type WebhookAttempt = Static<typeof WebhookAttempt>;

export const WebhookDelivery = Type.Object({
  id: Type.String({ description: "Header `X-Webhook-ID`." }),
  uuid: Type.String({ description: "The session, and the subscription that came from it." }),
  stream: Type.Enum(["session", "subscription", "billing"], {
    description: "What the sequence counts: the session's statuses, the subscription's, or its bills and usage.",
  }),
  sequence: Type.Integer(),
  url: Type.Optional(Type.String({ description: "Left out where it had none: only listeners were given it." })),
  state: Type.Enum(["due", "delivered", "given_up", "no_url"]),
  createdAt: Type.String({ format: "date-time" }),
  deliveredAt: Type.Optional(Type.String({ format: "date-time" })),
  nextAttemptAt: Type.Optional(Type.String({ format: "date-time" })),
  attempts: Type.Array(WebhookAttempt),
});
export type WebhookDelivery = Static<typeof WebhookDelivery>;

export const WebhookListener = Type.Object({ id: Type.String() });
export type WebhookListener = Static<typeof WebhookListener>;

export const WebhookListenerNext = Type.Object({
  taken: Type.Optional(
    Type.Array(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), {
      maxItems: 100,
      description: "The `position` of each webhook that you are done with. The others come again.",
    }),
  ),
  waitSeconds: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 25,
      description: "How long to wait for one where there is none; 0 when left out.",
    }),
  ),
});
export type WebhookListenerNext = Static<typeof WebhookListenerNext>;

/** A webhook as a listener is given it. */
export const HeardDelivery = Type.Object({
  position: Type.Integer(),
  id: Type.String({ description: "Header `X-Webhook-ID`." }),
  eventId: Type.Integer(),
  type: Type.String({ description: "The event's." }),
  uuid: Type.String({ description: "The session, and the subscription that came from it." }),
  sequence: Type.Integer(),
  headers: Type.Record(Type.String(), Type.String(), { description: "As a delivery has them, signed now." }),
  body: Type.String({ description: "Byte for byte what is signed." }),
});
export type HeardDelivery = Static<typeof HeardDelivery>;
