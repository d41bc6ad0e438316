import type { SessionCreated, SessionRead, Session as SessionResource } from "@qbitflow/api";
import { microsToJsonNumber } from "@qbitflow/money";
import type { Context } from "../context.ts";
import { currencyResource } from "../currency/index.ts";
import { mandateCurrencies } from "../mandate/payable.ts";
import { loadMerchant, type Merchant } from "../merchant/index.ts";
import { optionsResource } from "./options.ts";
import type { CheckoutSession } from "./session.ts";
import { statusOf } from "./status-of.ts";
import { findSessionsByUuid } from "./store.ts";

/** Unix seconds, rounded down. */
export const unixSeconds = (at: Date): number => Math.floor(at.getTime() / 1_000);

/** The link a merchant sends to the customer. */
export function sessionLink(ctx: Context, uuid: string): string {
  return `${ctx.policy.publicUrl}/pay/${uuid}`;
}

/** The answer to creating one. */
export function createdResource(ctx: Context, session: CheckoutSession): SessionCreated {
  const { uuid, expiresAt } = session;
  return { uuid, link: sessionLink(ctx, uuid), expiresAt: unixSeconds(expiresAt) };
}

const optional = <Name extends string, T>(name: Name, value: T | null) =>
  (value === null ? {} : { [name]: value }) as { [K in Name]?: T };

interface SessionOf {
  readonly session: CheckoutSession;
  readonly merchant: Merchant;
}

/** Exactly the wire's Session: 1.x clients re-encode it to verify a webhook, so nothing may be added here. */
function toResource(ctx: Context, { session, merchant }: SessionOf): SessionResource {
  const { options } = session;
  const currencies = options === null ? merchant.currencies : mandateCurrencies(ctx, merchant);
  return {
    uuid: session.uuid,
    ...optional("productId", session.productId === null ? null : Number(session.productId)),
    productName: session.productName,
    description: session.description,
    price: microsToJsonNumber(session.priceMicros),
    organizationName: merchant.organizationName,
    ...optional("successUrl", session.successUrl),
    ...optional("cancelUrl", session.cancelUrl),
    customerUUID: session.customerUuid ?? "",
    ...optional("reference", session.reference),
    ...optional("metadata", session.metadata === null ? null : { ...session.metadata }),
    ...(options === null ? {} : { options: optionsResource(options) }),
    availableCurrencies: currencies.map((currency) => currencyResource(currency, merchant.currenciesById)),
  };
}

/** The Session of answers and webhooks. */
export async function sessionResource(ctx: Context, session: CheckoutSession): Promise<SessionResource> {
  return toResource(ctx, { session, merchant: await loadMerchant(ctx, session) });
}

/** Many at once, for webhooks: one query, and what is remembered of their merchants. Unknown uuids are left out. */
export async function sessionResources(
  ctx: Context,
  uuids: readonly string[],
): Promise<ReadonlyMap<string, SessionResource>> {
  const resources = new Map<string, SessionResource>();
  for (const session of await findSessionsByUuid(ctx.db, uuids)) {
    resources.set(session.uuid, await sessionResource(ctx, session));
  }
  return resources;
}

/** What reading a session answers: the Session, when it ends and how it stands. */
export async function sessionReadResource(ctx: Context, session: CheckoutSession): Promise<SessionRead> {
  const [resource, status] = await Promise.all([sessionResource(ctx, session), statusOf(ctx, session)]);
  return { ...resource, expiresAt: unixSeconds(session.expiresAt), status };
}
