import type { CheckoutGasless } from "@qbitflow/api";
import { type ChainAdapter, ChainUnavailableError, type PaymentTerms } from "@qbitflow/chains";
import { gasCostMicros, tokenAmountToText, usdToTokenBase } from "@qbitflow/money";
import { RateUnavailableError } from "@qbitflow/rates";
import type { Context } from "../context.ts";
import { type Currency, NATIVE_ADDRESS } from "../currency/index.ts";
import type { Merchant } from "../merchant/index.ts";
import { type RelayPrice, relayPrice } from "../relay/index.ts";

/** For gas that gets dearer between the quote and its end. */
const MARGIN_BPS = 2_500;

export interface GaslessInput {
  readonly chain: ChainAdapter;
  readonly merchant: Merchant;
  readonly currency: Currency;
  readonly contract: string;
  readonly terms: PaymentTerms;
  /** USD per whole token × 10^18. */
  readonly rateE18: bigint;
}

/**
 * How the terms can be paid by a signature, with the relay fee that is locked with them: gas × price, a rollup's fee for
 * publishing, and a margin, in the token, rounded up (`gasCostMicros`, then `usdToTokenBase`). Null where nobody sends, the token takes no signature, or gas has no
 * price now; a quote without it is as good.
 */
export async function gaslessOffer(ctx: Context, input: GaslessInput): Promise<CheckoutGasless | null> {
  const { chain, currency, contract, terms } = input;
  const gas = chain.gasless?.gas(terms.token) ?? null;
  const price = gas === null ? null : await relayPrice(ctx, currency.network);
  if (gas === null || price === null) return null;
  try {
    const feeBase = ctx.policy.takesRelayFee ? await relayFee(ctx, { ...input, gas, price }) : 0n;
    const relay = { feeBase, recipient: feeBase > 0n ? recipientOf(input) : NATIVE_ADDRESS };
    const offer = (await chain.gasless?.offer({ contract, terms, relay })) ?? null;
    if (offer === null) return null;
    const { decimals } = currency;
    return {
      ways: [...offer.ways],
      relayFee: tokenAmountToText(feeBase, decimals),
      relayFeeRecipient: relay.recipient,
      total: tokenAmountToText(terms.amountBase + feeBase, decimals),
      relay: { fee: String(feeBase), recipient: relay.recipient },
      gaslessHash: offer.hash,
      ...(offer.permit2 === undefined ? {} : { permit2: offer.permit2 }),
      // JSON, as it is kept.
      typedData: JSON.parse(JSON.stringify(offer.typedData)) as CheckoutGasless["typedData"],
    };
  } catch (error) {
    if (error instanceof ChainUnavailableError || error instanceof RateUnavailableError) return null;
    throw error;
  }
}

async function relayFee(
  ctx: Context,
  { gas, price, ...input }: GaslessInput & { readonly gas: bigint; readonly price: RelayPrice },
): Promise<bigint> {
  const { priceSymbol, decimals } = input.chain.network.nativeCurrency;
  const native = await ctx.rates.rate(priceSymbol);
  const costMicros = gasCostMicros({
    ...price,
    gas,
    marginBps: MARGIN_BPS,
    native: { rateE18: native.usdPerTokenE18, decimals },
  });
  return usdToTokenBase(costMicros, input.rateE18, input.currency.decimals);
}

/** The operator's address for fees on the network, else the key that pays for gas. */
function recipientOf({ chain, merchant, currency }: GaslessInput): string {
  return merchant.platformFees.get(currency.network)?.recipient ?? chain.sender?.address ?? NATIVE_ADDRESS;
}
