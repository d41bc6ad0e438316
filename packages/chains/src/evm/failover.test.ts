import { describe, expect, it } from "vitest";
import { ChainUnavailableError, createEvmAdapter } from "../index.ts";
import { localNetwork } from "./evm-chain.testing.ts";
import {
  chain,
  logsOnly,
  misbehave,
  open,
  openWith,
  pass,
  proxy,
  range,
  truth,
  useProxiedChain,
} from "./proxied-chain.testing.ts";
import type { Misbehaviour } from "./rpc-proxy.testing.ts";

useProxiedChain();

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
    pass(60_000);
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
      pass(100);
    }
    expect(requests).toBeGreaterThan(1);
    expect(requests).toBeLessThan(10);
  });

  it("never shows its key in an error", async () => {
    const adapter = createEvmAdapter({ network: localNetwork(), rpcUrls: ["http://127.0.0.1:1/v3/secret-key"] });
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
    pass(1000);
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
