import { describe, expect, it } from "vitest";
import { type PlanInput, planPayment } from "./plan.ts";

const token: PlanInput = {
  native: false,
  amountBase: 100n,
  allowanceBase: 0n,
  permit: "none",
  canSignPermit: true,
  canBatch: false,
  needsReset: false,
};

describe("planPayment", () => {
  it.each<[string, Partial<PlanInput>, string[]]>([
    ["a native coin is one transaction", { native: true }, ["pay"]],
    [
      "a sufficient allowance needs nothing else, whatever the wallet can",
      { allowanceBase: 100n, canBatch: true, permit: "eip2612" },
      ["pay"],
    ],
    ["a token without permit is approved, then paid", {}, ["approve", "pay"]],
    ["a smaller allowance is raised where the token lets it be", { allowanceBase: 99n }, ["approve", "pay"]],
    [
      "USDT's smaller allowance goes to zero first",
      { allowanceBase: 99n, needsReset: true },
      ["reset", "approve", "pay"],
    ],
    ["no allowance needs no reset", { needsReset: true }, ["approve", "pay"]],
    ["an EIP-2612 permit saves a transaction", { permit: "eip2612" }, ["permit", "pay"]],
    ["so does DAI's", { permit: "dai" }, ["daiPermit", "pay"]],
    [
      "a permit does not mind a smaller allowance",
      { permit: "eip2612", allowanceBase: 99n, needsReset: true },
      ["permit", "pay"],
    ],
    ["a permit that cannot be signed is an approval", { permit: "eip2612", canSignPermit: false }, ["approve", "pay"]],
    ["a wallet that batches asks only once", { permit: "eip2612", canBatch: true }, ["batch"]],
  ])("%s", (_name, change, steps) => {
    expect(planPayment({ ...token, ...change })).toEqual(steps);
  });
});
