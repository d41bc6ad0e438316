import { serverSeconds } from "../flow/clock.ts";
import { aloneInstead } from "../flow/sending.ts";
import { networkOf, type SignedPayment } from "../flow/state.ts";
import { withPayLock } from "../lock.ts";
import type { Problem } from "../problem.ts";
import { ServerRefused, serverProblem } from "../server.ts";
import { type Page, readSession } from "./page.ts";
import { getQuote } from "./quotes.ts";

const firstWaitMs = 1_000;
const longestWaitMs = 8_000;

let handing = false;

/**
 * Hands a signed payment to the server until it says whether it takes it: an answer that was lost must not look like a
 * payment that was not made. The same request twice is one payment. Ends when the deadline is over, too.
 */
export async function handOver(page: Page, signed: SignedPayment): Promise<void> {
  const { store, memory, server } = page;
  handing = true;
  memory.write({ signed });
  store.dispatch({ type: "pay/signed", signed });
  try {
    for (let waitMs = firstWaitMs; store.get().signed; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
      try {
        const session = await server.relay(signed.request);
        store.dispatch({ type: "session/read", session, nowMs: Date.now() });
        return;
      } catch (error) {
        if (error instanceof ServerRefused && error.status < 500) return await refused(page, error);
      }
      if (serverSeconds(store.get(), Date.now()) > signed.deadline) return stop(page, { code: "dropped" });
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  } finally {
    handing = false;
    memory.write({ signed: undefined });
    store.dispatch({ type: "pay/unsigned" });
  }
}

/** Goes on with what was signed before a reload, or in a tab that is gone. Called every few seconds. */
export async function checkSigned(page: Page): Promise<void> {
  const { signed } = page.store.get();
  if (!signed || handing) return;
  await withPayLock(page.uuid, async () => {
    // The other tab may have had its answer while this one waited.
    if (page.memory.read().signed) await handOver(page, signed);
    else page.store.dispatch({ type: "pay/unsigned" });
  });
}

function stop({ store }: Page, problem: Problem): void {
  store.dispatch({ type: "pay/unsigned" });
  store.dispatch({ type: "pay/stopped", problem });
}

/** The server did not take it, and keeps nothing of it. */
async function refused(page: Page, error: ServerRefused): Promise<void> {
  const { store } = page;
  await readSession(page).catch(() => undefined);
  // Paid, on its way or over meanwhile: the screen says so.
  if (store.get().session.status.status !== "created") return;
  switch (error.code) {
    case "quote_expired":
      stop(page, { code: "quoteExpired" });
      return getQuote(page);
    case "rate_limited":
      return stop(page, serverProblem(error));
    case "session_expired":
    case "session_final":
      return stop(page, { code: "sessionClosed" });
    default: {
      store.dispatch({ type: "pay/alone", sendsAlone: true });
      const quote = store.get().quote.value;
      const network = networkOf(store.get());
      const said = { said: error.message };
      const known = quote && network;
      return stop(
        page,
        known ? aloneInstead({ quote, network }, "relayRefused", said) : { code: "server", facts: said },
      );
    }
  }
}
