import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type BlockRange,
  type ChainAdapter,
  ChainUnavailableError,
  createEvmAdapter,
  type Transfer,
} from "../index.ts";
import { type EvmChain, localNetwork, payCall, startEvmChain, terms } from "./evm-chain.testing.ts";
import { TRANSFER_TOPIC } from "./payment-log.ts";
import { type Misbehaviour, type RpcProxy, type RpcRequest, startRpcProxy } from "./rpc-proxy.testing.ts";

let chain: EvmChain;
let proxies: RpcProxy[];
let range: BlockRange;
let truth: readonly Transfer[];
const adapters: ChainAdapter[] = [];
let nowMs = 0;

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

function open(...which: number[]): ChainAdapter {
  return openWith({}, ...which);
}

function openWith(options: { stuckMs?: number; minSources?: number }, ...which: number[]): ChainAdapter {
  const rpcUrls = which.map((index) => proxy(index).url);
  const adapter = createEvmAdapter({
    network: { ...localNetwork(), finalityDepth: 20 },
    rpcUrls,
    timeoutMs: 150,
    monotonicMs: () => nowMs,
    ...options,
  });
  adapters.push(adapter);
  return adapter;
}

function proxy(index: number): RpcProxy {
  const found = proxies[index];
  if (!found) throw new RangeError("There are three proxies.");
  return found;
}

function misbehave(index: number, behaviour: Misbehaviour): void {
  proxy(index).behaviour = behaviour;
}

/** A provider whose newest block is so many behind, or, negative, ahead of the chain. */
function withLag(blocks: number): Misbehaviour {
  return {
    result: (request, result: { number: string; logIndex: string }) =>
      request.method === "eth_getBlockByNumber" && request.params[0] === "latest"
        ? { ...result, number: `0x${(Number(result.number) - blocks).toString(16)}` }
        : result,
  };
}

/** A provider that is really behind: it knows nothing above a block. */
function behindAt(height: () => Promise<number>): Misbehaviour {
  let known = 0;
  height().then((number) => {
    known = number;
  });
  return {
    call: ({ method, params }) =>
      method === "eth_getBlockByNumber" && params[0] !== "latest" && Number(params[0]) > known
        ? { result: null }
        : null,
    result: ({ method, params }, result: { number: string }) =>
      method === "eth_getBlockByNumber" && params[0] === "latest"
        ? { ...result, number: `0x${known.toString(16)}`, hash: lagHash }
        : result,
  };
}
let lagHash = "";

/** Another hash for every block from a height on: a private fork. */
function forkedFrom(height: number): Misbehaviour {
  const fork = (hash: string) => `${hash.slice(0, -4)}dead`;
  return {
    result: ({ method }, result: { number: string; hash: string } | null) =>
      method === "eth_getBlockByNumber" && result && Number(result.number) >= height
        ? { ...result, hash: fork(result.hash) }
        : (result as unknown),
  };
}

function logsOnly(change: (logs: never[], request: RpcRequest) => unknown): Misbehaviour {
  return { result: (request, result) => (request.method === "eth_getLogs" ? change(result, request) : result) };
}

const rpcError = (code: number, message: string): Misbehaviour => ({ call: () => ({ error: { code, message } }) });

const FAILURES: [string, Misbehaviour][] = [
  [
    "limits requests with 429",
    { http: (_request, response) => Boolean(response.writeHead(429, { "retry-after": "7" }).end("{}")) },
  ],
  ["limits requests with -32005", rpcError(-32005, "limit exceeded")],
  ["says too many requests", rpcError(-32000, "Too Many Requests")],
  ["does not answer", { http: () => true }],
  ["answers no JSON", { http: (_request, response) => Boolean(response.end("<html>oops</html>")) }],
  ["cuts its answer short", { http: (_request, response) => Boolean(response.end('[{"jsonrpc":"2.0","id":0,"resu')) }],
  ["drops the connection", { http: (_request, response) => Boolean(response.destroy()) }],
  ["answers 500", { http: (_request, response) => Boolean(response.writeHead(500).end("oops")) }],
  ["answers null to everything", { call: () => ({ result: null }) }],
  ["answers nonsense", { call: () => ({ result: { number: "latest", hash: 5 } }) }],
  ["serves another chain", { call: ({ method }) => (method === "eth_chainId" ? { result: "0x1" } : null) }],
  ["redirects", { http: (_request, response) => Boolean(response.writeHead(302, { location: "/elsewhere" }).end()) }],
];

