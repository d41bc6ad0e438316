import type {
  CheckoutNetwork,
  CheckoutQuoteRequest,
  CheckoutRelayRequest,
  CheckoutState,
  CheckoutTransactionHint,
  MandateSignature,
} from "@qbitflow/api";
import {
  authoriseLater,
  cancelSession,
  checkoutCustomer,
  checkoutState,
  DomainError,
  getPublicSession,
  lockQuote,
  newBrowserToken,
  offerCheckoutMandate,
  quoteResource,
  recordHint,
  relayPayment,
  setCustomer,
  signCheckoutMandate,
} from "@qbitflow/core";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ServerContext } from "../../server-context.ts";
import { uuidId } from "../path-ids.ts";
import type { Call, Handlers } from "../register-routes.ts";

/** The cookie of the browser that typed the customer's data of one session. */
function cookieName(uuid: string): string {
  return `qbf_${uuid}`;
}

export function browserToken(request: FastifyRequest, uuid: string): string | undefined {
  const name = `${cookieName(uuid)}=`;
  const cookie = (request.headers.cookie ?? "").split(";").find((part) => part.trim().startsWith(name));
  const value = cookie?.trim().slice(name.length);
  return value !== undefined && /^[A-Za-z0-9_-]{1,400}$/.test(value) ? value : undefined;
}

function setCookie(server: ServerContext, reply: FastifyReply, { uuid, token }: { uuid: string; token: string }): void {
  const secure = server.core.policy.publicUrl.startsWith("https:") ? "; Secure" : "";
  // Where this session is, and nowhere else: a browser that opens a hundred a day would outgrow what a request's head
  // may hold. A day longer than a session can live, so that a receipt can still be read by whoever paid.
  const cookies = [`/pay/${uuid}`, `/v1/checkout/${uuid}`].map(
    (path) => `${cookieName(uuid)}=${token}; Path=${path}; Max-Age=172800; HttpOnly; SameSite=Lax${secure}`,
  );
  reply.header("set-cookie", cookies);
}

/** A browser that opens a session nobody owns gets its token at once, so that a lost answer later cannot lock it out. */
export function giveToken(server: ServerContext, reply: FastifyReply, state: CheckoutState): void {
  if (state.isOwner && state.needsCustomer)
    setCookie(server, reply, { uuid: state.uuid, token: newBrowserToken(server.core, state.uuid) });
}

function asked({ request, params }: Call): { uuid: string; token: { browserToken?: string } } {
  const uuid = uuidId(params.uuid ?? "", "session");
  const token = browserToken(request, uuid);
  return { uuid, token: token === undefined ? {} : { browserToken: token } };
}

/** What the page shows, with what only the server's configuration knows. */
export async function pageState(
  server: ServerContext,
  uuid: string,
  token: string | undefined,
): Promise<CheckoutState> {
  const state = await checkoutState(server.core, uuid, token);
  const { walletConnectProjectId } = server.config;
  return {
    ...state,
    currencies: state.currencies.map((one) => ({ ...one, network: withLocalRpc(server, one.network) })),
    ...(walletConnectProjectId !== undefined && { walletConnectProjectId }),
  };
}

/** The operator's RPC URLs carry keys and stay here; the local chain's proxy is for everybody. */
export function withLocalRpc(server: ServerContext, network: CheckoutNetwork): CheckoutNetwork {
  if (!network.local || server.local === undefined) return network;
  return { ...network, rpcUrl: `${server.core.policy.publicUrl}/dev/rpc` };
}

/** @throws DomainError currency_unavailable */
function networkOf(server: ServerContext, currencyId: number): string {
  for (const [slug, { network }] of server.core.chains) {
    if ([network.nativeCurrency, ...network.tokens].some(({ id }) => id === currencyId)) return slug;
  }
  throw notOffered();
}

function notOffered(): DomainError {
  return new DomainError("unprocessable", "currency_unavailable", "This currency is not offered here.");
}

/** A live session may be older than the configuration. Why it is not safe is the operator's to know. */
export function refuseUnsafe(server: ServerContext, test: boolean): void {
  if (!test && server.liveBlockers.length > 0) throw notOffered();
}

export const checkoutHandlers = {
  getCheckout: async (call) => {
    const { uuid, token } = asked(call);
    call.reply.header("cache-control", "no-store");
    const state = await pageState(call.server, uuid, token.browserToken);
    if (token.browserToken === undefined) giveToken(call.server, call.reply, state);
    return state;
  },
  getCheckoutCustomer: (call) => {
    const { uuid, token } = asked(call);
    call.reply.header("cache-control", "no-store");
    return checkoutCustomer(call.server.core, uuid, token.browserToken);
  },
  setCheckoutCustomer: async (call) => {
    const { uuid, token } = asked(call);
    const saved = await setCustomer(call.server.core, { uuid, customer: call.body, ...token });
    setCookie(call.server, call.reply, { uuid, token: saved.browserToken });
    return pageState(call.server, uuid, saved.browserToken);
  },
  lockCheckoutQuote: async (call) => {
    const { uuid } = asked(call);
    const { currencyId } = call.body as CheckoutQuoteRequest;
    const ctx = call.server.core;
    const { priceMicros, test } = await getPublicSession(ctx, uuid);
    refuseUnsafe(call.server, test);
    const quote = await lockQuote(ctx, { uuid, currencyId });
    const resource = quoteResource(ctx, { quote, priceMicros });
    if (resource === null) throw notOffered();
    return resource;
  },
  hintCheckoutTransaction: async (call) => {
    const { uuid, token } = asked(call);
    const { currencyId, transactionHash } = call.body as CheckoutTransactionHint;
    await recordHint(call.server.core, { uuid, network: networkOf(call.server, currencyId), transactionHash });
    return pageState(call.server, uuid, token.browserToken);
  },
  relayCheckout: async (call) => {
    const { uuid, token } = asked(call);
    const body = call.body as CheckoutRelayRequest;
    call.limits.relayPerSession.take(uuid);
    call.limits.relayPerPayer.take(body.payer.toLowerCase());
    await relayPayment(call.server.core, { ...body, uuid });
    return pageState(call.server, uuid, token.browserToken);
  },
  offerCheckoutMandate: async (call) => {
    const { uuid } = asked(call);
    const ctx = call.server.core;
    refuseUnsafe(call.server, (await getPublicSession(ctx, uuid)).test);
    return offerCheckoutMandate(ctx, { uuid, request: call.body });
  },
  signCheckoutMandate: async (call) => {
    const { uuid, token } = asked(call);
    const ctx = call.server.core;
    refuseUnsafe(call.server, (await getPublicSession(ctx, uuid)).test);
    await signCheckoutMandate(ctx, { uuid, signatures: call.body as MandateSignature });
    return pageState(call.server, uuid, token.browserToken);
  },
  authoriseCheckoutLater: async (call) => {
    const { uuid, token } = asked(call);
    await authoriseLater(call.server.core, uuid);
    return pageState(call.server, uuid, token.browserToken);
  },
  cancelCheckout: async (call) => {
    const { uuid, token } = asked(call);
    await cancelSession(call.server.core, { uuid, ...token });
    return pageState(call.server, uuid, token.browserToken);
  },
} satisfies Partial<Handlers>;
