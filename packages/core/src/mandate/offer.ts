import type { AllowanceStep, MandateOffer } from "@qbitflow/api";
import type { ChainAdapter, Funds, PermitRequest } from "@qbitflow/chains";
import { microsToJsonNumber, tokenAmountToText, tokenBaseToUsdMicros } from "@qbitflow/money";
import type { Context } from "../context.ts";
import type { Currency } from "../currency/index.ts";
import { allowanceToSet, isCovered, isUnlimited, needOf } from "./allowance.ts";
import { bufferPercent, chargeAmountBase } from "./amounts.ts";
import { executionFeeBase } from "./execution-fee.ts";
import type { StoredMandate } from "./mandate.ts";
import { asking, mandateChainOf, offerEndsAt, type Proposal, type Proposed, periodMicros, propose } from "./propose.ts";
import { findMandatesOfWallet, updatePermit } from "./store.ts";

const RATE_DECIMALS = 18;
/** A permit holds a while longer than the offer: what was signed in its last second still has to be mined. */
export const PERMIT_SLACK_SECONDS = 30 * 60;
/** Above it a number of dollars means "no limit"; the wire's exact numbers end there. */
const MAX_EXACT_MICROS = 10n ** 15n;

/** USD of an amount at a rate, for people; what has no limit in sight is only as exact as a number is. */
export function usdOf(amountBase: bigint, { rateE18, decimals }: { rateE18: bigint; decimals: number }): number {
  const micros = tokenBaseToUsdMicros(amountBase, rateE18, decimals);
  return micros <= MAX_EXACT_MICROS ? microsToJsonNumber(micros) : Number(micros / 1_000_000n);
}

/** What stands and what has to stand, of one wallet and token. */
export interface AllowancePlan {
  readonly allowanceBase: bigint;
  readonly balanceBase: bigint;
  readonly toSetBase: bigint;
  readonly step: AllowanceStep;
  readonly permit: PermitRequest | null;
}

interface Wallet {
  readonly network: string;
  readonly currency: Currency;
  readonly subscriber: string;
  /** Its own mandates do not count as others. */
  readonly uuid: string;
}

export async function fundsOf(ctx: Context, wallet: Omit<Wallet, "uuid">): Promise<Funds> {
  const { chain, mandates } = mandateChainOf(ctx, wallet.network);
  const question = { token: wallet.currency.address, owner: wallet.subscriber };
  const [funds] = await asking(chain, () => mandates.funds([question]));
  if (!funds) throw new Error("A chain answers each question.");
  return funds;
}

const approvesFromZero = ({ network }: ChainAdapter, { address }: Currency): boolean =>
  network.tokens.find((token) => token.address.toLowerCase() === address.toLowerCase())?.approvesFromZero === true;

/**
 * How the wallet gives the allowance: by nothing where enough stands, by a permit where the token has one, else by its
 * own approval. `exactly` sets it to the need and counts no others: how it is taken back. Throws `currency_unavailable`.
 */
export async function planAllowance(
  ctx: Context,
  plan: Wallet & { readonly needBase: bigint; readonly deadline: number; readonly exactly?: boolean },
): Promise<AllowancePlan> {
  const { network, currency, subscriber, uuid, needBase, deadline, exactly = false } = plan;
  const { chain, mandates } = mandateChainOf(ctx, network);
  const { allowanceBase, balanceBase } = await fundsOf(ctx, plan);
  const { contract } = mandates;
  const wallet = { network, contract, token: currency.address, subscriber, exceptUuid: uuid };
  const others = exactly ? [] : await findMandatesOfWallet(ctx.db, wallet);
  const wantedBase = exactly ? needBase : allowanceToSet({ needBase, allowanceBase, others });
  const stands = exactly ? allowanceBase === wantedBase : isCovered(allowanceBase, wantedBase);
  const found = { allowanceBase, balanceBase };
  if (stands) return { ...found, toSetBase: allowanceBase, step: { way: "none" }, permit: null };
  const request = { token: currency.address, owner: subscriber, valueBase: wantedBase, deadline };
  const permit = await asking(chain, () => mandates.permitToSign(request));
  // DAI's own permit gives all or nothing, and a wallet that wants to give less approves.
  if (permit && (permit.kind === "eip2612" || isUnlimited(wantedBase))) {
    return { ...found, toSetBase: wantedBase, step: { way: "permit", typedData: typedDataOf(permit) }, permit };
  }
  const step: AllowanceStep = {
    way: "approve",
    token: currency.address,
    spender: contract,
    amountBase: String(wantedBase),
    resetFirst: allowanceBase > 0n && wantedBase > 0n && approvesFromZero(chain, currency),
  };
  return { ...found, toSetBase: wantedBase, step, permit: null };
}