describe("an endpoint that fails", () => {
  it.each(FAILURES)("%s: the other one carries on, nothing is lost", async (_name, behaviour) => {
    misbehave(0, behaviour);
    const adapter = open(0, 1);
    expect((await adapter.head()).number).toBe(range.to);
    expect((await adapter.scan(range)).transfers).toEqual(truth);
    expect((await adapter.block(range.from))?.number).toBe(range.from);
  });

  it.each(FAILURES)("%s, and is the only one: unavailable, not a guess", async (_name, behaviour) => {
    misbehave(0, behaviour);
    const adapter = open(0);
    await expect(adapter.head()).rejects.toThrow(ChainUnavailableError);
    await expect(adapter.scan(range)).rejects.toThrow(ChainUnavailableError);
    proxy(0).behaviour = {};
    nowMs += 60_000;
    expect((await adapter.scan(range)).transfers).toEqual(truth);
  });

  it("is left alone while it rests, longer each time", async () => {
    misbehave(0, { http: (_request, response) => Boolean(response.writeHead(503).end()) });
    const adapter = open(0, 1);
    let requests = 0;
    const { http } = proxy(0).behaviour;
    proxy(0).behaviour.http = (...exchange) => {
      requests += 1;
      return http?.(...exchange) ?? false;
    };
    for (let polls = 0; polls < 20; polls++) {
      await adapter.head();
      nowMs += 100;
    }
    expect(requests).toBeGreaterThan(1);
    expect(requests).toBeLessThan(10);
  });

  it("never shows its key in an error", async () => {
    const adapter = createEvmAdapter({ network: localNetwork(), rpcUrls: ["http://127.0.0.1:1/v3/secret-key"] });
    adapters.push(adapter);
    const error: Error = await adapter.head().then(
      () => new Error("It answered."),
      (reason) => reason,
    );
    expect(error).toBeInstanceOf(ChainUnavailableError);
    expect(error.message).toContain("127.0.0.1:1");
    expect(error.message).not.toContain("secret-key");
  });

  it("with a quorum of two, the last one alone is not believed", async () => {
    misbehave(0, { http: () => true });
    await expect(openWith({ minSources: 2 }, 0, 1).head()).rejects.toThrow(ChainUnavailableError);
  });
});

describe("an endpoint that lies about the head", () => {
  it("by a million blocks is not believed, however many there are besides", async () => {
    misbehave(0, withLag(-1_000_000));
    expect((await open(0, 1).head()).number).toBe(range.to);
    expect((await open(0, 1, 2).head()).number).toBe(range.to);
  });

  it("and is the only one cannot make a scan pass blocks that are not there", async () => {
    misbehave(0, withLag(-1_000_000));
    const adapter = open(0);
    const { number } = await adapter.head();
    await expect(adapter.scan({ from: range.from, to: number - 1 })).rejects.toThrow(ChainUnavailableError);
  });

  it("on a fork of its own is outvoted by two, and stops a pair", async () => {
    misbehave(0, forkedFrom(0));
    const three = open(0, 1, 2);
    expect((await three.scan(range)).transfers).toEqual(truth);
    await expect(open(0, 1).head()).rejects.toThrow(ChainUnavailableError);
  });

  it("about the last block of a range is not read from, even where its payments are right", async () => {
    const last = (await open(1).scan(range)).blocks.at(-1);
    misbehave(0, forkedFrom(range.to));
    const scanned = await open(0, 1, 2).scan(range);
    expect(scanned.blocks.at(-1)).toEqual(last);
    const alone = open(0, 1, 2);
    await alone.head();
    for (const index of [1, 2])
      misbehave(
        index,
        logsOnly(() => ({ not: "a list" })),
      );
    await expect(alone.scan(range)).rejects.toThrow(ChainUnavailableError);
  });

  it("in a fork of one block only takes the head back to where both agree", async () => {
    misbehave(0, forkedFrom(range.to));
    expect((await open(0, 1).head()).number).toBe(range.to - 1);
  });
});

describe("an endpoint that lags", () => {
  async function lagging(index: number, blocks: number): Promise<void> {
    const height = range.to - blocks;
    lagHash = (await chain.publicClient.getBlock({ blockNumber: BigInt(height) })).hash;
    misbehave(
      index,
      behindAt(async () => height),
    );
    await Promise.resolve();
  }

  it("does not hold two others back, and loses nothing", async () => {
    await lagging(0, 3);
    const adapter = open(0, 1, 2);
    expect((await adapter.head()).number).toBe(range.to);
    expect((await adapter.scan(range)).transfers).toEqual(truth);
  });

  it("holds one other back at first, and is left out once it stands still", async () => {
    await lagging(0, 3);
    const adapter = openWith({ stuckMs: 1000 }, 0, 1);
    expect((await adapter.head()).number).toBe(range.to - 3);
    nowMs += 1000;
    await chain.mine(1);
    expect((await adapter.head()).number).toBe(range.to + 1);
    await chain.reorganise(1);
    await chain.testClient.request({ method: "anvil_rollback" as never, params: [1] as never });
  });

  it("does not take a head back that both had reported", async () => {
    const adapter = open(0, 1);
    const head = await adapter.head();
    await lagging(0, 3);
    expect(await adapter.head()).toEqual(head);
    expect(await adapter.block(head.number)).toEqual(head);
  });
});

