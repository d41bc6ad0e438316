import type { CheckoutGasless, CheckoutRelayRequest } from "@qbitflow/api";
import { describe, expect, it } from "vitest";
import { marginSeconds, secondsLeft } from "./clock.ts";
import { flow, nowMs, nowSeconds, quote, sent, session } from "./flow.testing.ts";
import { progressOf } from "./progress.ts";
import { type FlowEvent, reduce, startFlow } from "./reducer.ts";
import { mayCancel, openSection, screenOf } from "./screen.ts";
import { amountShown, readsPermit2 } from "./sending.ts";
import type { Flow } from "./state.ts";

const run = (start: Flow, ...events: FlowEvent[]) => events.reduce(reduce, start);
const picked = (start: Flow) =>
  run(start, { type: "currency/picked", currencyId: 1 }, { type: "quote/got", quote: quote(), nowMs });
const choice = { id: "io.wallet", name: "Wallet", kind: "browser" } as const;
const connected: FlowEvent = { type: "wallet/connected", choice, address: "0x1", chainId: 8453 };

describe("a reload", () => {
  it("takes up the quote that is still held", () => {
    const resumed = startFlow(session({ quote: quote() }), nowMs);
    expect(resumed.currencyId).toBe(1);
    expect(resumed.quote.value?.amount).toBe("25");
  });

  it("does not take up a quote that ran out", () => {
    const resumed = startFlow(session({ quote: quote({ expiresAt: nowSeconds - 1 }) }), nowMs);
    expect(resumed.quote.status).toBe("none");
    expect(openSection(resumed)).toBe("currency");
  });

  it("asks for details first, where they are missing", () => {
    expect(openSection(startFlow(session({ needsCustomer: true, quote: quote() }), nowMs))).toBe("details");
  });
});

describe("the quote", () => {
  it("counts down by the server's clock, not the browser's", () => {
    const wrongClockMs = nowMs - 7_200_000;
    const start = startFlow(session(), wrongClockMs);
    const withQuote = run(
      start,
      { type: "currency/picked", currencyId: 1 },
      { type: "quote/got", quote: quote(), nowMs: wrongClockMs },
    );
    expect(secondsLeft(withQuote, quote().expiresAt, wrongClockMs + 60_000)).toBe(840);
  });

  it("tells when a renewal changed the amount, and only then", () => {
    const same = run(picked(flow()), { type: "quote/got", quote: quote({ expiresAt: nowSeconds + 1800 }), nowMs });
    expect(same.quote.changedFrom).toBeUndefined();
    const changed = run(same, { type: "quote/got", quote: quote({ amount: "26.5" }), nowMs });
    expect(changed.quote.changedFrom).toBe("25 USDC");
  });

  it("ignores an answer for a currency that is no longer chosen", () => {
    const other = run(
      picked(flow()),
      { type: "currency/picked", currencyId: 2 },
      { type: "quote/got", quote: quote(), nowMs },
    );
    expect(other.quote.value).toBeUndefined();
  });

  it("says so when the chosen currency became unavailable", () => {
    const gone = session();
    const entry = gone.currencies[0];
    if (entry) Object.assign(entry, { available: false, unavailableReason: "No price." });
    const next = run(picked(flow()), { type: "session/read", session: gone, nowMs });
    expect(next.quote.problem).toEqual({ code: "currencyUnavailable", facts: { said: "No price." } });
  });

  it("leaves room for a slow wallet, less on a short quote", () => {
    expect(marginSeconds(quote())).toBe(120);
    expect(marginSeconds(quote({ expiresAt: nowSeconds + 30 }))).toBe(10);
  });
});

describe("while paying", () => {
  const paying = run(
    picked(flow()),
    connected,
    { type: "pay/checking" },
    { type: "pay/planned", steps: ["permit", "pay"] },
  );

  it("nothing else can be changed", () => {
    expect(run(paying, { type: "currency/picked", currencyId: 2 }).currencyId).toBe(1);
    expect(run(paying, { type: "currency/change" }).currencyId).toBe(1);
    expect(run(paying, { type: "details/edit" }).details.status).toBe("closed");
    expect(mayCancel(paying)).toBe(false);
  });

  it("keeps the steps when the wallet changes its account", () => {
    expect(run(paying, connected).pay.steps).toHaveLength(2);
  });

  it("a refusal brings the button back with its reason", () => {
    const refused = run(paying, { type: "pay/stopped", problem: { code: "rejected" } });
    expect(refused.pay).toEqual({ status: "idle", steps: [], problem: { code: "rejected" } });
    expect(screenOf(refused)).toBe("pay");
  });
});

