import { encodeFunctionData, zeroAddress } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeChainAdapter } from "../conformance.ts";
import { createEvmAdapter, parseAddress, termsHash } from "../index.ts";
import {
  abiTerms,
  type EvmChain,
  localNetwork,
  merchant,
  payCall,
  startEvmChain,
  terms,
  usdcAddress,
} from "./evm-chain.testing.ts";
import { checkoutAbi, checkoutAddress } from "./generated/checkout.ts";

describeChainAdapter("evm", async () => {
  const chain = await startEvmChain();
  const adapter = createEvmAdapter({ network: localNetwork(), rpcUrls: [chain.rpcUrl], pollMs: 20 });
  return {
    adapter,
    payer: chain.account.address,
    nativeToken: zeroAddress,
    token: usdcAddress,
    terms,
    pay: chain.pay,
    payTogether: chain.payTogether,
    payInVain: () => chain.send(payCall(terms({ deadline: 1 }))),
    async payLater(given) {
      await chain.testClient.setAutomine(false);
      const hash = await chain.walletClient.sendTransaction({ ...payCall(given), gas: 500_000n });
      const release = async () => {
        await chain.testClient.setAutomine(true);
        await chain.mine(1);
        await chain.publicClient.waitForTransactionReceipt({ hash });
      };
      return { hash, release };
    },
    mine: chain.mine,
    reorganise: chain.reorganise,
    shorten: (depth) => chain.testClient.request({ method: "anvil_rollback" as never, params: [depth] as never }),
    async stop() {
      await adapter.close();
      await chain.stop();
    },
  };
});

describe("terms", () => {
  let chain: EvmChain;
  beforeAll(async () => {
    chain = await startEvmChain();
  });
  afterAll(() => chain.stop());

  it.each([
    terms(),
    terms({ token: zeroAddress, organization: zeroAddress, organizationFeeBps: 0, amountBase: 2n ** 256n - 1n }),
    terms({ feeBps: 1000, deadline: 2 ** 48, uuid: "ffffffff-ffff-ffff-ffff-ffffffffffff" }),
    terms({ uuid: "00000000-0000-0000-0000-000000000000", amountBase: 0n, deadline: 0 }),
  ])("hash as in the contract", async (given) => {
    const args = [abiTerms(given)] as const;
    const data = encodeFunctionData({ abi: checkoutAbi, functionName: "hashTerms", args });
    const { data: answer } = await chain.publicClient.call({ to: checkoutAddress, data });
    expect(termsHash(given)).toBe(answer);
  });

  it("that the contract could not hold are refused", () => {
    expect(() => termsHash(terms({ uuid: "not-a-uuid" }))).toThrow(RangeError);
    expect(() => termsHash(terms({ amountBase: -1n }))).toThrow(RangeError);
    expect(() => termsHash(terms({ amountBase: 2n ** 256n }))).toThrow(RangeError);
    expect(() => termsHash(terms({ feeBps: 65_536 }))).toThrow(RangeError);
    expect(() => termsHash(terms({ merchant: "0x12" }))).toThrow(RangeError);
  });
});

describe("an address typed by a person", () => {
  it("is taken in any one case, and checksummed", () => {
    expect(parseAddress(` ${merchant.toLowerCase()}\n`)).toBe(merchant);
    expect(parseAddress(`0x${merchant.slice(2).toUpperCase()}`)).toBe(merchant);
    expect(parseAddress(merchant)).toBe(merchant);
  });

  it.each([
    "",
    "0x",
    zeroAddress,
    merchant.slice(0, -1),
    `${merchant}0`,
    merchant.slice(2),
    merchant.replace("F79bf6", "f79bf6"),
    "vitalik.eth",
    "0x90F79bf6EB2c4f870365E785982E1f101E93b90g",
  ])("%j is refused", (text) => {
    expect(parseAddress(text)).toBeNull();
  });
});
