import {
  type Context,
  executeBilling,
  forceCancel,
  getSubscription,
  listSubscriptions,
  loadMerchant,
  portalLink,
  revokePortalLinks,
  type Subscription,
  subscriptionHistory,
  subscriptionResource,
} from "@qbitflow/core";
import { uuidId } from "../path-ids.ts";
import { pageQuery } from "../query-types.ts";
import type { Call, Handler, Handlers } from "../register-routes.ts";

const uuidOf = ({ params }: Call): string => uuidId(params.uuid ?? "", "subscription");

/** The wire's subscription, with the customer's page where the organization switched that on. */
export async function subscriptionAnswer(ctx: Context, subscription: Subscription) {
  const resource = await subscriptionResource(ctx, subscription);
  const { showsPortalUrl } = await loadMerchant(ctx, subscription);
  return showsPortalUrl ? { ...resource, portalUrl: portalLink(ctx, subscription) } : resource;
}

const cancelAtOnce: Handler = async (call) => {
  await forceCancel(call.server.core, call.principal, uuidOf(call));
  return { message: "The subscription is cancelled." };
};

const bill: Handler = async (call) => {
  const { core } = call.server;
  const uuid = uuidOf(call);
  const { message } = await executeBilling(core, call.principal, uuid);
  const query = `transactionUUID=${uuid}&transactionStatusType=executeSubscription`;
  return { message, statusLink: `${core.policy.publicUrl}/v1/transaction/status?${query}` };
};

export const subscriptionHandlers = {
  getSubscription: async (call) =>
    subscriptionAnswer(call.server.core, await getSubscription(call.server.core, call.principal, uuidOf(call))),
  listSubscriptions: async ({ server, principal, query }) => {
    const kind = query.type as Subscription["kind"] | undefined;
    const page = await listSubscriptions(server.core, principal, { ...pageQuery(query), ...(kind && { kind }) });
    const items = [];
    for (const subscription of page.items) items.push(await subscriptionAnswer(server.core, subscription));
    return { items, nextCursor: page.nextCursor };
  },
  getSubscriptionHistory: (call) => subscriptionHistory(call.server.core, call.principal, uuidOf(call)),
  forceCancelSubscription: cancelAtOnce,
  forceCancelSubscriptionByGet: cancelAtOnce,
  executeBilling: bill,
  executeBillingByGet: bill,
  getPortalLink: async (call) => {
    const subscription = await getSubscription(call.server.core, call.principal, uuidOf(call));
    return { portalUrl: portalLink(call.server.core, subscription) };
  },
  revokePortalLinks: async (call) => {
    const { uuid } = await getSubscription(call.server.core, call.principal, uuidOf(call));
    const portalVersion = await revokePortalLinks(call.server.core, uuid);
    return { portalUrl: portalLink(call.server.core, { uuid, portalVersion }) };
  },
} satisfies Partial<Handlers>;
