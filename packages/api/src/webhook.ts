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
  url: Type.String(),
  state: Type.Enum(["due", "delivered", "given_up"]),
  createdAt: Type.String({ format: "date-time" }),
  deliveredAt: Type.Optional(Type.String({ format: "date-time" })),
  nextAttemptAt: Type.Optional(Type.String({ format: "date-time" })),
  attempts: Type.Array(WebhookAttempt),
});
export type WebhookDelivery = Static<typeof WebhookDelivery>;