type WireTypedData = MandateOffer["typedData"];
/** The same, as the wire's schema types it. */
export const typedDataOf = ({ typedData }: { readonly typedData: object }): WireTypedData => typedData as WireTypedData;

/** What is charged in the activation's own transaction: a fixed subscription's first period, unless a trial stands before it. */
export async function firstChargeOf(
  ctx: Context,
  { mandate, currency }: Pick<Proposed, "mandate" | "currency">,
): Promise<{ amountBase: bigint; executionFeeBase: bigint }> {
  const { terms, rateE18, network } = mandate;
  const { decimals } = currency;
  const fee = await executionFeeBase(ctx, { network, currency });
  const limit = terms.maxExecutionFeeBase;
  return {
    amountBase: chargeAmountBase({ micros: terms.priceMicros, rateE18, decimals }),
    // Gas became dearer than the mandate lets a charge add: the operator bears the rest.
    executionFeeBase: fee === null || fee > limit ? limit : fee,
  };
}

/**
 * What the customer is asked to allow, in money and in tokens, and what to sign. `chargesAtOnce`: the first charge rides
 * with the activation. Throws `currency_unavailable`, `validation_failed`.
 */
export async function offerMandate(
  ctx: Context,
  { chargesAtOnce, notAfter, ...proposal }: Proposal & { readonly chargesAtOnce: boolean; readonly notAfter?: Date },
): Promise<MandateOffer> {
  const proposed = await propose(ctx, proposal);
  const { mandate, currency, chain, mandates } = proposed;
  const { terms, periods, network } = mandate;
  const ends = Math.min(offerEndsAt(ctx, mandate).getTime(), notAfter?.getTime() ?? Number.POSITIVE_INFINITY);
  const expiresAt = Math.floor(ends / 1_000);
  const plan = await planAllowance(ctx, {
    ...{ network, currency, subscriber: terms.subscriber, uuid: mandate.uuid },
    needBase: needOf({ capBase: terms.maxPerPeriodBase, periods }),
    deadline: expiresAt + PERMIT_SLACK_SECONDS,
  });
  await updatePermit(ctx.db, mandate, plan.permit && permitOffer(plan.permit));
  const first = chargesAtOnce ? await firstChargeOf(ctx, proposed) : null;
  const { decimals } = currency;
  const money = { rateE18: mandate.rateE18, decimals };
  const text = (amountBase: bigint) => tokenAmountToText(amountBase, decimals);
  const micros = periodMicros(proposal);
  return {
    mandateHash: mandate.hash,
    currencyId: currency.id,
    symbol: currency.symbol,
    decimals,
    network,
    chainId: chain.network.chainId,
    contract: mandates.contract,
    subscriber: terms.subscriber,
    merchant: terms.merchant,
    periods,
    amount: text(chargeAmountBase({ micros, ...money })),
    amountUsd: microsToJsonNumber(micros),
    bufferPercent: bufferPercent(currency),
    cap: text(terms.maxPerPeriodBase),
    capUsd: usdOf(terms.maxPerPeriodBase, money),
    allowanceNow: text(plan.allowanceBase),
    allowanceNeeded: text(plan.toSetBase),
    allowanceNeededUsd: usdOf(plan.toSetBase, money),
    balance: text(plan.balanceBase),
    maxExecutionFee: text(terms.maxExecutionFeeBase),
    ...(first && {
      firstCharge: {
        amount: text(first.amountBase),
        amountUsd: microsToJsonNumber(terms.priceMicros),
        executionFee: text(first.executionFeeBase),
      },
    }),
    firstChargeAt: terms.firstChargeAt,
    rate: tokenAmountToText(mandate.rateE18, RATE_DECIMALS),
    rateSources: mandate.rateSources.map(({ name }) => name),
    expiresAt,
    serverTime: Math.floor(ctx.clock.now().getTime() / 1_000),
    typedData: typedDataOf({ typedData: mandates.toSign(terms) }),
    allowance: plan.step,
  };
}

/** What is kept of a permit until it is signed. */
function permitOffer(permit: PermitRequest): NonNullable<StoredMandate["permit"]> {
  return permit.kind === "eip2612"
    ? { kind: permit.kind, valueBase: permit.valueBase, deadline: permit.deadline }
    : { kind: permit.kind, nonce: permit.nonce, expiry: permit.expiry };
}
