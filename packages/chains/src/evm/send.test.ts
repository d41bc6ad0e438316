import { encodeFunctionData, parseAbi, parseEther } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type ChainSender, ChainUnavailableError, createEvmAdapter, type Hex, type Network } from "../index.ts";
import { type EvmChain, localNetwork, payCall, startEvmChain, terms, usdcAddress } from "./evm-chain.testing.ts";
import { dataFeeOf, feeOracleAddress, feeOracleCode } from "./fee-oracle.testing.ts";
import { type Misbehaviour, type RpcProxy, startRpcProxy } from "./rpc-proxy.testing.ts";

const erc20 = parseAbi(["function transfer(address to, uint256 amount) returns (bool)"]);
const key = generatePrivateKey();
const { address } = privateKeyToAccount(key);
const nobody = "0x00000000000000000000000000000000000a11ce";

let chain: EvmChain;
let proxies: RpcProxy[];
let sender: ChainSender;
let twoSources: ChainSender;

beforeAll(async () => {
  chain = await startEvmChain();
  proxies = [await startRpcProxy(chain.rpcUrl), await startRpcProxy(chain.rpcUrl)];
  sender = open(chain.rpcUrl);
  twoSources = open(...proxies.map(({ url }) => url));
  await chain.testClient.setBalance({ address, value: parseEther("10") });
});
afterEach(async () => {
  for (const proxy of proxies) proxy.behaviour = {};
  await chain.testClient.setAutomine(true);
});
afterAll(async () => {
  for (const proxy of proxies) await proxy.close();
  await chain.stop();
});

function open(...rpcUrls: string[]): ChainSender {
  return openOn(localNetwork(), rpcUrls);
}
function openOn(network: Network, rpcUrls: string[], clock = monotonicMs): ChainSender {
  const options = { network, rpcUrls, senderKey: key, timeoutMs: 1500, monotonicMs: clock };
  const adapter = createEvmAdapter(options);
  if (adapter.sender === null) throw new Error("There is a key.");
  return adapter.sender;
}
const dead: Misbehaviour = {
  http: (_, response) => {
    response.destroy();
    return true;
  },
};
/** The node takes a transaction at once, and mines it a moment later. */
const receiptOf = (of: ChainSender, hash: Hex) =>
  vi.waitUntil(() => of.receipt(hash), { timeout: 10_000, interval: 10 });
let nowMs = 0;
/** Rests never last from one question to the next. */
function monotonicMs(): number {
  nowMs += 60_000;
  return nowMs;
}

async function signed(of: ChainSender, change: { nonce?: number; percent?: bigint; valueBase?: bigint } = {}) {
  const price = await of.gasPrice();
  const percent = change.percent ?? 100n;
  return of.sign({
    call: { to: nobody, data: "0x", valueBase: change.valueBase ?? 1n },
    nonce: change.nonce ?? (await of.minedNonce()),
    gas: 60_000n,
    price: {
      maxFeeBase: (price.maxFeeBase * percent) / 100n,
      priorityFeeBase: (price.priorityFeeBase * percent) / 100n,
    },
  });
}

test("simulates, signs, sends; the receipt says what it cost", async () => {
  expect(sender.address).toBe(address);
  const nonce = await sender.minedNonce();
  const simulated = await sender.simulate({ to: nobody, data: "0x", valueBase: 5n });
  if (!simulated.ok) throw new Error(simulated.reason);
  expect(simulated.gas).toBeGreaterThan(21_000n);
  const transaction = await signed(sender, { valueBase: 5n });
  expect(await sender.receipt(transaction.hash)).toBeNull();
  const before = await sender.balanceBase();
  expect(await sender.broadcast(transaction.raw)).toBe("sent");
  const receipt = await receiptOf(sender, transaction.hash);
  expect(receipt).toMatchObject({ succeeded: true, gasUsed: 21_000n });
  expect(before - (await sender.balanceBase())).toBe(receipt.feeBase + 5n);
  expect(await sender.minedNonce()).toBe(nonce + 1);
});

test("a call that reverts is told with the contract's own error", async () => {
  const late = terms({ deadline: 1 });
  expect(await sender.simulate(payCall(late))).toEqual({ ok: false, reason: "PaymentExpired" });
  const data = encodeFunctionData({ abi: erc20, functionName: "transfer", args: [nobody, 1n] });
  const refused = await sender.simulate({ to: usdcAddress, data });
  expect(refused).toMatchObject({ ok: false, reason: expect.stringMatching(/.{5,}/) });
});

test("the same transaction again is known; another with its nonce is underpriced, or dear enough to take its place", async () => {
  await chain.testClient.setAutomine(false);
  const nonce = await sender.minedNonce();
  const first = await signed(sender, { nonce });
  expect(await sender.broadcast(first.raw)).toBe("sent");
  expect(await sender.broadcast(first.raw)).toBe("known");
  const same = await signed(sender, { nonce, valueBase: 2n });
  expect(await sender.broadcast(same.raw)).toBe("underpriced");
  const dearer = await signed(sender, { nonce, valueBase: 2n, percent: 113n });
  expect(await sender.broadcast(dearer.raw)).toBe("sent");
  await chain.mine(1);
  expect(await sender.receipt(first.hash)).toBeNull();
  expect(await sender.receipt(dearer.hash)).toMatchObject({ succeeded: true });
  expect(await sender.broadcast(first.raw)).toBe("nonce_used");
  expect(await sender.broadcast(dearer.raw)).toBe("nonce_used");
});

