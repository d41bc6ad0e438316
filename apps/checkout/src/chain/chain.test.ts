import type { CheckoutGasless, CheckoutNetwork, CheckoutQuote } from "@qbitflow/api";
import { decodeFunctionData, encodeErrorResult, hashTypedData, toFunctionSelector } from "viem";
import { describe, expect, it } from "vitest";
import { gaslessHash, tokenTypedData } from "../../../../packages/chains/src/evm/gasless/typed-data.ts";
import { checkoutAbi as contractAbi } from "../../../../packages/chains/src/evm/generated/checkout.ts";
import { checkQuote } from "../checkout/shown.ts";
import { cancelCall, readTerms, run } from "../exit/chain.ts";
import { nowSeconds, quote, session } from "../flow/flow.testing.ts";
import { checkoutAbi } from "./abi.ts";
import { approveCall, payNativeCall, payTokenCall, payWithPermitCall } from "./calls.ts";
import { signGasless } from "./gasless.ts";
import { permitTypedData } from "./permit.ts";
import { revertProblem } from "./simulate.ts";

const owner = "0x00000000000000000000000000000000000000ee";

describe("the contract's interface", () => {
  it("has every function and error that the page knows, with the same signature", () => {
    const signatures = (abi: readonly unknown[]) =>
      abi
        .filter((item) => ["function", "error"].includes((item as { type: string }).type))
        .map((item) => toFunctionSelector({ ...(item as object), type: "function" } as never));
    expect(signatures(contractAbi)).toEqual(expect.arrayContaining(signatures(checkoutAbi)));
  });

  it("gives every error of the contract a name here", () => {
    const errors = (abi: readonly { type: string; name?: string }[]) =>
      abi.filter((item) => item.type === "error").map((item) => item.name);
    expect(errors(checkoutAbi).sort()).toEqual(errors(contractAbi).sort());
  });
});

describe("calls", () => {
  it("carry the quote's terms to the unit", () => {
    const { functionName, args } = decodeFunctionData({ abi: contractAbi, data: payTokenCall(quote()).data });
    expect(functionName).toBe("payToken");
    expect(args?.[0]).toMatchObject({
      uuid: "0x01997c89d0e97c9a9886fe7709919695",
      amount: 25_000_000n,
      feeBps: 100,
      deadline: BigInt(nowSeconds + 900),
    });
  });

  it("send the native amount along, and nothing with a token", () => {
    expect(payNativeCall(quote()).valueBase).toBe(25_000_000n);
    expect(payTokenCall(quote()).valueBase).toBe(0n);
  });

  it("choose the permit's kind by the token", () => {
    const signature = { v: 27, r: `0x${"11".repeat(32)}`, s: `0x${"22".repeat(32)}` } as const;
    const name = (kind: "eip2612" | "dai") =>
      decodeFunctionData({ abi: contractAbi, data: payWithPermitCall(quote({ permit: { kind } }), signature).data })
        .functionName;
    expect([name("eip2612"), name("dai")]).toEqual(["payWithPermit", "payWithDaiPermit"]);
  });

  it("go to the token for an approval, never for more than asked", () => {
    const call = approveCall(quote(), 25_000_000n);
    expect(call.to).toBe(quote().terms.token);
    expect(call.data.endsWith((25_000_000).toString(16).padStart(64, "0"))).toBe(true);
  });
});

describe("permits", () => {
  const domain = { name: "T", version: "1", chainId: 1, verifyingContract: quote().terms.token };

  it("bind the exact amount and the quote's deadline", () => {
    const { message } = permitTypedData(quote(), owner, { domain, nonce: 7n });
    expect(message).toEqual({
      owner,
      spender: quote().contract,
      value: "25000000",
      nonce: "7",
      deadline: String(nowSeconds + 900),
    });
  });

  it("are valid EIP-712 for both kinds", () => {
    for (const kind of ["eip2612", "dai"] as const) {
      const typedData = permitTypedData(quote({ permit: { kind } }), owner, { domain, nonce: 0n });
      expect(() => hashTypedData(typedData as never)).not.toThrow();
    }
  });
});

