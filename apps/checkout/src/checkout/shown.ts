import type { CheckoutQuote, CheckoutState } from "@qbitflow/api";
import { parseTokenAmount } from "@qbitflow/money";
import { ProblemError } from "../problem.ts";

/**
 * What a wallet is asked for is what the page shows: the terms that are sent or signed say this session, the chosen
 * currency on its network, the amounts in words and the time shown. Pure. Throws ProblemError `termsDiffer`.
 */
export function checkQuote(quote: CheckoutQuote, session: Pick<CheckoutState, "uuid" | "currencies">): void {
  const { terms, gasless } = quote;
  const entry = session.currencies.find(({ currency }) => currency.id === quote.currencyId);
  if (!entry) throw new ProblemError({ code: "currencyUnavailable" });
  const { currency, network } = entry;
  const base = (text: string) => parseTokenAmount(text, currency.decimals);
  const pairs: [string, unknown, unknown][] = [
    ["session", terms.uuid, session.uuid],
    ["network", quote.chainId, network.chainId],
    ["token", terms.token, currency.address],
    ["token", quote.symbol, currency.symbol],
    ["token", quote.decimals, currency.decimals],
    ["amount", terms.amount, base(quote.amount)],
    ["time", terms.deadline, quote.expiresAt],
  ];
  if (gasless) {
    const feeBase = BigInt(gasless.relay.fee);
    pairs.push(["network fee", base(gasless.relayFee), feeBase]);
    pairs.push(["amount", base(gasless.total), BigInt(terms.amount) + feeBase]);
  }
  for (const [what, given, shown] of pairs) {
    if (String(given).toLowerCase() !== String(shown).toLowerCase())
      throw new ProblemError({ code: "termsDiffer", facts: { what } });
  }
}
