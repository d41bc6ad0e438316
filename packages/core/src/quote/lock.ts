import { type Rate, RateUnavailableError } from "@qbitflow/rates";
import {
  type CheckoutSession,
  getPublicSession,
  requireNothingOnItsWay,
  requireOpen,
} from "../checkout-session/index.ts";
import type { Context } from "../context.ts";
import type { Currency } from "../currency/index.ts";
import { DomainError } from "../errors.ts";
import { loadMerchant, type Merchant } from "../merchant/index.ts";
import { noPrice, whyChainUnavailable } from "./availability.ts";
import { gaslessOffer } from "./gasless.ts";
import type { Quote } from "./quote.ts";
import { findStandingQuote, insertQuote } from "./store.ts";
import { contractOf, termsOf } from "./terms.ts";

/** A quote with less left is renewed: connecting a wallet and signing takes a person about that long. */
const RENEW_BELOW_MS = 2 * 60_000;

const unavailable = (message: string, cause?: unknown) =>
  new DomainError("unprocessable", "currency_unavailable", message, { cause });

function payable(merchant: Merchant, currencyId: unknown): Currency {
  const currency = merchant.currencies.find(({ id }) => id === currencyId);
  if (!currency) throw unavailable("This session cannot be paid in that currency. Choose one of those it lists.");
  return currency;
}

async function rateOf(ctx: Context, currency: Currency): Promise<Rate> {
  try {
    return await ctx.rates.rate(currency.priceSymbol);
  } catch (error) {
    if (error instanceof RateUnavailableError) throw unavailable(noPrice(currency.symbol), error);
    throw error;
  }
}

interface Priced {
  readonly session: CheckoutSession;
  readonly merchant: Merchant;
  readonly currency: Currency;
}

async function promise(ctx: Context, { session, merchant, currency }: Priced): Promise<Quote> {
  const chain = ctx.chains.get(currency.network);
  if (!chain) throw unavailable("This session cannot be paid on that network now.");
  const silent = await whyChainUnavailable(ctx, chain.network);
  if (silent !== null) throw unavailable(silent);
  const rate = await rateOf(ctx, currency);
  const now = ctx.clock.now();
  const { quoteMs } = ctx.policy;
  const terms = termsOf({ session, merchant, currency, rateE18: rate.usdPerTokenE18, now, quoteMs });
  const contract = contractOf(chain);
  const rateE18 = rate.usdPerTokenE18;
  const gasless = await gaslessOffer(ctx, { chain, merchant, currency, contract, terms, rateE18 });
  // The price may have taken a while to come.
  requireOpen(ctx, session);
  const { uuid, deadline, ...kept } = terms;
  return insertQuote(ctx.db, {
    ...kept,
    sessionUuid: uuid,
    currencyId: currency.id,
    network: currency.network,
    contract,
    gasless,
    termsHash: chain.termsHash(terms).toLowerCase(),
    rateE18,
    rateSources: rate.sources.map(({ name, usdPerTokenE18, at }) => {
      return { name, rateE18: String(usdPerTokenE18), at: at.toISOString() };
    }),
    ratedAt: rate.at,
    createdAt: now,
    expiresAt: new Date(deadline * 1_000),
  });
}

/**
 * The amount to pay in one currency, held for `policy.quoteMs` but never beyond the session's end; a standing quote with
 * more than two minutes left is given again. Throws `not_found`, `session_expired`, `session_final`, `conflict` (a payment
 * is on its way), `unprocessable` (a subscription),
 * `customer_needed`, `currency_unavailable` (not offered, no price, chain silent).
 */
export async function lockQuote(
  ctx: Context,
  input: { readonly uuid: string; readonly currencyId: unknown },
): Promise<Quote> {
  const session = await getPublicSession(ctx, input.uuid);
  requireOpen(ctx, session);
  requireNothingOnItsWay(session);
  if (session.options !== null) {
    throw new DomainError(
      "unprocessable",
      "unprocessable",
      "A subscription is authorised by a mandate, not by a quote.",
    );
  }
  if (session.customerUuid === null) {
    throw new DomainError("unprocessable", "customer_needed", "Type name and email first.");
  }
  const merchant = await loadMerchant(ctx, session);
  const currency = payable(merchant, input.currencyId);
  const after = new Date(ctx.clock.now().getTime() + RENEW_BELOW_MS);
  const standing = await findStandingQuote(ctx.db, { sessionUuid: session.uuid, currencyId: currency.id, after });
  return standing ?? promise(ctx, { session, merchant, currency });
}

/** The quote that still holds and was promised for longest, in whatever currency: what a reloaded page goes on with. */
export async function standingQuote(ctx: Context, uuid: string): Promise<Quote | null> {
  const quote = await findStandingQuote(ctx.db, { sessionUuid: uuid, currencyId: null, after: ctx.clock.now() });
  return quote ?? null;
}
