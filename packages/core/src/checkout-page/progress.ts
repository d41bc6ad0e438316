import type { CheckoutPayment, CheckoutProgress } from "@qbitflow/api";
import type { Hex } from "@qbitflow/chains";
import { microsToJsonNumber, tokenAmountToText } from "@qbitflow/money";
import { type CheckoutSession, statusOf } from "../checkout-session/index.ts";
import type { Context } from "../context.ts";
import { relayFeesOf } from "../gasless/index.ts";
import { loadMandates } from "../mandate/index.ts";
import { checkoutPayments, explorerLink } from "../payment/index.ts";
import { firstPaymentOf } from "../subscription/index.ts";

/** What moves while a page looks at a session: its status and what reached it, of a subscription what its first period took. */
export async function checkoutProgress(ctx: Context, session: CheckoutSession): Promise<CheckoutProgress> {
  const isPaidOnce = session.options === null;
  const [status, payments] = await Promise.all([
    statusOf(ctx, session),
    isPaidOnce ? paymentsWithFees(ctx, session) : firstPayments(ctx, session),
  ]);
  return { status, payments };
}

async function paymentsWithFees(ctx: Context, session: CheckoutSession): Promise<CheckoutPayment[]> {
  const payments = await checkoutPayments(ctx, session);
  if (payments.length === 0) return payments;
  const fees = await relayFeesOf(ctx, session.uuid);
  return payments.map((payment) => {
    const relayFee = fees.get(payment.transactionHash.toLowerCase());
    return relayFee === undefined ? payment : { ...payment, relayFee };
  });
}

async function firstPayments(ctx: Context, session: CheckoutSession): Promise<CheckoutPayment[]> {
  if (session.status !== "completed") return [];
  const paid = await firstPaymentOf(ctx, session.uuid);
  const { network: slug, mandateHash, transactionHash, amountBase } = paid?.attempt ?? {};
  if (!paid || !slug || !mandateHash || !transactionHash || amountBase == null) return [];
  const mandate = (await loadMandates(ctx, [{ network: slug, hash: mandateHash as Hex }])).get(mandateHash as Hex);
  const network = ctx.chains.get(slug)?.network;
  const token = network?.tokens.find(({ id }) => id === mandate?.currencyId);
  if (!mandate || !network || !token) return [];
  return [
    {
      transactionHash,
      network: slug,
      symbol: token.symbol,
      amount: tokenAmountToText(amountBase, token.decimals),
      amountUsd: microsToJsonNumber(paid.bill.amountMicros),
      from: mandate.terms.subscriber,
      to: mandate.terms.merchant,
      at: `${(paid.bill.settledAt ?? paid.bill.createdAt).toISOString().slice(0, 19)}Z`,
      // A charge counts once it has them all.
      confirmations: network.confirmations,
      confirmationsNeeded: network.confirmations,
      match: "exact",
      ...explorerLink(network, transactionHash),
    },
  ];
}
