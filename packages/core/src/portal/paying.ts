import type { PortalMandate } from "@qbitflow/api";
import type { Funds } from "@qbitflow/chains";
import { tokenAmountToText } from "@qbitflow/money";
import { networkResource } from "../checkout-page/currencies.ts";
import type { Context } from "../context.ts";
import { currencyResource, knownCurrencies } from "../currency/index.ts";
import { chargeAmountBase, executionFeeBase, fundsOf, usdOf } from "../mandate/index.ts";
import { soon } from "../soon.ts";
import { comingBill, type Subscription } from "../subscription/index.ts";
import { type Authorised, authorisedBy } from "./authorised.ts";

/** More bills than anybody counts. */
const MOST_PERIODS = 120;

/** A mandate, with what prices and the chain say of it now, or said last. */
export interface Paying extends Authorised {
  readonly rateE18: bigint;
  readonly funds: Funds;
  /** What a charge adds for its gas; the most it may add where that cannot be told now. */
  readonly executionFeeBase: bigint;
}

/** Null while nothing is authorised. */
export async function payingOf(ctx: Context, subscription: Subscription): Promise<Paying | null> {
  const authorised = await authorisedBy(ctx, subscription);
  if (!authorised) return null;
  const { mandate, currency } = authorised;
  const { network, terms } = mandate;
  const [rate, funds, fee] = await Promise.all([
    soon(ctx.rates.rate(currency.priceSymbol)),
    soon(fundsOf(ctx, { network, currency, subscriber: terms.subscriber })),
    soon(executionFeeBase(ctx, { network, currency })),
  ]);
  const { allowanceBase, balanceBase } = subscription;
  return {
    ...authorised,
    rateE18: rate?.usdPerTokenE18 ?? mandate.rateE18,
    funds: funds ?? { allowanceBase: allowanceBase ?? 0n, balanceBase: balanceBase ?? 0n },
    executionFeeBase: fee ?? terms.maxExecutionFeeBase,
  };
}

/** What the wallet loses by a bill of so many dollars, at the present rate. Pure. */
export function billBase({ rateE18, currency, executionFeeBase }: Paying, micros: bigint): bigint {
  if (micros === 0n) return 0n;
  return chargeAmountBase({ micros, rateE18, decimals: currency.decimals }) + executionFeeBase;
}

/**
 * How many more bills maximum, allowance and balance cover; null = no end in sight. Pay-as-you-go counts in bills of the most that
 * one may ask; one that is smaller may still be covered. Pure.
 */
function coveredPeriods(subscription: Subscription, paying: Paying): number | null {
  const { allowanceBase, balanceBase } = paying.funds;
  let thereBase = balanceBase;
  if (thereBase > allowanceBase) thereBase = allowanceBase;
  const { kind, priceMicros, maxSpendingMicros } = subscription;
  const eachBase = billBase(paying, kind === "subscription" ? priceMicros : (maxSpendingMicros ?? 0n));
  if (eachBase === 0n) return null;
  // However much is there: the contract takes no more than that at once.
  if (kind === "subscription" && eachBase > paying.mandate.maximumBase) return 0;
  const count = thereBase / eachBase;
  if (count > BigInt(MOST_PERIODS)) return null;
  const nextBase = billBase(paying, comingBill(subscription)?.amountMicros ?? 0n);
  const coversNext = kind === "payAsYouGo" && thereBase > 0n && nextBase <= thereBase;
  return count === 0n && coversNext ? 1 : Number(count);
}

/** How it is paid, as the customer's page shows it; null where its chain is not served any more. */
export async function portalMandate(
  ctx: Context,
  subscription: Subscription,
  paying: Paying,
): Promise<PortalMandate | null> {
  const { mandate, currency, rateE18, funds } = paying;
  const chain = ctx.chains.get(mandate.network);
  if (!chain?.mandates || mandate.state === "proposed") return null;
  const { decimals } = currency;
  const text = (amountBase: bigint) => tokenAmountToText(amountBase, decimals);
  const usd = (amountBase: bigint) => usdOf(amountBase, { rateE18, decimals });
  const listed = await knownCurrencies(ctx);
  return {
    mandateHash: mandate.hash,
    status: mandate.state,
    network: networkResource(chain.network),
    currency: currencyResource(currency, new Map(listed.map((one) => [one.id, one]))),
    contract: mandate.contract,
    subscriber: mandate.terms.subscriber,
    merchant: mandate.terms.merchant,
    cap: text(mandate.maximumBase),
    capUsd: usd(mandate.maximumBase),
    allowance: text(funds.allowanceBase),
    allowanceUsd: usd(funds.allowanceBase),
    balance: text(funds.balanceBase),
    coveredPeriods: coveredPeriods(subscription, paying),
    terms: { ...chain.mandates.toSign(mandate.terms).message },
  };
}
