import type { AllowanceOffer } from "@qbitflow/api";
import { tokenAmountToText } from "@qbitflow/money";
import type { Context } from "../context.ts";
import { readFields } from "../fields.ts";
import { type AllowancePlan, needOf, planAllowance, readPeriods, usdOf } from "../mandate/index.ts";
import { soon } from "../soon.ts";
import { subscriptionView } from "../subscription/index.ts";
import { type Changeable, changeable, chargeable } from "./authorised.ts";
import { offerTimes } from "./offer-time.ts";

/** How many periods from now on; null = until cancelled, 0 = taken back. Throws `validation_failed`. */
export function readAllowanceRequest(request: unknown): number | null {
  const fields = readFields(request);
  const periods = readPeriods(fields, 0);
  fields.done();
  return periods;
}

export interface PlannedAllowance extends Changeable {
  readonly plan: AllowancePlan;
}

/**
 * The allowance for so many periods of the present maximum, and what gives it. Taking it back is possible also when the
 * subscription is over. Throws `not_found`, `subscription_cancelled`, `unprocessable`, `currency_unavailable`.
 */
export async function allowanceFor(
  ctx: Context,
  asked: { readonly uuid: string; readonly periods: number | null; readonly deadline: number },
): Promise<PlannedAllowance> {
  const { uuid, periods, deadline } = asked;
  const subscription = await subscriptionView(ctx, uuid);
  const isTakenBack = periods === 0;
  const found = isTakenBack
    ? await changeable(ctx, subscription, { evenWhenOver: true })
    : await chargeable(ctx, subscription);
  const { mandate, currency } = found;
  const plan = await planAllowance(ctx, {
    ...{ network: mandate.network, currency, subscriber: mandate.terms.subscriber, uuid, deadline },
    needBase: needOf({ capBase: mandate.maximumBase, periods: isTakenBack ? 0 : periods }),
    exactly: isTakenBack,
  });
  return { ...found, plan };
}

/** What the contract may take after this, and what the customer signs or sends for it. Throws as `allowanceFor`, `validation_failed`. */
export async function offerAllowance(
  ctx: Context,
  { uuid, request }: { readonly uuid: string; readonly request: unknown },
): Promise<AllowanceOffer> {
  const periods = readAllowanceRequest(request);
  const { expiresAt, deadline } = offerTimes(ctx);
  const { plan, currency, mandate } = await allowanceFor(ctx, { uuid, periods, deadline });
  const { decimals } = currency;
  // For people only: without a price now, the one it was authorised at.
  const rate = await soon(ctx.rates.rate(currency.priceSymbol));
  return {
    allowance: plan.step,
    amount: tokenAmountToText(plan.toSetBase, decimals),
    amountUsd: usdOf(plan.toSetBase, { rateE18: rate?.usdPerTokenE18 ?? mandate.rateE18, decimals }),
    symbol: currency.symbol,
    expiresAt,
  };
}
