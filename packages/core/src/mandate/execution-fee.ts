import { ChainUnavailableError } from "@qbitflow/chains";
import { divideRoundingUp, usdToTokenBase } from "@qbitflow/money";
import type { Context } from "../context.ts";
import type { Currency } from "../currency/index.ts";
import { bufferPercent, capBase } from "./amounts.ts";

interface Sending {
  readonly network: string;
  readonly currency: Currency;
}

/** What sending one charge costs now, in micro-dollars, rounded up; asked of the chain at most every few seconds. */
async function chargeGasMicros(ctx: Context, network: string): Promise<bigint> {
  const key = `charge-gas:${network}`;
  const remembered = ctx.cache.get<bigint>(key);
  if (remembered !== undefined) return remembered;
  const chain = ctx.chains.get(network);
  if (!chain?.mandates || !chain.sender) throw new ChainUnavailableError(`Nothing can be charged on ${network}.`);
  const { priceSymbol, decimals } = chain.network.nativeCurrency;
  const [price, dataFeeBase] = await Promise.all([chain.sender.gasPrice(), chain.sender.dataFeeBase()]);
  const rate = await ctx.rates.rate(priceSymbol);
  const costBase = chain.mandates.chargeGas * price.nowBase + dataFeeBase;
  // rateE18 is USD × 10^18 for one coin of 10^decimals: to micro-dollars, one division at the end.
  const micros = divideRoundingUp(costBase * rate.usdPerTokenE18, 10n ** BigInt(decimals + 12));
  ctx.cache.set(key, micros);
  return micros;
}

/**
 * What one charge adds for being sent, in the token, rounded up: 0 where the operator pays for sending; null where it
 * would cost more than `policy.maxExecutionFeeMicros`, so that the currency is not offered. Throws ChainUnavailableError,
 * RateUnavailableError.
 */
export async function executionFeeBase(ctx: Context, { network, currency }: Sending): Promise<bigint | null> {
  const { maxExecutionFeeMicros } = ctx.policy;
  if (maxExecutionFeeMicros === 0n) return 0n;
  const micros = await chargeGasMicros(ctx, network);
  if (micros > maxExecutionFeeMicros) return null;
  const rate = await ctx.rates.rate(currency.priceSymbol);
  return usdToTokenBase(micros, rate.usdPerTokenE18, currency.decimals);
}

/** The most a charge may ever add, for the mandate: the policy's limit in the token, with the token's head-room. Pure. */
export function maxExecutionFeeBase(
  ctx: Context,
  { currency, rateE18 }: { readonly currency: Currency; readonly rateE18: bigint },
): bigint {
  const { maxExecutionFeeMicros } = ctx.policy;
  if (maxExecutionFeeMicros === 0n) return 0n;
  const amountBase = usdToTokenBase(maxExecutionFeeMicros, rateE18, currency.decimals);
  return capBase({ amountBase, percent: bufferPercent(currency) });
}
