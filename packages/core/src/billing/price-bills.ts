import {
  ChainUnavailableError,
  type Charge,
  type Funds,
  type Hex,
  type MandateState,
  periodIndexAt,
} from "@qbitflow/chains";
import { usdToTokenBase } from "@qbitflow/money";
import { type Rate, RateUnavailableError } from "@qbitflow/rates";
import type { Bill, BillFailure } from "../bill/index.ts";
import type { Context } from "../context.ts";
import { type Currency, knownCurrencies } from "../currency/index.ts";
import { listPlatformFees } from "../platform-fee/index.ts";
import type { Subscription } from "../subscription/index.ts";
import type { BilledMandate, BillingParts } from "./parts.ts";

export interface DueBill {
  readonly bill: Bill;
  readonly subscription: Subscription;
}

/** What an attempt keeps of its price. */
export interface Price {
  readonly currencyId: number;
  readonly amountBase: bigint;
  readonly executionFeeBase: bigint;
  readonly rate: Rate;
}

export type PricedBill = DueBill & { readonly price: Price | null } & (
    | { readonly charge: Charge; readonly failure?: undefined }
    | { readonly charge?: undefined; readonly failure: { readonly reason: BillFailure; readonly detail?: string } }
  );

interface Seen {
  readonly state: MandateState;
  readonly funds: Funds;
}

interface Known {
  readonly mandate: BilledMandate;
  readonly currency: Currency;
}

/** Nothing is charged at a price or on a chain that cannot be asked now: ours to mend, tried again soon. */
async function orUnavailable<T>(
  work: () => Promise<T>,
): Promise<{ value: T } | { reason: BillFailure; detail: string }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof RateUnavailableError) return { reason: "rate_unavailable", detail: error.message };
    if (error instanceof ChainUnavailableError) return { reason: "chain_unavailable", detail: error.message };
    throw error;
  }
}

/** Why the chain would refuse this charge as things stand; null when it would not. Pure. */
export function refusalOf(charge: Charge, { state, funds }: Seen, kind: Subscription["kind"]): BillFailure | null {
  const needBase = charge.amountBase + charge.executionFeeBase;
  if (state.status === "cancelled") return "mandate_cancelled";
  if (state.status === "unknown") return "mandate_inactive";
  if (state.status === "stopped" && kind === "subscription") return "mandate_ended";
  if (charge.periodIndex < 0) return "not_due";
  if (charge.periodIndex < state.nextPeriodIndex) return "already_charged";
  if (charge.executionFeeBase > charge.mandate.maxExecutionFeeBase) return "execution_fee_exceeded";
  if (needBase > state.maximumBase) return "cap_exceeded";
  if (needBase > funds.allowanceBase) return "insufficient_allowance";
  if (needBase > funds.balanceBase) return "insufficient_balance";
  return null;
}

export interface Prices {
  /** The rate and the execution fee of a currency, asked once per run. */
  of(currency: Currency): Promise<{ rate: Rate; executionFeeBase: bigint } | { reason: BillFailure; detail: string }>;
}

export function pricesOf(ctx: Context, parts: BillingParts): Prices {
  const asked = new Map<number, ReturnType<Prices["of"]>>();
  const ask = async (currency: Currency): ReturnType<Prices["of"]> => {
    const answer = await orUnavailable(async () => ({
      rate: await ctx.rates.rate(currency.priceSymbol),
      executionFeeBase: await parts.executionFeeBase(ctx, { network: currency.network, currency }),
    }));
    if (!("value" in answer)) return answer;
    const { rate, executionFeeBase } = answer.value;
    if (executionFeeBase === null) return { reason: "execution_fee_exceeded", detail: "" };
    return { rate, executionFeeBase };
  };
  return {
    of(currency) {
      const known = asked.get(currency.id) ?? ask(currency);
      asked.set(currency.id, known);
      return known;
    },
  };
}