test("without funds nothing is sent", async () => {
  const broke = await signed(sender, { valueBase: parseEther("1000") });
  expect(await sender.broadcast(broke.raw)).toBe("no_funds");
});

test("a reverted transaction has a receipt that says so", async () => {
  const nonce = await sender.minedNonce();
  const call = payCall(terms({ deadline: 1 }));
  const transaction = await sender.sign({ call, nonce, gas: 200_000n, price: await sender.gasPrice() });
  expect(await sender.broadcast(transaction.raw)).toBe("sent");
  expect(await receiptOf(sender, transaction.hash)).toMatchObject({ succeeded: false });
});

test("with two endpoints one may be dead or behind", async () => {
  for (const index of [0, 1]) {
    const [proxy, other] = [proxies[index], proxies[1 - index]];
    if (!proxy || !other) throw new Error("There are two.");
    proxy.behaviour = dead;
    const transaction = await signed(twoSources);
    expect(await twoSources.broadcast(transaction.raw)).toBe("sent");
    expect(await receiptOf(twoSources, transaction.hash)).toMatchObject({ succeeded: true });
    proxy.behaviour = {
      call: ({ method }) => {
        if (method === "eth_estimateGas") return { error: { code: 3, message: "execution reverted" } };
        if (method === "eth_sendRawTransaction") return { error: { code: -32000, message: "nonce too low" } };
        return method === "eth_getTransactionReceipt" ? { result: null } : null;
      },
    };
    expect(await twoSources.simulate({ to: nobody, data: "0x" })).toMatchObject({ ok: true });
    const next = await signed(twoSources);
    expect(await twoSources.broadcast(next.raw)).toBe("sent");
    expect(await receiptOf(twoSources, next.hash)).toMatchObject({ succeeded: true });
    proxy.behaviour = {};
  }
});

test.each([
  "gas required exceeds allowance (50000000)",
  "Out of gas: gas required exceeds allowance: 30000000",
  "Cannot estimate gas, gas spent exceeded transaction and block gas limit",
])("a call that uses up all gas is refused, in the words of any node: %s", async (message) => {
  for (const proxy of proxies) {
    proxy.behaviour = {
      call: ({ method }) => (method === "eth_estimateGas" ? { error: { code: -32000, message } } : null),
    };
  }
  expect(await twoSources.simulate({ to: nobody, data: "0x" })).toMatchObject({ ok: false });
  for (const proxy of proxies) proxy.behaviour = {};
});

test("what a rollup asks for publishing is its oracle's bound for our size, the dearest that is told; elsewhere nothing", async () => {
  expect(await sender.dataFeeBase()).toBe(0n);
  const network: Network = { ...localNetwork(), l1DataFee: "op-stack" };
  const rpcUrls = proxies.map(({ url }) => url);
  const withoutOracle = openOn(network, rpcUrls, () => 0);
  await expect(withoutOracle.dataFeeBase()).rejects.toThrow(ChainUnavailableError);
  // That there is none says nothing against the endpoints: they do not rest, and answer what else is asked.
  expect(await withoutOracle.balanceBase()).toBeGreaterThan(0n);
  const rollup = openOn(network, rpcUrls);
  await chain.testClient.setCode({ address: feeOracleAddress, bytecode: feeOracleCode });
  expect(await rollup.dataFeeBase()).toBe(dataFeeOf(1_000n));
  const [first] = proxies as [RpcProxy];
  first.behaviour = { call: ({ method }) => (method === "eth_call" ? { result: `0x${"0".repeat(64)}` } : null) };
  expect(await rollup.dataFeeBase()).toBe(dataFeeOf(1_000n));
  first.behaviour = dead;
  expect(await rollup.dataFeeBase()).toBe(dataFeeOf(1_000n));
});

test("without any endpoint every question is ChainUnavailableError, and no error shows the key", async () => {
  const transaction = await signed(twoSources);
  for (const proxy of proxies) proxy.behaviour = dead;
  const questions = [
    () => twoSources.minedNonce(),
    () => twoSources.simulate({ to: nobody, data: "0x" }),
    () => twoSources.gasPrice(),
    () => twoSources.broadcast(transaction.raw),
    () => twoSources.receipt(transaction.hash),
    () => twoSources.balanceBase(),
  ];
  for (const question of questions) await expect(question()).rejects.toThrow(ChainUnavailableError);
  const bad = `0x${"f".repeat(64)}` as Hex;
  const create = () => createEvmAdapter({ network: localNetwork(), rpcUrls: [chain.rpcUrl], senderKey: bad });
  expect(create).toThrow(/not a usable private key/);
  expect(create).not.toThrow(/ffff/);
});
