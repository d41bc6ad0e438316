import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { type BlockRange, type ChainAdapter, createEvmAdapter, type Transfer } from "../index.ts";
import { type EvmChain, localNetwork, startEvmChain, terms } from "./evm-chain.testing.ts";
import { type Misbehaviour, type RpcProxy, type RpcRequest, startRpcProxy } from "./rpc-proxy.testing.ts";

// One real chain with payments in known blocks, seen through three providers that a test can make misbehave.

export let chain: EvmChain;
/** The blocks with payments, and one more at the end. */
export let range: BlockRange;
/** The payments in them, as the chain itself shows them. */
export let truth: readonly Transfer[];
let proxies: RpcProxy[];
const adapters: ChainAdapter[] = [];
let nowMs = 0;

/** Lets time pass for the adapters' rests. */
export function pass(milliseconds: number): void {
  nowMs += milliseconds;
}

/** Called once by each test file: the chain and the providers are there while its tests run. */
export function useProxiedChain(): void {
  beforeAll(async () => {
    chain = await startEvmChain();
    proxies = [];
    for (let index = 0; index < 3; index++) proxies.push(await startRpcProxy(chain.rpcUrl));
    const from = Number(await chain.publicClient.getBlockNumber()) + 1;
    for (let index = 0; index < 4; index++) await chain.pay(terms());
    await chain.payTogether([terms(), terms(), terms()]);
    await chain.mine(1);
    range = { from, to: from + 5 };
    truth = (await open(0).scan(range)).transfers;
  });
  afterAll(async () => {
    for (const proxy of proxies) await proxy.close();
    await chain.stop();
  });
  beforeEach(() => {
    nowMs = 0;
  });
  afterEach(async () => {
    for (const proxy of proxies) proxy.behaviour = {};
    for (const adapter of adapters.splice(0)) await adapter.close();
  });
}

/** An adapter on these providers. */
export function open(...which: number[]): ChainAdapter {
  return openWith({}, ...which);
}

export function openWith(options: { stuckMs?: number; minSources?: number }, ...which: number[]): ChainAdapter {
  const rpcUrls = which.map((index) => proxy(index).url);
  const adapter = createEvmAdapter({
    network: { ...localNetwork(), finalityDepth: 20 },
    rpcUrls,
    timeoutMs: 1500,
    monotonicMs: () => nowMs,
    ...options,
  });
  adapters.push(adapter);
  return adapter;
}

export function proxy(index: number): RpcProxy {
  const found = proxies[index];
  if (!found) throw new RangeError("There are three proxies.");
  return found;
}

export function misbehave(index: number, behaviour: Misbehaviour): void {
  proxy(index).behaviour = behaviour;
}

/** Changes what a provider says of logs. */
export function logsOnly(change: (logs: never[], request: RpcRequest) => unknown): Misbehaviour {
  return { result: (request, result) => (request.method === "eth_getLogs" ? change(result, request) : result) };
}
