import type { MaximumOffer } from "@qbitflow/api";
import type { MandateState } from "@qbitflow/chains";
import { tokenAmountToText } from "@qbitflow/money";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import { readFields } from "../fields.ts";
import {
  asking,
  bufferPercent,
  capBase,
  chargeAmountBase,
  keepMaximumOffer,
  rateOf,
  SPENDING,
  typedDataOf,
} from "../mandate/index.ts";
import { subscriptionView } from "../subscription/index.ts";
import { type Changeable, chargeable } from "./authorised.ts";
import { offerTimes } from "./offer-time.ts";

/** How the mandate stands on chain. Throws `unprocessable` when it is not active there, `currency_unavailable`. */
export async function stateOnChain({ chain, mandates, mandate }: Changeable): Promise<MandateState> {
  const [state] = await asking(chain, () => mandates.states([mandate.hash]));
  if (state?.status === "active" || state?.status === "stopped") return state;
  throw new DomainError("unprocessable", "unprocessable", "The authorisation has ended. Authorise anew.");
}

/**
 * What another maximum per period is in tokens, and what to sign for it: the asked dollars at the present rate, with the
 * token's head-room, rounded up, and the most a charge may add for its gas. Kept, as the chain will show tokens only.
 * Throws `not_found`, `validation_failed`, `subscription_cancelled`, `unprocessable`, `currency_unavailable`.
 */
export async function offerMaximum(
  ctx: Context,
  { uuid, request }: { readonly uuid: string; readonly request: unknown },
): Promise<MaximumOffer> {
  const fields = readFields(request);
  const askedMicros = fields.price("maximumUsd", SPENDING);
  fields.done();
  const found = await chargeable(ctx, await subscriptionView(ctx, uuid));
  const { mandate, currency, mandates } = found;
  const { network, hash, terms } = mandate;
  const { usdPerTokenE18: rateE18 } = await rateOf(ctx, currency);
  const amountBase = chargeAmountBase({ micros: askedMicros, rateE18, decimals: currency.decimals });
  const maximumBase = capBase({ amountBase, percent: bufferPercent(currency) }) + terms.maxExecutionFeeBase;
  const { nonce } = await stateOnChain(found);
  const { deadline } = offerTimes(ctx);
  await keepMaximumOffer(ctx.db, { network, hash, maximumBase, askedMicros, at: ctx.clock.now() });
  const change = { type: "setMaximum", maximumBase } as const;
  return {
    maximum: tokenAmountToText(maximumBase, currency.decimals),
    maximumBase: String(maximumBase),
    symbol: currency.symbol,
    nonce: String(nonce),
    deadline,
    typedData: typedDataOf({ typedData: mandates.changeToSign({ mandate: terms, change, nonce, deadline }) }),
  };
}
