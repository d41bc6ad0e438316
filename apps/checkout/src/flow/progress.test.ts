import type { CheckoutPayment } from "@qbitflow/api";
import { describe, expect, it } from "vitest";
import { flow, sent, session } from "./flow.testing.ts";
import { mismatches, payingPayment, progressOf } from "./progress.ts";
import { reduce } from "./reducer.ts";

const payment: CheckoutPayment = {
  transactionHash: `0x${"cd".repeat(32)}`,
  network: "base",
  symbol: "USDC",
  amount: "25",
  from: "0x1",
  to: "0x2",
  at: "2027-01-15T08:00:00Z",
  confirmations: 2,
  confirmationsNeeded: 3,
  match: "exact",
};

describe("progress", () => {
  it("names the sent transaction and links to it before the server knows it", () => {
    const progress = progressOf(reduce(flow(), { type: "pay/sent", sent }));
    expect(progress.stage).toBe("sent");
    expect(progress.link).toBe(`https://explorer.example/tx/${sent.transactionHash}`);
  });

  it("counts confirmations and estimates the rest from the block time", () => {
    const status = { type: "payment", status: "waitingConfirmation" } as const;
    const progress = progressOf(flow({ status, payments: [payment] }));
    expect(progress.confirmations).toBe("2 of 3 confirmations");
    expect(progress.leftSeconds).toBe(2);
  });
});

describe("payments that do not pay the session", () => {
  it("are told apart from the one that does", () => {
    const under: CheckoutPayment = { ...payment, match: "under", transactionHash: "0x01" };
    const state = session({ payments: [under, payment] });
    expect(payingPayment(state)).toBe(payment);
    expect(mismatches(state)).toEqual([under]);
  });

  it("a late payment counts only once the server completed the session with it", () => {
    const late: CheckoutPayment = { ...payment, match: "late" };
    expect(mismatches(session({ status: { type: "payment", status: "expired" }, payments: [late] }))).toEqual([late]);
    expect(mismatches(session({ status: { type: "payment", status: "completed" }, payments: [late] }))).toEqual([]);
  });
});
