import Type from "typebox";
import { Event } from "../event.ts";
import { examples } from "../examples.ts";
import { ListOf, ListQuery } from "../list.ts";
import { Message } from "../message.ts";
import type { Route } from "../route.ts";
import { WebhookDelivery, WebhookVerify } from "../webhook.ts";

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
    answer: Message,
    errors: ["not_found"],
    example: { answer: { message: "The webhook is sent again." } },
  },
  {
    id: "listEvents",
    method: "GET",
    path: "/v1/events",
    auth: "key",
    tag: "Webhooks",
    summary: "The event log, newest first",
    query: ListQuery,
    answer: ListOf(Event),
    errors: ["invalid_cursor"],
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
