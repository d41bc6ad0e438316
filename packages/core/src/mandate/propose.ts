import { type ChainAdapter, ChainUnavailableError, type Hex, type Mandate, type MandateChain } from "@qbitflow/chains";
import { type Rate, RateUnavailableError } from "@qbitflow/rates";
import type { SessionOptions } from "../checkout-session/index.ts";
import type { Context } from "../context.ts";
import type { Currency } from "../currency/index.ts";
import { DomainError } from "../errors.ts";
import type { Merchant } from "../merchant/index.ts";
import { noPrice, whyChainUnavailable } from "../quote/availability.ts";
import { feesOf } from "../quote/terms.ts";
import { bufferPercent, capBase, chargeAmountBase } from "./amounts.ts";
import type { MandateDates } from "./dates.ts";
import { maxExecutionFeeBase } from "./execution-fee.ts";
import type { StoredMandate } from "./mandate.ts";
import { isTooDear, mandateCurrencies } from "./payable.ts";
import type { AskedMandate } from "./read-request.ts";
import { findMandatesOf, insertMandate, type NewMandate } from "./store.ts";

/** An offer with less left is made anew: connecting a wallet and signing take a person about that long. */
const RENEW_BELOW_MS = 2 * 60_000;
const HOUR_MS = 3_600_000;
/** Each is a row for ever, and all of one session are read together: more than anybody's wallets and second thoughts need. */
const MOST_PER_HOUR = 100;

/** What a mandate is for: a session, or the subscription that came of it. */
export interface Subject {
  readonly uuid: string;
  readonly priceMicros: bigint;
  readonly options: Pick<SessionOptions, "kind" | "frequency">;
}

export interface Proposal {
  readonly subject: Subject;
  readonly merchant: Merchant;
  readonly asked: AskedMandate;
  /** When it is charged, as the chain stands now. */
  readonly dates: (chain: ChainAdapter) => Promise<MandateDates>;
  /** Whether terms that were offered before still begin when they should; absent = they do. */
  readonly isStillDue?: (mandate: StoredMandate) => boolean;
}

export const unavailable = (message: string, cause?: unknown): DomainError =>
  new DomainError("unprocessable", "currency_unavailable", message, { cause });

/** A chain where mandates live, and that answers. Throws `currency_unavailable`. */
export function mandateChainOf(ctx: Context, network: string): { chain: ChainAdapter; mandates: MandateChain } {
  const chain = ctx.chains.get(network);
  if (!chain?.mandates || !chain.sender) throw unavailable("Subscriptions cannot be paid on that network now.");
  return { chain, mandates: chain.mandates };
}

/** Runs what asks a chain; one that is silent is `currency_unavailable`. */
export async function asking<T>(chain: ChainAdapter, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ChainUnavailableError)) throw error;
    const message = `${chain.network.name} is not reachable at the moment. Choose another currency or wait.`;
    throw unavailable(message, error);
  }
}

export async function rateOf(ctx: Context, currency: Currency): Promise<Rate> {
  try {
    return await ctx.rates.rate(currency.priceSymbol);
  } catch (error) {
    if (error instanceof RateUnavailableError) throw unavailable(noPrice(currency.symbol), error);
    throw error;
  }
}

async function payable(ctx: Context, { merchant, asked }: Proposal): Promise<Currency> {
  const currency = mandateCurrencies(ctx, merchant).find(({ id }) => id === asked.currencyId);
  if (!currency || (await isTooDear(ctx, currency))) {
    throw unavailable("This subscription cannot be paid in that currency. Choose one of those it lists.");
  }
  return currency;
}

const NONCE_BYTES = 8;
const newNonce = (ctx: Context): bigint => Buffer.from(ctx.ids.token(NONCE_BYTES), "base64url").readBigUInt64BE();

interface Priced extends Proposal {
  readonly currency: Currency;
  readonly rate: Rate;
  readonly firstChargeAt: number;
  readonly subscriber: string;
}

/** What one period costs at most in USD: the price, or what the customer spends at most. */
export const periodMicros = ({ subject, asked }: Pick<Proposal, "subject" | "asked">): bigint =>
  asked.maxSpendingMicros ?? subject.priceMicros;