describe("an endpoint that lies about payments", () => {
  it("by leaving all out is noticed by the other one", async () => {
    misbehave(
      0,
      logsOnly(() => []),
    );
    expect((await open(0, 1).scan(range)).transfers).toEqual(truth);
  });

  it("by leaving one out is noticed by the other one", async () => {
    misbehave(
      1,
      logsOnly((logs) => logs.slice(1)),
    );
    expect((await open(0, 1).scan(range)).transfers).toEqual(truth);
  });

  it("by leaving all out, alone, is noticed by the blocks' own filters", async () => {
    misbehave(
      0,
      logsOnly(() => []),
    );
    await expect(open(0).scan(range)).rejects.toThrow(ChainUnavailableError);
  });

  const invented = logsOnly((logs: { transactionHash: string; topics: string[] }[]) => [
    ...logs,
    { ...logs[0], transactionHash: `0x${"77".repeat(32)}`, logIndex: "0x63" },
  ]);

  it("by making one up gets nothing through when its own receipts deny it", async () => {
    misbehave(0, invented);
    expect((await open(0, 1, 2).scan(range)).transfers).toEqual(truth);
    expect((await open(0, 1).scan(range)).transfers).toEqual(truth);
    await expect(open(0).scan(range)).rejects.toThrow(ChainUnavailableError);
  });

  it("by making one up, receipt and all, is outvoted by two, and stops a pair", async () => {
    let made: { blockHash: string; transactionHash: string } | null = null;
    misbehave(0, {
      result: (request, result) => {
        const logs = invented.result?.(request, result);
        if (request.method === "eth_getLogs") made = (logs as never[]).at(-1) ?? null;
        return logs;
      },
      call: ({ method, params }) =>
        made && method === "eth_getTransactionReceipt" && params[0] === made.transactionHash
          ? { result: { ...made, status: "0x1", logs: [made] } }
          : null,
    });
    expect((await open(0, 1, 2).scan(range)).transfers).toEqual(truth);
    expect((await open(1, 2, 0).scan(range)).transfers).toEqual(truth);
    await expect(open(0, 1).scan(range)).rejects.toThrow(ChainUnavailableError);
    await expect(open(1, 0).scan(range)).rejects.toThrow(ChainUnavailableError);
  });

  it("by another amount gets nothing through", async () => {
    misbehave(
      0,
      logsOnly((logs: { data: string }[]) =>
        logs.map((log) => ({ ...log, data: log.data.replace("17d7841", "27d7841") })),
      ),
    );
    expect((await open(0, 1, 2).scan(range)).transfers).toEqual(truth);
    await expect(open(0).scan(range)).rejects.toThrow(ChainUnavailableError);
  });

  it.each([
    ["of another contract", { address: `0x${"11".repeat(20)}` }],
    ["from outside the range", { blockNumber: "0x1" }],
    ["of another block", { blockHash: `0x${"22".repeat(32)}` }],
    ["that a reorganisation removed", { removed: true }],
    ["without data", { data: "0x" }],
  ])("with a log %s is not used", async (_what, change) => {
    misbehave(
      0,
      logsOnly((logs: object[]) => logs.map((log) => ({ ...log, ...change }))),
    );
    expect((await open(0, 1).scan(range)).transfers).toEqual(truth);
    await expect(open(0).scan(range)).rejects.toThrow(ChainUnavailableError);
  });

  it("about a large payment is not counted as a source", async () => {
    const [transfer] = truth;
    if (!transfer) throw new Error("There are payments.");
    expect(await open(0, 1, 2).confirmTransfer(transfer)).toBe(3);
    misbehave(1, { call: ({ method }) => (method === "eth_getTransactionReceipt" ? { result: null } : null) });
    expect(await open(0, 1, 2).confirmTransfer(transfer)).toBe(2);
  });
});

