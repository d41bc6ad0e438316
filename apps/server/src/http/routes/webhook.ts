import type {
  EventQuery,
  Event as EventResource,
  HeardDelivery as HeardResource,
  WebhookDelivery,
  WebhookListenerNext,
  WebhookVerify,
} from "@qbitflow/api";
import {
  closeListener,
  type Delivery,
  type Event,
  type HeardDelivery,
  listDeliveries,
  listEvents,
  openListener,
  readListener,
  replayDelivery,
  verifyWebhook,
} from "@qbitflow/core";
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
    ...(url !== null && { url }),
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

const heardResource = ({ position, eventId, subjectUuid, ...webhook }: HeardDelivery): HeardResource => ({
  position: Number(position),
  eventId: Number(eventId),
  uuid: subjectUuid,
  ...webhook,
});

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
    await replayDelivery(server.core, principal, (params.id ?? "").toLowerCase());
    return { message: "The webhook is sent again." };
  },
  openWebhookListener: async ({ server, principal }) => ({ id: await openListener(server.core, principal) }),
  nextWebhooks: async ({ server, principal, params, body, reply, listenerBells }) => {
    const { taken = [], waitSeconds = 0 } = body as WebhookListenerNext;
    const id = uuidId(params.id ?? "", "listener");
    const left = new AbortController();
    reply.raw.once("close", () => left.abort());
    let done = taken.map(BigInt);
    const look = async () => {
      const heard = await readListener(server.core, principal, { id, taken: done, wallClock: server.wallClock });
      done = [];
      return heard;
    };
    const heard = await listenerBells.look(id, look, { waitMs: waitSeconds * 1_000, signal: left.signal });
    return { items: heard.map(heardResource) };
  },
  closeWebhookListener: async ({ server, principal, params }) => {
    await closeListener(server.core, principal, uuidId(params.id ?? "", "listener"));
    return { message: "Nothing is kept for this listener any more." };
  },
  listEvents: async ({ server, principal, query }) => {
    const { type, uuid } = query as EventQuery;
    const subjectUuid = uuid === undefined ? undefined : uuidId(uuid, "session");
    const page = await listEvents(server.core, principal, { ...pageQuery(query), type, subjectUuid });
    return { items: page.items.map(eventResource), nextCursor: page.nextCursor };
  },
} satisfies Partial<Handlers>;