describe("what is signed is what is shown", () => {
  const { terms, contract } = quote();
  const relay = { fee: "100000", recipient: owner };
  const given = {
    contract,
    terms: { ...terms, amountBase: 25_000_000n },
    relay: { feeBase: 100_000n, recipient: owner },
  } as unknown as Parameters<typeof gaslessHash>[0];
  const typedData = tokenTypedData.authorization(given, {
    name: "USD Coin",
    version: "2",
    chainId: 8453,
    verifyingContract: terms.token as `0x${string}`,
  });
  const gasless = (change: object = {}) =>
    ({
      ways: ["authorization"],
      relayFee: "0.1",
      total: "25.1",
      relay,
      gaslessHash: gaslessHash(given),
      typedData: { authorization: { ...typedData, ...change } },
    }) as unknown as CheckoutGasless;
  const signed: string[] = [];
  const provider = {
    async request({ method, params }: { method: string; params?: unknown }) {
      if (method === "eth_signTypedData_v4") signed.push((params as string[])[1] ?? "");
      return method === "eth_getCode" ? "0x" : `0x${"f".repeat(64)}`;
    },
  };
  const network = session().currencies[0]?.network as CheckoutNetwork;
  const hooks = { planned: () => {}, step: () => {}, beforeMoney: async () => {} };
  const sign = (change?: object) =>
    signGasless({ provider, address: owner, quote: quote(), network }, gasless(change), hooks);

  it("and nothing that reads otherwise reaches the wallet", async () => {
    await sign();
    expect(JSON.parse(signed[0] ?? "")).toMatchObject({ primaryType: "ReceiveWithAuthorization" });
    const permit = { Permit: [["owner", "spender", "value", "nonce", "deadline"]] };
    const { message, blanks } = typedData;
    const hostile = [
      { primaryType: "Permit", types: permit, message: { ...message, spender: owner } },
      {
        types: { ...typedData.types, ReceiveWithAuthorization: typedData.types.ReceiveWithAuthorization?.toReversed() },
      },
      { message: { ...message, validBefore: "99999999999" } },
      { message: { ...message, from: contract }, blanks: [] },
      { blanks: [...blanks, { field: "to", with: "payer" }] },
    ];
    for (const change of hostile) await expect(sign(change)).rejects.toThrow("termsDiffer");
    expect(signed).toHaveLength(1);
  });

  it("to the unit, in the currency and on the network that were chosen", () => {
    checkQuote(quote({ gasless: gasless() }), session());
    const hostile: Partial<CheckoutQuote>[] = [
      { amount: "24.999999" },
      { symbol: "USDT" },
      { chainId: 1 },
      { terms: { ...terms, token: owner } },
      { terms: { ...terms, amount: "25000001" } },
      { terms: { ...terms, deadline: terms.deadline + 1 } },
      { terms: { ...terms, uuid: "01997c89-d0e9-7c9a-9886-fe7709919696" } },
      { gasless: { ...gasless(), total: "25" } },
      { gasless: { ...gasless(), relayFee: "0" } },
    ];
    for (const change of hostile) expect(() => checkQuote(quote(change), session())).toThrow("termsDiffer");
  });
});

describe("what a failed test run means", () => {
  const revert = (errorName: string, args: readonly unknown[]) => ({
    code: 3,
    data: encodeErrorResult({ abi: contractAbi, errorName, args } as never),
  });

  it("is told in the customer's terms", () => {
    expect(revertProblem(revert("PaymentExpired", [1n, 2n]))?.code).toBe("quoteExpired");
    expect(revertProblem(revert("RecipientRefused", [owner]))?.code).toBe("recipientRefused");
    expect(revertProblem(revert("PermitFailed", [owner, owner]))?.facts?.said).toContain("permission");
  });

  it("is found however deep a wallet hides it", () => {
    const hidden = { code: -32603, data: { originalError: revert("PaymentExpired", [1n, 2n]) } };
    expect(revertProblem(hidden)?.code).toBe("quoteExpired");
  });

  it("reads a plain reason", () => {
    const problem = revertProblem({
      code: -32000,
      message: "execution reverted: ERC20: transfer amount exceeds balance",
    });
    expect(problem).toEqual({ code: "simulationFailed", facts: { said: "ERC20: transfer amount exceeds balance" } });
  });

  it("is not made up where a node just did not answer", () => {
    expect(revertProblem(new Error("fetch failed"))).toBeUndefined();
  });
});

describe("the exit page", () => {
  const { contract, terms } = quote();
  const plan = {
    ...{
      merchant: owner,
      token: terms.token,
      kind: 0,
      periodUnit: 1,
      periodLength: 1,
      feeRecipient: owner,
      maxFeeBps: 1,
    },
    ...{ organization: owner, organizationFeeBps: 0, registry: owner, maxExecutionFee: "0" },
  };
  const numbers = { maxPerPeriod: "1", priceMicroUsd: "1", firstChargeAt: "1", endsAt: "0", nonce: "0" };
  const mandate = { uuid: `0x${"12".repeat(16)}`, subscriber: owner, ...numbers, plan };
  const given = { version: 1, chainId: 8453, network: "Base\u202e", contract, product: "Pro", organization: "Shop" };
  const text = (change: object = {}) => JSON.stringify({ ...given, symbol: "USDC", mandate, ...change });

  it("takes no terms of which no call can be made, and nothing in place of a name", () => {
    expect(readTerms(text())).toMatchObject({ network: "Base", mandate });
    expect(readTerms(text({ product: { html: "x" } }))?.product).toBe("[object Object]");
    const { endsAt: _, ...lacking } = mandate;
    for (const bad of [lacking, { ...mandate, uuid: "0x12" }, { ...mandate, plan: { token: terms.token } }])
      expect(readTerms(text({ mandate: bad }))).toBeUndefined();
  });

  it("asks no wallet that went to another network or account, where the call would end nothing", async () => {
    const exit = readTerms(text());
    if (!exit) throw new Error("The terms are good.");
    const sent: string[] = [];
    const on = (chainId: string, account: string) => ({
      async request({ method }: { method: string }) {
        if (method === "eth_sendTransaction") sent.push(chainId);
        if (method === "eth_getTransactionReceipt") return { status: "0x1" };
        return method === "eth_chainId" ? chainId : [account];
      },
    });
    const call = { terms: exit, call: cancelCall(exit), onSent: () => {} };
    await expect(run(on("0x1", owner), call)).rejects.toThrow("another network");
    await expect(run(on("0x2105", contract), call)).rejects.toThrow("another wallet");
    expect(sent).toEqual([]);
    await run(on("0x2105", owner), call);
    expect(sent).toEqual(["0x2105"]);
  });
});