function termsOf(ctx: Context, priced: Priced, registry: string): Mandate {
  const { subject, merchant, currency, rate, firstChargeAt, subscriber } = priced;
  const { feeBps, ...fees } = feesOf(merchant, currency.network);
  const rateE18 = rate.usdPerTokenE18;
  const percent = bufferPercent(currency);
  const amountBase = chargeAmountBase({ micros: periodMicros(priced), rateE18, decimals: currency.decimals });
  const maxExecutionFee = maxExecutionFeeBase(ctx, { currency, rateE18 });
  return {
    uuid: subject.uuid,
    subscriber,
    ...fees,
    token: currency.address,
    // The contract counts the execution fee in.
    maxPerPeriodBase: capBase({ amountBase, percent }) + maxExecutionFee,
    priceMicros: subject.priceMicros,
    kind: subject.options.kind === "subscription" ? "fixed" : "payAsYouGo",
    period: subject.options.frequency,
    firstChargeAt,
    endsAt: 0,
    maxFeeBps: feeBps,
    registry,
    maxExecutionFeeBase: maxExecutionFee,
    nonce: newNonce(ctx),
  };
}

/** The moment until which an offer may be signed. */
export const offerEndsAt = (ctx: Context, mandate: Pick<StoredMandate, "createdAt">): Date =>
  new Date(mandate.createdAt.getTime() + ctx.policy.quoteMs);

function isSame(mandate: StoredMandate, asked: AskedMandate & { readonly subscriber: string }): boolean {
  const { currencyId, periods, maxSpendingMicros, subscriber } = asked;
  return (
    mandate.state === "proposed" &&
    mandate.currencyId === currencyId &&
    mandate.periods === periods &&
    mandate.maxSpendingMicros === maxSpendingMicros &&
    mandate.terms.subscriber === subscriber
  );
}

export interface Proposed {
  readonly mandate: StoredMandate;
  readonly currency: Currency;
  readonly chain: ChainAdapter;
  readonly mandates: MandateChain;
}

/**
 * Terms for the customer to sign, kept as proposed. The same wish gets the same terms again while they have more than two
 * minutes left, so that reloading makes no rows. Throws `currency_unavailable` (not offered, no price, chain silent),
 * `validation_failed` (no address there) and `rate_limited` (a hundred others in an hour).
 */
export async function propose(ctx: Context, proposal: Proposal): Promise<Proposed> {
  const { asked, subject, isStillDue = () => true } = proposal;
  const currency = await payable(ctx, proposal);
  const { chain, mandates } = mandateChainOf(ctx, currency.network);
  const silent = await whyChainUnavailable(ctx, chain.network);
  if (silent !== null) throw unavailable(silent);
  const subscriber = subscriberOn(chain, mandates, asked.subscriber);
  const now = ctx.clock.now();
  const known = await findMandatesOf(ctx.db, subject.uuid);
  const isLasting = (one: StoredMandate) => offerEndsAt(ctx, one).getTime() - now.getTime() > RENEW_BELOW_MS;
  const standing = known.find((one) => isSame(one, { ...asked, subscriber }) && isLasting(one) && isStillDue(one));
  if (standing) return { mandate: standing, currency, chain, mandates };
  if (known.filter(({ createdAt }) => now.getTime() - createdAt.getTime() < HOUR_MS).length >= MOST_PER_HOUR) {
    throw new DomainError(
      "rate_limited",
      "rate_limited",
      "Too many offers were made in the last hour. Wait, then ask again.",
    );
  }
  const rate = await rateOf(ctx, currency);
  const { anchorAt, firstChargeAt } = await asking(chain, () => proposal.dates(chain));
  const terms = termsOf(ctx, { ...proposal, currency, rate, firstChargeAt, subscriber }, mandates.registry);
  const mandate: NewMandate = {
    network: currency.network,
    hash: mandates.hash(terms).toLowerCase() as Hex,
    contract: mandates.contract,
    currencyId: currency.id,
    terms,
    periods: asked.periods,
    permit: null,
    rateE18: rate.usdPerTokenE18,
    rateSources: rate.sources.map(({ name, usdPerTokenE18, at }) => {
      return { name, rateE18: String(usdPerTokenE18), at: at.toISOString() };
    }),
    createdAt: now,
    anchorAt: new Date(anchorAt * 1_000),
    maxSpendingMicros: asked.maxSpendingMicros,
  };
  await insertMandate(ctx.db, mandate);
  const [stored] = (await findMandatesOf(ctx.db, subject.uuid)).filter(({ hash }) => hash === mandate.hash);
  if (!stored) throw new Error(`The mandate ${mandate.hash} is gone.`);
  return { mandate: stored, currency, chain, mandates };
}

function subscriberOn(chain: ChainAdapter, mandates: MandateChain, text: string): string {
  const address = chain.parseAddress(text);
  const isOurs = address?.toLowerCase() === mandates.contract.toLowerCase();
  if (address !== null && BigInt(address) !== 0n && !isOurs) return address;
  const message = `subscriber must be a wallet's address on ${chain.network.name}.`;
  throw new DomainError("invalid", "validation_failed", message, { fields: [{ field: "subscriber", message }] });
}
