import type { Event as EventResource, WebhookVerify } from "@qbitflow/api";
import { type Event, listDeliveries, listEvents, replayDelivery, verifyWebhook } from "@qbitflow/core";
import { uuidId } from "../path-ids.ts";
import { pageQuery } from "../query-types.ts";
import type { Handlers } from "../register-routes.ts";

function eventResource({ id, type, subjectUuid, data, createdAt }: Event): EventResource {
  return {
    id: Number(id),
    type,
    ...(subjectUuid !== null && { uuid: subjectUuid }),
    data,
    createdAt: createdAt.toISOString().replace(/\.\d+Z$/, "Z"),
  };
}

export const webhookHandlers = {
  verifyWebhook: async ({ server, principal, body }) => {
    const { payload, receivedSignature, receivedTimestamp } = body as WebhookVerify;
    await verifyWebhook(server.core, principal, { payload, receivedSignature, receivedTimestamp });
    return { message: "Webhook signature verified." };
  },
  listWebhookDeliveries: async ({ server, principal, query }) => {
    const subjectUuid = uuidId(String(query.uuid), "session");
    return { items: await listDeliveries(server.core, principal, { subjectUuid }) };
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
