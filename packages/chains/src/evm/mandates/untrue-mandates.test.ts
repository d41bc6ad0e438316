import { concatHex, encodeErrorResult, encodeFunctionResult, type Hex, parseAbi, size, toHex } from "viem";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ChainAdapter, ChainUnavailableError, type MandateChain, type MandateEvent } from "../../index.ts";
import type { Mandate } from "../../mandate.ts";
import { createEvmAdapter } from "../create-evm-adapter.ts";
import { usdcAddress } from "../evm-chain.testing.ts";
import { subscriptionsAbi } from "../generated/subscriptions.ts";
import { type RpcProxy, startRpcProxy } from "../rpc-proxy.testing.ts";
import { type MandateTestChain, startMandateChain, type TestCustomer } from "./mandate-chain.testing.ts";

let chain: MandateTestChain;
let proxies: RpcProxy[];
let customer: TestCustomer;
let mandate: Mandate;
let range: { from: number; to: number };
let truth: readonly MandateEvent[];
const adapters: ChainAdapter[] = [];

beforeAll(async () => {
  chain = await startMandateChain();
  proxies = [];
  for (let index = 0; index < 3; index++) proxies.push(await startRpcProxy(chain.rpcUrl));
  customer = await chain.newCustomer(10n ** 9n);
  mandate = chain.mandate({ subscriber: customer.address, firstChargeAt: await chain.now() });
  const from = (await chain.adapter.head()).number + 1;
  const signature = await chain.signMandate(customer, mandate);
  const permit = await chain.permit(customer, 10n ** 9n);
  await chain.execute(chain.mandates.activationCall({ mandate, signature, permit }));
  const charge = { mandate, periodIndex: 0, amountBase: 25_000_000n, feeBps: 100, executionFeeBase: 1n };
  await chain.execute(chain.mandates.chargeCall([charge]));
  await chain.execute(chain.mandates.chargeCall([charge]));
  await chain.mine(1);
  range = { from, to: from + 3 };
  truth = (await chain.adapter.scan(range)).mandateEvents;
});
afterAll(async () => {
  for (const proxy of proxies) await proxy.close();
  await chain.stop();
});
afterEach(async () => {
  for (const proxy of proxies) proxy.behaviour = {};
  for (const adapter of adapters.splice(0)) await adapter.close();
});

/** Runtime code that reverts with a reason. */
function revertingCode(reason: string): Hex {
  const data = encodeErrorResult({ abi: parseAbi(["error Error(string)"]), errorName: "Error", args: [reason] });
  const length = toHex(size(data), { size: 1 });
  // codecopy(0, 10, length); revert(0, length)
  return concatHex(["0x60", length, "0x600a5f39", "0x60", length, "0x5ffd", data]);
}

function open(...which: number[]): ChainAdapter {
  const rpcUrls = which.flatMap((index) => proxies[index]?.url ?? []);
  const adapter = createEvmAdapter({ network: chain.network, rpcUrls, timeoutMs: 1500 });
  adapters.push(adapter);
  return adapter;
}

function misbehave(index: number, method: string, change: (result: never) => unknown): void {
  const proxy = proxies[index];
  if (!proxy) throw new RangeError("There are three proxies.");
  proxy.behaviour = { result: (request, result) => (request.method === method ? change(result as never) : result) };
}

