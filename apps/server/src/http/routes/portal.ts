import type { AllowanceSignature, MandateSignature, MaximumSignature, PortalState } from "@qbitflow/api";
import {
  cancelByCustomer,
  fundsMayHaveCome,
  offerAllowance,
  offerAuthorisation,
  offerMaximum,
  portalState,
  type Subscription,
  signAllowance,
  signAuthorisation,
  signMaximum,
  stopByCustomer,
  subscriptionOfLink,
} from "@qbitflow/core";
import type { ServerContext } from "../../server-context.ts";
import type { Call, Handler, Handlers } from "../register-routes.ts";
import { refuseUnsafe, withLocalRpc } from "./checkout.ts";

/** What the portal shows, with what only the server's configuration knows. */
async function stateOf(server: ServerContext, uuid: string): Promise<PortalState> {
  const state = await portalState(server.core, uuid);
  const { walletConnectProjectId } = server.config;
  const { mandate, currencies } = state;
  return {
    ...state,
    ...(mandate && { mandate: { ...mandate, network: withLocalRpc(server, mandate.network) } }),
    currencies: currencies.map((one) => ({ ...one, network: withLocalRpc(server, one.network) })),
    ...(walletConnectProjectId !== undefined && { walletConnectProjectId }),
  };
}

/** @throws DomainError portal_link_invalid */
export async function stateOfLink(server: ServerContext, token: string): Promise<PortalState> {
  const { uuid } = await subscriptionOfLink(server.core, token);
  return stateOf(server, uuid);
}

async function opened({ server, reply, params }: Call): Promise<Subscription> {
  reply.header("cache-control", "no-store");
  return subscriptionOfLink(server.core, params.token ?? "");
}

/** The customer does something about it, and sees how it stands then. */
function changing(change: (call: Call, uuid: string) => Promise<unknown>): Handler {
  return async (call) => {
    const { uuid } = await opened(call);
    await change(call, uuid);
    return stateOf(call.server, uuid);
  };
}

/** Whoever is asked to sign, or has signed, pays on a server that is safe for it; each asks the chain. */
async function openedForMoney(call: Call): Promise<Subscription> {
  const subscription = await opened(call);
  refuseUnsafe(call.server, subscription.test);
  call.limits.signingPerSubscription.take(subscription.uuid);
  return subscription;
}

const offering =
  (offer: (call: Call, uuid: string) => Promise<unknown>): Handler =>
  async (call) =>
    offer(call, (await openedForMoney(call)).uuid);

const signing =
  (sign: (call: Call, uuid: string) => Promise<void>): Handler =>
  async (call) => {
    const { uuid } = await openedForMoney(call);
    await sign(call, uuid);
    return stateOf(call.server, uuid);
  };

export const portalHandlers = {
  getPortal: async (call) => stateOf(call.server, (await opened(call)).uuid),
  offerPortalMandate: offering(({ server, body }, uuid) => offerAuthorisation(server.core, { uuid, request: body })),
  signPortalMandate: signing(({ server, body }, uuid) =>
    signAuthorisation(server.core, { uuid, signatures: body as MandateSignature }),
  ),
  offerMaximum: offering(({ server, body }, uuid) => offerMaximum(server.core, { uuid, request: body })),
  signMaximum: signing(({ server, body }, uuid) =>
    signMaximum(server.core, { uuid, signed: body as MaximumSignature }),
  ),
  offerAllowance: offering(({ server, body }, uuid) => offerAllowance(server.core, { uuid, request: body })),
  signAllowance: signing(({ server, body }, uuid) =>
    signAllowance(server.core, { uuid, signed: body as AllowanceSignature }),
  ),
  checkAllowance: changing(({ server, limits }, uuid) => {
    limits.signingPerSubscription.take(uuid);
    return fundsMayHaveCome(server.core, uuid);
  }),
  stopByCustomer: changing(({ server }, uuid) => stopByCustomer(server.core, uuid)),
  cancelByCustomer: changing(({ server }, uuid) => cancelByCustomer(server.core, uuid)),
} satisfies Partial<Handlers>;
