import type { Event as EventResource, WebhookDelivery, WebhookVerify } from "@qbitflow/api";
import { type Delivery, type Event, listDeliveries, listEvents, replayDelivery, verifyWebhook } from "@qbitflow/core";
import { uuidId } from "../path-ids.ts";
import { pageQuery } from "../query-types.ts";
import type { Handlers } from "../register-routes.ts";

function eventResource({ id, type, subjectUuid, data, createdAt }: Event): EventResource {
  return {
    id: Number(id),
    type,
    ...(subjectUuid !== null && { uuid: subjectUuid }),
    data,
    createdAt: createdAt.toISOString(),
  };
}

function deliveryResource(delivery: Delivery): WebhookDelivery {
  const { id, subjectUuid, stream, sequence, url, state, createdAt, deliveredAt, nextAttemptAt } = delivery;
  return {
    id,
    uuid: subjectUuid,
    stream,
    sequence,
    url,
    state,
    createdAt: createdAt.toISOString(),
    ...(deliveredAt !== null && { deliveredAt: deliveredAt.toISOString() }),
    ...(nextAttemptAt !== null && { nextAttemptAt: nextAttemptAt.toISOString() }),
    attempts: delivery.attempts.map(({ number, startedAt, httpStatus, error, latencyMs, answer }) => ({
      number,
      startedAt: startedAt.toISOString(),
      ...(httpStatus !== null && { httpStatus }),
      ...(error !== null && { error }),
      ...(latencyMs !== null && { latencyMs }),
      ...(answer !== null && { answer }),
    })),
  };
}

export const webhookHandlers = {
  verifyWebhook: async ({ server, principal, body }) => {
    const { payload, receivedSignature, receivedTimestamp } = body as WebhookVerify;
    await verifyWebhook(server.core, principal, {
      payload,
      receivedSignature,
      receivedTimestamp,
      wallClock: server.wallClock,
    });
    return { message: "Webhook signature verified." };
  },
  listWebhookDeliveries: async ({ server, principal, query }) => {
    const subjectUuid = uuidId(String(query.uuid), "session");
    const deliveries = await listDeliveries(server.core, principal, { subjectUuid });
    return { items: deliveries.map(deliveryResource) };
  },
  replayWebhookDelivery: async ({ server, principal, params }) => {
    await replayDelivery(server.core, principal, uuidId(params.id ?? "", "webhook delivery"));
    return { message: "The webhook is sent again." };
  },
  listEvents: async ({ server, principal, query }) => {
    const page = await listEvents(server.core, principal, pageQuery(query));
    return { items: page.items.map(eventResource), nextCursor: page.nextCursor };
  },
} satisfies Partial<Handlers>;