describe("after sending", () => {
  const waiting = run(picked(flow()), { type: "pay/sent", sent });

  it("there is no second pay button, whatever the server has seen so far", () => {
    expect(screenOf(waiting)).toBe("progress");
    expect(screenOf(run(waiting, { type: "session/read", session: session(), nowMs }))).toBe("progress");
    expect(mayCancel(waiting)).toBe(false);
  });

  it("a reverted transaction lets the customer try again, also while the server still waits for it", () => {
    const hinted = run(waiting, {
      type: "session/progress",
      progress: { status: { type: "payment", status: "pending", txHash: sent.transactionHash }, payments: [] },
    });
    expect(screenOf(hinted)).toBe("progress");
    const reverted = run(hinted, { type: "sent/forgotten", problem: { code: "reverted" } });
    expect(screenOf(reverted)).toBe("pay");
    expect(reverted.pay.problem?.code).toBe("reverted");
  });

  it("somebody else's transaction keeps the page waiting", () => {
    const other = flow({ status: { type: "payment", status: "pending", txHash: "0x01" } });
    expect(screenOf(other)).toBe("progress");
  });

  it("remembers that completion was seen live, so that it may go on to the merchant by itself", () => {
    const progress = { status: { type: "payment", status: "completed" }, payments: [] } as const;
    const done = run(waiting, { type: "session/progress", progress: { ...progress, payments: [] } });
    expect(done.sawCompletion).toBe(true);
    expect(screenOf(done)).toBe("receipt");
    expect(flow({ status: { type: "payment", status: "completed" } }).sawCompletion).toBe(false);
  });
});

describe("a payment that is signed and sent by the server", () => {
  const gasless = { ways: ["authorization", "permit2"], total: "25.1", relayFee: "0.1" } as CheckoutGasless;
  const signed = { request: {} as CheckoutRelayRequest, deadline: nowSeconds + 900 };
  const offered = run(
    flow(),
    { type: "currency/picked", currencyId: 1 },
    { type: "quote/got", quote: quote({ gasless }), nowMs },
  );
  const shown = (state: Flow) => state.quote.value && amountShown(state.quote.value, state);

  it("shows the total, and the price alone once the customer sends it", () => {
    expect(shown(offered)).toBe("25.10 USDC");
    const alone = run(offered, { type: "pay/alone", sendsAlone: true });
    expect(shown(alone)).toBe("25 USDC");
    expect(run(alone, { type: "currency/picked", currencyId: 2 }).sendsAlone).toBe(false);
  });

  it("tells when only the fee changed", () => {
    const dearer = quote({ gasless: { ...gasless, total: "25.2" } });
    expect(run(offered, { type: "quote/got", quote: dearer, nowMs }).quote.changedFrom).toBe("25.10 USDC");
    const alone = run(offered, { type: "pay/alone", sendsAlone: true });
    expect(run(alone, { type: "quote/got", quote: dearer, nowMs }).quote.changedFrom).toBeUndefined();
  });

  it("is offered by Permit2 alone only to a wallet that is known to allow it the whole total", () => {
    const byPermit2 = quote({
      gasless: { ...gasless, ways: ["permit2"], relay: { fee: "100000", recipient: "0x1" } },
    });
    const got = run(offered, { type: "quote/got", quote: byPermit2, nowMs });
    expect(shown(got)).toBe("25 USDC");
    expect(readsPermit2(got)).toBe(false);
    const asking = run(got, connected);
    expect(readsPermit2(asking)).toBe(true);
    const allowed = (permit2Base: bigint) => run(asking, { type: "wallet/permit2", permit2Base });
    expect(readsPermit2(allowed(0n))).toBe(false);
    expect(shown(allowed(25_099_999n))).toBe("25 USDC");
    expect(shown(allowed(25_100_000n))).toBe("25.10 USDC");
    expect(shown(run(allowed(25_100_000n), { type: "wallet/chain", chainId: 8453 }))).toBe("25.10 USDC");
    expect(shown(run(allowed(25_100_000n), { type: "wallet/chain", chainId: 5 }))).toBe("25 USDC");
    // What is being paid stays what was shown.
    const paying = run(asking, { type: "pay/checking" });
    expect(shown(run(paying, { type: "wallet/permit2", permit2Base: 10n ** 30n }))).toBe("25 USDC");
  });

  it("offers no second payment until the server has answered", () => {
    const handing = run(offered, { type: "pay/signed", signed });
    expect(screenOf(handing)).toBe("progress");
    expect(progressOf(handing).stage).toBe("signed");
    expect(mayCancel(handing)).toBe(false);
    expect(screenOf(run(handing, { type: "pay/unsigned" }))).toBe("pay");
    const taken = { status: { type: "payment", status: "pending" }, payments: [] } as const;
    const pending = run(handing, { type: "session/progress", progress: { ...taken, payments: [] } });
    expect(progressOf(pending).stage).toBe("sent");
    const failed = { ...taken, status: { ...taken.status, status: "created" as const }, payments: [] };
    expect(screenOf(run(pending, { type: "session/progress", progress: failed }))).toBe("pay");
  });
});

describe("hostile names", () => {
  it("cannot turn the following letters round", () => {
    expect(flow({ productName: "invoice\u202Efdp.exe" }).session.productName).toBe("invoicefdp.exe");
    expect(flow({ organizationName: "Shop\u2069\u2067 5 USD" }).session.organizationName).toBe("Shop 5 USD");
  });
});