describe("a chain that is reorganised during a scan", () => {
  it("gives an error, not half of each fork", async () => {
    const adapter = open(0);
    const from = (await adapter.head()).number + 1;
    await chain.pay(terms());
    await chain.pay(terms());
    let reorganised: Promise<unknown> | null = null;
    misbehave(0, {
      result: ({ method }, result) => {
        if (method === "eth_getLogs") reorganised ??= chain.reorganise(2);
        return result;
      },
    });
    await expect(adapter.scan({ from, to: from + 1 })).rejects.toThrow(ChainUnavailableError);
    await reorganised;
    nowMs += 60_000;
    expect((await adapter.scan({ from, to: from + 1 })).transfers).toEqual([]);
    await chain.testClient.request({ method: "anvil_rollback" as never, params: [2] as never });
  });
});

describe("a provider with limits", () => {
  const span = ({ params }: RpcRequest) => {
    const filter = params[0] as { fromBlock: string; toBlock: string };
    return Number(filter.toBlock) - Number(filter.fromBlock) + 1;
  };
  const limited = (blocks: number, code: number, message: string): Misbehaviour => ({
    call: (request) =>
      request.method === "eth_getLogs" && span(request) > blocks ? { error: { code, message } } : null,
  });

  it.each([
    ["Infura", -32005, "query returned more than 10000 results"],
    ["Alchemy", -32602, "Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range"],
    ["QuickNode", -32614, "eth_getLogs is limited to a 5 block range"],
    ["Ankr", -32062, "block range is too wide"],
    ["an unknown one", -32000, "computer says no"],
  ])("like %s gets smaller ranges, down to one block", async (_name, code, message) => {
    misbehave(0, limited(1, code, message));
    expect((await open(0).scan(range)).transfers).toEqual(truth);
    misbehave(0, limited(4, code, message));
    expect((await open(0).scan(range)).transfers).toEqual(truth);
  });

  it("that refuses even one block makes the scan fail, not skip", async () => {
    misbehave(0, limited(0, -32005, "query returned more than 10000 results"));
    await expect(open(0).scan(range)).rejects.toThrow(ChainUnavailableError);
  });

  const withoutTransferLogs: Misbehaviour = logsOnly((logs: { topics: string[] }[]) =>
    logs.filter(({ topics }) => topics[0] !== TRANSFER_TOPIC),
  );

  it("whose Transfer logs are missing is asked for receipts, by block, or one by one", async () => {
    const many = (await open(0).head()).number + 1;
    await chain.testClient.setAutomine(false);
    const nonce = await chain.publicClient.getTransactionCount({ address: chain.account.address });
    for (let index = 0; index < 6; index++) {
      await chain.walletClient.sendTransaction({ ...payCall(terms()), gas: 500_000n, nonce: nonce + index });
    }
    await chain.mine(1);
    await chain.testClient.setAutomine(true);
    const expected = (await open(0).scan({ from: many, to: many })).transfers;
    expect(expected).toHaveLength(6);
    const asked = (method: string) =>
      proxy(0)
        .calls.splice(0)
        .filter((call) => call === method).length;
    asked("");
    misbehave(0, withoutTransferLogs);
    expect((await open(0).scan({ from: many, to: many })).transfers).toEqual(expected);
    expect(asked("eth_getBlockReceipts")).toBe(1);
    misbehave(0, {
      ...withoutTransferLogs,
      call: ({ method }) =>
        method === "eth_getBlockReceipts" ? { error: { code: -32601, message: "the method does not exist" } } : null,
    });
    expect((await open(0).scan({ from: many, to: many })).transfers).toEqual(expected);
    expect(asked("eth_getTransactionReceipt")).toBe(6);
    await chain.testClient.request({ method: "anvil_rollback" as never, params: [1] as never });
  });

  it("that takes no large batches gets small ones", async () => {
    misbehave(0, {
      http(_request, response, body) {
        const parsed: unknown = JSON.parse(body);
        if (!Array.isArray(parsed) || parsed.length <= 2) return false;
        const error = { code: -32600, message: "batch too large" };
        return Boolean(response.end(JSON.stringify({ jsonrpc: "2.0", id: null, error })));
      },
    });
    expect((await open(0).scan(range)).transfers).toEqual(truth);
  });

  it("that has a payment's log but neither its transfers nor its receipt makes the scan fail", async () => {
    misbehave(0, {
      ...withoutTransferLogs,
      call: ({ method }) => (/Receipt/.test(method) ? { result: method.endsWith("s") ? [] : null } : null),
    });
    await expect(open(0).scan(range)).rejects.toThrow(ChainUnavailableError);
    expect((await open(1).scan(range)).transfers).toEqual(truth);
  });
});
