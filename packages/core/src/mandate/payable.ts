import { ChainUnavailableError } from "@qbitflow/chains";
import { RateUnavailableError } from "@qbitflow/rates";
import type { Context } from "../context.ts";
import { type Currency, NATIVE_ADDRESS } from "../currency/index.ts";
import { DomainError } from "../errors.ts";
import type { Merchant } from "../merchant/index.ts";
import { executionFeeBase } from "./execution-fee.ts";

/** What a mandate can take: tokens, as a native coin has no allowance, where our contract is and a key that sends. Pure. */
export function mandateCurrencies(ctx: Context, merchant: Merchant): Currency[] {
  return merchant.currencies.filter(({ address, network }) => {
    const chain = ctx.chains.get(network);
    return address !== NATIVE_ADDRESS && chain !== undefined && chain.mandates !== null && chain.sender !== null;
  });
}

async function askIfTooDear(ctx: Context, currency: Currency): Promise<boolean> {
  try {
    return (await executionFeeBase(ctx, { network: currency.network, currency })) === null;
  } catch (error) {
    if (error instanceof ChainUnavailableError || error instanceof RateUnavailableError) return false;
    throw error;
  }
}

/**
 * True when a charge costs more gas than the policy lets it add. A chain or price that is silent now says nothing about
 * that. Remembered for a few seconds, silence too.
 */
export async function isTooDear(ctx: Context, currency: Currency): Promise<boolean> {
  const key = `too-dear:${currency.id}`;
  const remembered = ctx.cache.get<boolean>(key);
  if (remembered !== undefined) return remembered;
  const answer = await askIfTooDear(ctx, currency);
  ctx.cache.set(key, answer);
  return answer;
}

/**
 * Asks chains and exchanges what `requirePayableByMandate` asks, so that it is remembered: for whoever calls that in a
 * transaction, where nobody should wait for them.
 */
export async function lookAtPrices(ctx: Context, merchant: Merchant): Promise<void> {
  await Promise.all(mandateCurrencies(ctx, merchant).map((currency) => isTooDear(ctx, currency)));
}

/** Throws `no_payable_currency` with what the merchant or operator can do about it. */
export async function requirePayableByMandate(ctx: Context, merchant: Merchant): Promise<void> {
  const currencies = mandateCurrencies(ctx, merchant);
  const dear = await Promise.all(currencies.map((currency) => isTooDear(ctx, currency)));
  if (dear.includes(false)) return;
  const message =
    currencies.length > 0
      ? "Sending a charge costs more now than the execution fee allows, in every currency. The operator raises MAX_EXECUTION_FEE_USD, or switches on a network with cheaper gas."
      : "A subscription is paid in tokens, on a network with a subscriptions contract and a key that sends the charges. Set a wallet on such a network, switch one of its tokens on, and let the operator configure the sending key.";
  throw new DomainError("unprocessable", "no_payable_currency", message);
}
