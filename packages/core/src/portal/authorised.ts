import type { ChainAdapter, Hex, MandateChain } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import { type Currency, knownCurrencies } from "../currency/index.ts";
import { DomainError } from "../errors.ts";
import { loadMandates, mandateChainOf, type StoredMandate } from "../mandate/index.ts";
import { type Subscription, subscriptionOver } from "../subscription/index.ts";

/** What a subscription is paid by now. */
export interface Authorised {
  readonly mandate: StoredMandate;
  readonly currency: Currency;
}

/** Null while nothing is authorised, and where its currency is not listed any more. */
export async function authorisedBy(ctx: Context, subscription: Subscription): Promise<Authorised | null> {
  const { network, mandateHash } = subscription;
  if (network === null || mandateHash === null) return null;
  const hash = mandateHash as Hex;
  const mandate = (await loadMandates(ctx, [{ network, hash }])).get(hash);
  const currency = (await knownCurrencies(ctx)).find(({ id }) => id === mandate?.currencyId);
  return mandate && currency ? { mandate, currency } : null;
}

const impossible = (message: string) => new DomainError("unprocessable", "unprocessable", message);

export interface Changeable extends Authorised {
  readonly chain: ChainAdapter;
  readonly mandates: MandateChain;
}

/**
 * The mandate that the customer may change. Throws `subscription_cancelled` (unless that does not matter),
 * `unprocessable` (nothing authorised, ended, or of an earlier contract), `currency_unavailable`.
 */
export async function changeable(
  ctx: Context,
  subscription: Subscription,
  { evenWhenOver = false }: { readonly evenWhenOver?: boolean } = {},
): Promise<Changeable> {
  if (subscription.status === "cancelled" && !evenWhenOver) throw subscriptionOver();
  const authorised = await authorisedBy(ctx, subscription);
  if (!authorised) throw impossible("Nothing is authorised yet. Authorise payments first.");
  const { mandate } = authorised;
  const on = mandateChainOf(ctx, mandate.network);
  if (mandate.contract.toLowerCase() !== on.mandates.contract.toLowerCase()) {
    throw impossible(
      "It was authorised for an earlier contract, where nothing can be changed from here. Authorise anew.",
    );
  }
  return { ...authorised, ...on };
}

/** The same, of a mandate that can still be charged. Throws as `changeable`. */
export async function chargeable(ctx: Context, subscription: Subscription): Promise<Changeable> {
  const found = await changeable(ctx, subscription);
  const { state } = found.mandate;
  if (state !== "active" && state !== "stopped") throw impossible("The authorisation has ended. Authorise anew.");
  return found;
}
