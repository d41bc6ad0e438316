import { transactionStatuses } from "@qbitflow/api";
import { describe, expect, it } from "vitest";
import { deriveStatus, isFinal, mayChange, type SessionStatusFields, statusTransitions } from "./status.ts";

const session: SessionStatusFields = {
  uuid: "01997c89-d0e9-7c9a-9886-fe7709919695",
  transactionType: "payment",
  status: "created",
  statusMessage: null,
  transactionHash: null,
  expiresAt: new Date("2026-03-01T12:00:00Z"),
};
const before = new Date("2026-03-01T11:59:59Z");

describe("the table of statuses", () => {
  it("lets only a payment in the chain lead to completed, and a trial that needs none", () => {
    const into = transactionStatuses.filter((from) => mayChange(from, "completed"));
    expect(into).toEqual(["created", "waitingConfirmation"]);
  });

  it("lets a final status go only where a late payment or a reorganisation leads", () => {
    for (const from of transactionStatuses.filter(isFinal)) {
      const to = statusTransitions[from].filter((status) => status !== "waitingConfirmation");
      expect(to).toEqual(from === "completed" ? ["failed"] : []);
    }
  });

  it("has failed only after completed", () => {
    expect(transactionStatuses.filter((from) => mayChange(from, "failed"))).toEqual(["completed"]);
  });
});

describe("the status as it is read", () => {
  it("is expired at the very end of the session, swept or not, and without a transaction", () => {
    expect(deriveStatus(session, { now: before })).toEqual({ type: "payment", status: "created" });
    const pending = { ...session, status: "pending" as const, transactionHash: "0x1" };
    const expired = { type: "payment", status: "expired", message: expect.any(String) };
    expect(deriveStatus(pending, { now: session.expiresAt })).toEqual(expired);
  });

  it("does not expire once a payment stands in a block", () => {
    const waiting = {
      ...session,
      status: "waitingConfirmation" as const,
      transactionHash: "0x1",
      statusMessage: "old",
    };
    const status = deriveStatus(waiting, { now: new Date("2027-01-01"), confirmations: { have: 2, needed: 12 } });
    expect(status).toEqual({
      type: "payment",
      status: "waitingConfirmation",
      txHash: "0x1",
      message: "2 of 12 confirmations",
    });
  });

  it("never counts more confirmations than needed, nor fewer than none", () => {
    const waiting = { ...session, status: "waitingConfirmation" as const };
    const message = (have: number) =>
      deriveStatus(waiting, { now: before, confirmations: { have, needed: 3 } }).message;
    expect([message(9), message(-4)]).toEqual(["3 of 3 confirmations", "0 of 3 confirmations"]);
  });

  it("keeps the words of a failure", () => {
    const failed = { ...session, status: "failed" as const, statusMessage: "Why." };
    expect(deriveStatus(failed, { now: new Date("2027-01-01") })).toEqual({
      type: "payment",
      status: "failed",
      message: "Why.",
    });
  });
});
