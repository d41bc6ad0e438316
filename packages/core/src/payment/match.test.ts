import type { Hex } from "@qbitflow/chains";
import { splitFees } from "@qbitflow/money";
import { describe, expect, it } from "vitest";
import { type MatchInput, type MatchQuote, matchTransfer } from "./match.ts";

const expiresAt = new Date("2026-03-02T12:00:00Z");
const inTime = new Date("2026-03-01T12:10:00Z");

const quote: MatchQuote = {
  id: 1n,
  currencyId: 2,
  termsHash: "0xaa",
  merchant: "0xM1",
  token: "0xT1",
  amountBase: 25_010_003n,
  feeBps: 100,
  organizationFeeBps: 250,
};
const other: MatchQuote = { ...quote, id: 2n, termsHash: "0xbb", token: "0xT2", currencyId: 3 };

function paying(paid: MatchQuote, change: Partial<MatchInput["transfer"]> = {}): MatchInput["transfer"] {
  const amountBase = change.amountBase ?? paid.amountBase;
  const { feeBase, organizationFeeBase, merchantBase } = splitFees({ ...paid, amountBase });
  const { merchant, token } = paid;
  const termsHash = paid.termsHash as Hex;
  const fees = { feeBase, organizationFeeBase, merchantReceivedBase: merchantBase };
  return { termsHash, merchant, token, amountBase, ...fees, ...change };
}

function match(transfer: MatchInput["transfer"], change: Partial<MatchInput> = {}) {
  const input = { quotes: [quote, other], status: "created" as const, expiresAt, minedAt: inTime, paid: false };
  return matchTransfer({ transfer, ...input, ...change });
}

describe("a transfer with exactly a quote's terms", () => {
  it("pays the session", () => {
    const exact = { match: "exact", quoteId: 1n, differenceBase: 0n, paysSession: true };
    expect(match(paying(quote))).toEqual(exact);
    expect(match(paying(quote, { termsHash: "0xAA" }))).toEqual(exact);
    expect(match(paying(other)).quoteId).toBe(2n);
  });

  it("does not pay when the merchant got less than his share (a token that takes a fee)", () => {
    const short = paying(quote);
    const result = match({ ...short, merchantReceivedBase: short.merchantReceivedBase - 7n });
    expect(result).toEqual({ match: "under", quoteId: 1n, differenceBase: -7n, paysSession: false });
  });

  it("is a duplicate once another pays, by the whole amount, whichever quote it takes", () => {
    const duplicate = { match: "duplicate", differenceBase: quote.amountBase, paysSession: false };
    expect(match(paying(quote), { paid: true })).toEqual({ ...duplicate, quoteId: 1n });
    expect(match(paying(other), { paid: true })).toEqual({ ...duplicate, quoteId: 2n });
  });

  it("is late, and pays, when our clock had closed the session", () => {
    const late = { match: "late", paysSession: true };
    expect(match(paying(quote), { status: "expired" })).toMatchObject(late);
    expect(match(paying(quote), { status: "cancelled" })).toMatchObject(late);
    expect(match(paying(quote), { minedAt: new Date(expiresAt.getTime() + 1000) })).toMatchObject(late);
    expect(match(paying(quote), { minedAt: expiresAt })).toMatchObject({ match: "exact" });
    expect(match(paying(quote), { status: "expired", paid: true })).toMatchObject({ match: "duplicate" });
  });

  it("pays with the merchant receiving more than his share", () => {
    const transfer = paying(quote, { merchantReceivedBase: quote.amountBase * 2n });
    expect(match(transfer)).toMatchObject({ match: "exact", paysSession: true });
  });
});

describe("a transfer with terms that were never promised", () => {
  const foreign = { termsHash: "0xcc" as Hex };

  it("says by how much it is under or over the quote of its currency", () => {
    const under = paying(quote, { ...foreign, amountBase: quote.amountBase - 10n });
    expect(match(under)).toEqual({ match: "under", quoteId: null, differenceBase: -10n, paysSession: false });
    const over = paying(other, { ...foreign, amountBase: other.amountBase + 1n });
    expect(match(over)).toEqual({ match: "over", quoteId: null, differenceBase: 1n, paysSession: false });
  });

  it("is wrong terms when the payer named himself merchant or fee recipient, or changed the fees", () => {
    const wrong = { match: "wrong_terms", quoteId: null, differenceBase: 0n, paysSession: false };
    expect(match(paying(quote, { ...foreign, merchant: "0xThief" }))).toEqual(wrong);
    expect(match(paying(quote, { ...foreign, feeBase: 0n }))).toEqual(wrong);
    // Same amounts, other fee recipient: the hash alone tells.
    expect(match(paying(quote, foreign))).toEqual(wrong);
    const cheaper = paying(quote, { ...foreign, amountBase: 1n, merchant: "0xThief" });
    expect(match(cheaper)).toMatchObject({ match: "wrong_terms", paysSession: false });
  });

  it("is a wrong token when no quote on this network is in it, and when there is no quote at all", () => {
    const wrong = { match: "wrong_token", quoteId: null, differenceBase: null, paysSession: false };
    expect(match(paying(quote, { ...foreign, token: "0xT3" }))).toEqual(wrong);
    expect(match(paying(quote), { quotes: [] })).toEqual(wrong);
  });

  it("never pays, paid already or not, open or closed", () => {
    for (const status of ["created", "pending", "expired", "cancelled", "failed", "completed"] as const) {
      for (const paid of [true, false]) {
        expect(match(paying(quote, foreign), { status, paid }).paysSession).toBe(false);
      }
    }
  });
});
