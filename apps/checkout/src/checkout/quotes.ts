import type { CheckoutQuote } from "@qbitflow/api";
import { marginSeconds, secondsLeft } from "../flow/clock.ts";
import { screenOf } from "../flow/screen.ts";
import { amountShown } from "../flow/sending.ts";
import { type Problem, ProblemError } from "../problem.ts";
import { ServerRefused, serverProblem } from "../server.ts";
import { type Page, readSession } from "./page.ts";
import { readBalance } from "./wallet.ts";

/** Locks an amount for the chosen currency. */
export async function getQuote(page: Page): Promise<void> {
  const { store, server } = page;
  const { currencyId } = store.get();
  if (currencyId === undefined) return;
  store.dispatch({ type: "quote/loading" });
  try {
    const quote = await server.quote(currencyId);
    store.dispatch({ type: "quote/got", quote, nowMs: Date.now() });
    void readBalance(page);
  } catch (error) {
    store.dispatch({ type: "quote/failed", currencyId, problem: quoteProblem(error) });
    // Gone, paid, or out of order meanwhile: the state says which.
    if (error instanceof ServerRefused && error.status < 500) await readSession(page).catch(() => undefined);
  }
}

function quoteProblem(error: unknown): Problem {
  if (error instanceof ServerRefused && error.status !== 429 && error.status < 500) {
    const code = error.status === 422 ? "currencyUnavailable" : "quoteFailed";
    return { code, facts: { said: error.message } };
  }
  return serverProblem(error);
}

/**
 * The quote to pay with: renewed when too little time is left. Throws ProblemError `amountChanged` when the customer
 * has not seen the new amount yet.
 */
export async function freshQuote(page: Page): Promise<CheckoutQuote> {
  const { store, server } = page;
  const flow = store.get();
  const old = flow.quote.value;
  if (!old || flow.currencyId === undefined) throw new ProblemError({ code: "quoteExpired" });
  if (secondsLeft(flow, old.expiresAt, Date.now()) > marginSeconds(old)) return old;
  const quote = await server.quote(flow.currencyId).catch((error: unknown) => {
    throw new ProblemError(quoteProblem(error), { cause: error });
  });
  store.dispatch({ type: "quote/got", quote, nowMs: Date.now() });
  const facts = { before: amountShown(old, flow), now: amountShown(quote, flow) };
  if (facts.now !== facts.before) throw new ProblemError({ code: "amountChanged", facts });
  return quote;
}

/** Renews a quote that ran out while nobody used it. Called every second or so. */
export function renewIfOver(page: Page): void {
  const flow = page.store.get();
  const { quote } = flow;
  if (quote.status !== "ready" || !quote.value || flow.pay.status !== "idle" || !flow.online) return;
  if (screenOf(flow) !== "pay" || secondsLeft(flow, quote.value.expiresAt, Date.now()) > 0) return;
  void getQuote(page);
}