/** What chains show of these mandates and their wallets, one question of each kind per network. */
export async function lookAtChains(
  ctx: Context,
  mandates: ReadonlyMap<string, BilledMandate>,
  networkOf: ReadonlyMap<string, string>,
): Promise<Map<string, Seen | { reason: BillFailure; detail: string }>> {
  const seen = new Map<string, Seen | { reason: BillFailure; detail: string }>();
  const networks = new Set(networkOf.values());
  await Promise.all(
    [...networks].map(async (network) => {
      const hashes = [...mandates.keys()].filter((hash) => networkOf.get(hash) === network);
      const chain = ctx.chains.get(network)?.mandates;
      const answer = await orUnavailable(async () => {
        if (!chain) throw new ChainUnavailableError(`Nothing can be charged on ${network}.`);
        const questions = hashes.map((hash) => {
          const { token, subscriber } = (mandates.get(hash) as BilledMandate).terms;
          return { token, owner: subscriber };
        });
        return Promise.all([chain.states(hashes as Hex[]), chain.funds(questions)]);
      });
      hashes.forEach((hash, index) => {
        if (!("value" in answer)) seen.set(hash, answer);
        else {
          const [states, funds] = answer.value;
          seen.set(hash, { state: states[index] as MandateState, funds: funds[index] as Funds });
        }
      });
    }),
  );
  return seen;
}

/** The currencies of these mandates by their ids. */
export async function currenciesOf(ctx: Context): Promise<ReadonlyMap<number, Currency>> {
  return new Map((await knownCurrencies(ctx)).map((currency) => [currency.id, currency]));
}

/** Mandates of subscriptions by hash, and where each lives. */
export async function mandatesOf(ctx: Context, parts: BillingParts, subscriptions: readonly Subscription[]) {
  const networkOf = new Map<string, string>();
  for (const { network, mandateHash } of subscriptions) {
    if (network !== null && mandateHash !== null) networkOf.set(mandateHash, network);
  }
  const keys = [...networkOf].map(([hash, network]) => ({ network, hash: hash as Hex }));
  return { networkOf, mandates: await parts.loadMandates(ctx, keys) };
}

/**
 * What each due bill takes in tokens now, and whether the chain would let it: the price at this moment's rate, rounded up
 * like a quote; the cap, allowance and balance as the chain has them. Asks rates and chains; changes nothing.
 */
export async function priceBills(ctx: Context, parts: BillingParts, due: readonly DueBill[]): Promise<PricedBill[]> {
  const { networkOf, mandates } = await mandatesOf(
    ctx,
    parts,
    due.map(({ subscription }) => subscription),
  );
  const [seen, currencies, fees] = await Promise.all([
    lookAtChains(ctx, mandates, networkOf),
    currenciesOf(ctx),
    listPlatformFees(ctx),
  ]);
  const feeOf = new Map(fees.map(({ network, feeBps }) => [network, feeBps]));
  const prices = pricesOf(ctx, parts);
  const now = ctx.clock.now();
  const nowSeconds = Math.floor(now.getTime() / 1_000);

  async function priceOne(one: DueBill): Promise<PricedBill> {
    const failed = (reason: BillFailure, detail?: string, price: Price | null = null): PricedBill => ({
      ...one,
      price,
      failure: { reason, ...(detail ? { detail } : {}) },
    });
    const { mandateHash, network, kind, stopped } = one.subscription;
    // Of one that runs on, the next bill forgives this one; here the chain would take the charge as the next period's.
    if (stopped && kind === "subscription" && one.bill.periodEndsAt <= now) return failed("period_over");
    const mandate = mandateHash === null ? undefined : mandates.get(mandateHash);
    const currency = mandate && currencies.get(mandate.currencyId);
    if (!mandate || !currency || mandateHash === null || network === null) return failed("mandate_inactive");
    const known: Known = { mandate, currency };
    const priced = await prices.of(known.currency);
    if ("reason" in priced) return failed(priced.reason, priced.detail);
    const look = seen.get(mandateHash);
    if (!look || "reason" in look) return failed("chain_unavailable", look?.detail);
    const { rate, executionFeeBase } = priced;
    const amountBase = usdToTokenBase(one.bill.amountMicros, rate.usdPerTokenE18, currency.decimals);
    const { terms } = mandate;
    const charge: Charge = {
      mandate: terms,
      periodIndex: periodIndexAt(terms.firstChargeAt, terms.period, nowSeconds),
      amountBase,
      feeBps: Math.min(feeOf.get(network) ?? 0, terms.maxFeeBps),
      executionFeeBase,
    };
    const price = { currencyId: currency.id, amountBase, executionFeeBase, rate };
    const reason = refusalOf(charge, look, kind);
    return reason === null ? { ...one, price, charge } : failed(reason, undefined, price);
  }

  return Promise.all(due.map(priceOne));
}
