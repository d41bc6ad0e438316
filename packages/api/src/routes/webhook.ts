import Type from "typebox";
import { Event, EventQuery } from "../event.ts";
import { examples } from "../examples.ts";
import { ListOf } from "../list.ts";
import { Message } from "../message.ts";
import type { Route } from "../route.ts";
import { HeardDelivery, WebhookDelivery, WebhookListener, WebhookListenerNext, WebhookVerify } from "../webhook.ts";

const delivery = {
  id: "0197c89e-1111-7c9a-9886-fe7709919695",
  uuid: examples.uuid,
  stream: "session",
  sequence: 1,
  url: "https://shop.example/hook",
  state: "delivered",
  createdAt: "2026-01-15T10:05:00Z",
  deliveredAt: "2026-01-15T10:05:01Z",
  attempts: [{ number: 1, startedAt: "2026-01-15T10:05:00Z", httpStatus: 200, latencyMs: 35, answer: "ok" }],
};

export const webhookRoutes = [
  {
    id: "verifyWebhook",
    method: "POST",
    path: "/v1/webhooks/verify",
    auth: "key",
    tag: "Webhooks",
    summary: "Check a webhook's signature",
    description: "For a server that has no secret at hand. The SDK checks locally, which is faster.",
    body: WebhookVerify,
    answer: Message,
    errors: [
      "webhook_signature_invalid",
      "webhook_timestamp_invalid",
      "webhook_timestamp_too_old",
      "webhook_payload_invalid",
    ],
    example: {
      body: {
        payload: { uuid: examples.uuid, status: examples.status, session: examples.session },
        receivedSignature: "sha256=5f2c…",
        receivedTimestamp: "1768471501",
      },
      answer: { message: "Webhook signature verified." },
    },
  },
  {
    id: "listWebhookDeliveries",
    method: "GET",
    path: "/v1/webhooks/deliveries",
    auth: "key",
    tag: "Webhooks",
    summary: "A session's webhooks with every attempt",
    query: Type.Object({ uuid: Type.String({ maxLength: 64, description: "The session." }) }),
    answer: Type.Object({ items: Type.Array(WebhookDelivery) }),
    errors: ["not_found"],
    example: { query: `uuid=${examples.uuid}`, answer: { items: [delivery] } },
  },
  {
    id: "replayWebhookDelivery",
    method: "POST",
    path: "/v1/webhooks/deliveries/:id/replay",
    auth: "key",
    tag: "Webhooks",
    summary: "Send a webhook again",
    description:
      "With the same id and body, to its URL and to whoever listens. `id` is the webhook's, or the number of its event.",
    answer: Message,
    errors: ["not_found", "conflict"],
    example: { answer: { message: "The webhook is sent again." } },
  },
  {
    id: "openWebhookListener",
    method: "POST",
    path: "/v1/webhooks/listeners",
    auth: "key",
    tag: "Webhooks",
    summary: "Listen to webhooks without a URL",
    description:
      "From now on every webhook of the key's organization and mode is also kept for this listener, those of sessions " +
      "without a URL included. This is what `qbitflow listen` does. It ends when it is closed or not asked for 15 minutes. " +
      "5 of one key and 20 of one organization and mode at once.",
    answer: WebhookListener,
    errors: [],
    example: { answer: { id: "0197c89e-2222-7c9a-9886-fe7709919695" } },
  },
  {
    id: "nextWebhooks",
    method: "POST",
    path: "/v1/webhooks/listeners/:id/next",
    auth: "key",
    tag: "Webhooks",
    summary: "What a listener has not taken yet",
    description:
      "The oldest 10, in their order. They come again until `taken` names them, so nothing is lost between two requests.",
    body: WebhookListenerNext,
    answer: Type.Object({ items: Type.Array(HeardDelivery) }),
    errors: ["not_found"],
    example: {
      body: { taken: [6], waitSeconds: 20 },
      answer: {
        items: [
          {
            position: 7,
            id: delivery.id,
            eventId: 31,
            type: "checkout_session.completed",
            uuid: examples.uuid,
            sequence: 2,
            headers: { "Content-Type": "application/json", "X-Webhook-ID": delivery.id, "X-Webhook-Sequence": "2" },
            body: '{"uuid":"…"}',
          },
        ],
      },
    },
  },
  {
    id: "closeWebhookListener",
    method: "DELETE",
    path: "/v1/webhooks/listeners/:id",
    auth: "key",
    tag: "Webhooks",
    summary: "Stop listening",
    answer: Message,
    errors: ["not_found"],
    example: { answer: { message: "Nothing is kept for this listener any more." } },
  },
  {
    id: "listEvents",
    method: "GET",
    path: "/v1/events",
    auth: "key",
    tag: "Webhooks",
    summary: "The event log, newest first",
    description:
      "With `type` or `uuid` a page may have fewer items than `limit`, even none, and still a `nextCursor` to go on with: " +
      "one page looks through 10 000 events at most.",
    query: EventQuery,
    answer: ListOf(Event),
    errors: ["invalid_cursor", "not_found"],
    example: {
      query: "limit=20",
      answer: {
        items: [
          {
            id: 7,
            type: "checkout_session.completed",
            uuid: examples.uuid,
            data: { status: "completed" },
            createdAt: "2026-01-15T10:05:09Z",
          },
        ],
        nextCursor: null,
      },
    },
  },
] as const satisfies readonly Route[];
