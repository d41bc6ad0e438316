import type { PortalBill } from "@qbitflow/api";
import type { Hex } from "@qbitflow/chains";
import { microsToJsonNumber, tokenAmountToText } from "@qbitflow/money";
import type { Context } from "../context.ts";
import { type Currency, knownCurrencies } from "../currency/index.ts";
import { loadMandates, type StoredMandate } from "../mandate/index.ts";
import { billsOf, type TriedBill, wireTime } from "../subscription/index.ts";

const MOST_BILLS = 36;
const RATE_DECIMALS = 18;

interface Paying {
  readonly mandate: StoredMandate;
  readonly currency: Currency;
}

/** What of a bill's newest attempt can be read: what was taken, or what is on its way. */
function takenBy(ctx: Context, { bill, attempt }: TriedBill, paying: Paying | undefined): Partial<PortalBill> {
  const isShown = bill.status === "paid" || bill.status === "charging";
  if (!isShown || !attempt || !paying) return {};
  const { mandate, currency } = paying;
  const text = (amountBase: bigint | null) =>
    amountBase === null ? undefined : tokenAmountToText(amountBase, currency.decimals);
  const amount = text(attempt.amountBase);
  const executionFee = text(attempt.executionFeeBase);
  const hash = attempt.transactionHash;
  const explorerUrl = ctx.chains.get(mandate.network)?.network.explorerUrl?.replace(/\/$/, "");
  // The first charge is taken at the rate of its offer.
  const rateE18 = attempt.rateE18 ?? (bill.periodIndex === 0 ? mandate.rateE18 : null);
  return {
    symbol: currency.symbol,
    ...(amount === undefined ? {} : { amount }),
    ...(executionFee === undefined ? {} : { executionFee }),
    ...(rateE18 === null ? {} : { rate: tokenAmountToText(rateE18, RATE_DECIMALS) }),
    ...(hash === null ? {} : { transactionHash: hash }),
    ...(hash === null || explorerUrl === undefined ? {} : { explorerUrl: `${explorerUrl}/tx/${hash}` }),
  };
}

function failureOf({ bill, attempt }: TriedBill): Pick<PortalBill, "failure"> {
  if (bill.status !== "open" || attempt?.state !== "failed" || attempt.reason === null) return {};
  const { nextAttemptAt } = bill;
  return {
    failure: {
      code: attempt.reason,
      message: attempt.message ?? "It could not be charged.",
      ...(nextAttemptAt === null ? {} : { nextAttemptAt: wireTime(nextAttemptAt) }),
    },
  };
}

/** A subscription's bills as its customer reads them, the newest first, at most 36. */
export async function portalBills(ctx: Context, uuid: string): Promise<PortalBill[]> {
  const tried = await billsOf(ctx, uuid, MOST_BILLS);
  const keys = tried.flatMap(({ attempt }) =>
    attempt?.network && attempt.mandateHash ? [{ network: attempt.network, hash: attempt.mandateHash as Hex }] : [],
  );
  const mandates = await loadMandates(ctx, keys);
  const currencies = new Map((await knownCurrencies(ctx)).map((currency) => [currency.id, currency]));
  const payingOf = ({ attempt }: TriedBill): Paying | undefined => {
    const mandate = mandates.get((attempt?.mandateHash ?? "0x") as Hex);
    const currency = mandate && currencies.get(mandate.currencyId);
    return mandate && currency && { mandate, currency };
  };
  return tried.map((one) => {
    const { bill } = one;
    return {
      uuid: bill.uuid,
      periodStartsAt: wireTime(bill.periodStartsAt),
      periodEndsAt: wireTime(bill.periodEndsAt),
      status: bill.status,
      amountUsd: microsToJsonNumber(bill.amountMicros),
      ...(bill.unitsMicros === null ? {} : { units: microsToJsonNumber(bill.unitsMicros) }),
      ...(bill.status === "paid" && bill.settledAt !== null ? { paidAt: wireTime(bill.settledAt) } : {}),
      ...takenBy(ctx, one, payingOf(one)),
      ...failureOf(one),
    };
  });
}
