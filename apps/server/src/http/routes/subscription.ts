import { forceCancel } from "@qbitflow/core";
import { uuidId } from "../path-ids.ts";
import type { Handler, Handlers } from "../register-routes.ts";

const cancelAtOnce: Handler = async ({ server, principal, params }) => {
  await forceCancel(server.core, principal, uuidId(params.uuid ?? "", "subscription"));
  return { message: "The subscription is cancelled." };
};

export const subscriptionHandlers = {
  forceCancelSubscription: cancelAtOnce,
  forceCancelSubscriptionByGet: cancelAtOnce,
} satisfies Partial<Handlers>;
