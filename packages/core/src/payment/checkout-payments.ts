import type { CheckoutPayment } from "@qbitflow/api";
import type { Network } from "@qbitflow/chains";
import { microsToJsonNumber, tokenAmountToText } from "@qbitflow/money";
import type { Context } from "../context.ts";
import { type SessionPayment, sessionPayments } from "./of-session.ts";

/** What reached a session, as the customer's page shows it. */
export async function checkoutPayments(
  ctx: Context,
  session: { readonly uuid: string; readonly priceMicros: bigint },
): Promise<CheckoutPayment[]> {
  const payments = await sessionPayments(ctx, session.uuid);
  return payments.map((payment) => {
    const network = ctx.chains.get(payment.network)?.network;
    const token = network && tokenOf(network, payment);
    return {
      transactionHash: payment.transactionHash,
      network: payment.network,
      symbol: token?.symbol ?? payment.token,
      amount: token ? tokenAmountToText(payment.amountBase, token.decimals) : String(payment.amountBase),
      ...(payment.paysSession ? { amountUsd: microsToJsonNumber(session.priceMicros) } : {}),
      from: payment.payer,
      to: payment.merchant,
      at: `${payment.minedAt.toISOString().slice(0, 19)}Z`,
      confirmations: payment.confirmations,
      confirmationsNeeded: network?.confirmations ?? payment.confirmations,
      match: payment.match,
      ...explorerLink(network, payment.transactionHash),
    };
  });
}

function tokenOf(network: Network, { currencyId }: SessionPayment): { symbol: string; decimals: number } | undefined {
  return [network.nativeCurrency, ...network.tokens].find((token) => token.id === currencyId);
}

/** Where the transaction can be looked at, where the network has a place for it. */
export function explorerLink(network: Network | undefined, transactionHash: string): { explorerUrl?: string } {
  if (network?.explorerUrl === undefined) return {};
  return { explorerUrl: `${network.explorerUrl.replace(/\/$/, "")}/tx/${transactionHash}` };
}
