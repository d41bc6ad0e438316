import { describe, expect, it } from "vitest";
import { ProblemError } from "../problem.ts";
import { walletProblem } from "./errors.ts";

describe("walletProblem", () => {
  it.each<[string, unknown, string]>([
    ["EIP-1193's refusal", { code: 4001, message: "User rejected the request." }, "rejected"],
    ["EIP-5792's refusal", { code: 5000, message: "" }, "rejected"],
    ["a refusal with ethers' code", { code: "ACTION_REJECTED" }, "rejected"],
    [
      "a phone wallet's refusal, wrapped in an internal error",
      { code: -32603, data: { originalError: { code: 4001 } } },
      "rejected",
    ],
    ["a refusal in words only", new Error("User denied transaction signature"), "rejected"],
    ["a refusal as a bare string", "Request rejected", "rejected"],
    [
      "a request that is open already",
      { code: -32002, message: "Already processing eth_requestAccounts" },
      "walletBusy",
    ],
    ["a locked wallet", { code: 4100, message: "Unauthorized" }, "walletLocked"],
    ["an unknown method", { code: -32601, message: "the method does not exist" }, "walletUnsupported"],
    ["a chain the wallet does not know", { code: 4902, message: "Unrecognized chain ID" }, "networkUnknown"],
    [
      "the same from a phone",
      { code: -32603, message: "x", data: { originalError: { code: 4902 } } },
      "networkUnknown",
    ],
    ["a lost connection", { code: 4900, message: "disconnected" }, "walletGone"],
    ["nothing at all", undefined, "walletFailed"],
  ])("understands %s", (_name, error, code) => {
    expect(walletProblem(error).code).toBe(code);
  });

  it("keeps the wallet's own words, shortened, when it knows no better", () => {
    expect(walletProblem(new Error("x".repeat(500))).facts?.said).toHaveLength(160);
  });

  it("passes our own problems through", () => {
    expect(walletProblem(new ProblemError({ code: "alreadyPaid" }))).toEqual({ code: "alreadyPaid" });
  });
});