describe("an endpoint that lies about mandates' events", () => {
  it("is read as it is when it does not", () => {
    expect(truth.map(({ type }) => type)).toEqual(["activated", "charged", "charge_failed"]);
  });

  it("by leaving one out is noticed by the other one", async () => {
    misbehave(0, "eth_getLogs", (logs: object[]) => logs.slice(1));
    expect((await open(0, 1).scan(range)).mandateEvents).toEqual(truth);
  });

  it("by leaving all out, alone, is noticed by the blocks' own filters", async () => {
    misbehave(0, "eth_getLogs", () => []);
    await expect(open(0).scan(range)).rejects.toThrow(ChainUnavailableError);
  });

  it("by another amount gets nothing through", async () => {
    misbehave(0, "eth_getLogs", (logs: { data: string }[]) =>
      logs.map((log) => ({ ...log, data: log.data.replace("17d7840", "27d7840") })),
    );
    expect((await open(0, 1, 2).scan(range)).mandateEvents).toEqual(truth);
    await expect(open(0, 1).scan(range)).resolves.toMatchObject({ mandateEvents: truth });
  });

  it.each<[string, { address?: string; data?: string; removed?: boolean }]>([
    ["of another contract", { address: `0x${"11".repeat(20)}` }],
    ["of our other contract", { address: "checkout" }],
    ["without data", { data: "0x" }],
    ["that a reorganisation removed", { removed: true }],
  ])("with a log %s is not used", async (_what, change) => {
    const address = change.address === "checkout" ? chain.network.checkoutContracts[0]?.address : change.address;
    misbehave(0, "eth_getLogs", (logs: object[]) =>
      logs.map((log) => ({ ...log, ...change, ...(address ? { address } : {}) })),
    );
    await expect(open(0).scan(range)).rejects.toThrow(ChainUnavailableError);
    expect((await open(0, 1).scan(range)).mandateEvents).toEqual(truth);
  });
});

describe("an endpoint that lies about what contracts answer", () => {
  const ask = (...which: number[]) => {
    const mandates = open(...which).mandates as MandateChain;
    return { states: () => mandates.states([mandates.hash(mandate)]), funds: () => fundsOf(mandates) };
  };
  const fundsOf = (mandates: MandateChain) => mandates.funds([{ token: usdcAddress, owner: customer.address }]);

  it("is outvoted by two, and stops a pair", async () => {
    const expected = await chain.mandates.states([chain.mandates.hash(mandate)]);
    const state = { status: 4, nextPeriod: 9n, nextPeriodAt: 0n, maximum: 1n, signatureNonce: 0n, lastPeriod: 0n };
    const lie = encodeFunctionResult({ abi: subscriptionsAbi, functionName: "mandateStates", result: [state] });
    misbehave(0, "eth_call", () => lie);
    expect(await ask(0, 1, 2).states()).toEqual(expected);
    expect(await ask(1, 2, 0).states()).toEqual(expected);
    await expect(ask(0, 1).states()).rejects.toThrow("contradict each other");
  });

  it("by answers that are none is not used", async () => {
    for (const nonsense of [null, 7, "0x1", "0xzz", {}]) {
      misbehave(0, "eth_call", () => nonsense);
      expect(await ask(0, 1).funds()).toEqual(await fundsOf(chain.mandates));
      await expect(ask(0).funds()).rejects.toThrow(ChainUnavailableError);
    }
  });

  it("by a contract that is not there is no zero", async () => {
    misbehave(0, "eth_call", () => "0x");
    await expect(ask(0).funds()).rejects.toThrow(ChainUnavailableError);
    await expect(ask(0).states()).rejects.toThrow(ChainUnavailableError);
  });

  it("leaves signatures of keys alone: nobody is asked", async () => {
    const signature = await chain.signMandate(customer, mandate);
    for (const proxy of proxies) proxy.behaviour = { result: () => null };
    expect(await (open(0).mandates as MandateChain).verify(mandate, signature)).toBe(true);
  });

  it.each([
    ["reverts with a provider's words", revertingCode("rate limit exceeded: too many requests, daily quota")],
    ["uses all gas", "0x5b5f56"],
    ["is no code", "0xfe"],
    ["answers with something else", "0x60015f5260205ff3"],
  ] as const)("is not suspected for a wallet that %s", async (_what, bytecode) => {
    const wallet = { ...mandate, subscriber: `0x${"3a".repeat(20)}` as const };
    await chain.testClient.setCode({ address: wallet.subscriber, bytecode });
    const adapter = open(0);
    expect(await (adapter.mandates as MandateChain).verify(wallet, "0x1234")).toBe(false);
    // An endpoint that rests gives no head.
    expect((await adapter.head()).number).toBeGreaterThan(0);
    expect((await adapter.scan(range)).mandateEvents).toEqual(truth);
  });

  it("away makes no smart wallet's signature bad", async () => {
    for (const proxy of proxies) proxy.behaviour = { result: () => null };
    const wallet = { ...mandate, subscriber: usdcAddress };
    await expect((open(0).mandates as MandateChain).verify(wallet, "0x1234")).rejects.toThrow(ChainUnavailableError);
  });
});
