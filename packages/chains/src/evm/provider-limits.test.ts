import { describe, expect, it } from "vitest";
import { ChainUnavailableError } from "../index.ts";
import { payCall, terms } from "./evm-chain.testing.ts";
import { TRANSFER_TOPIC } from "./payment-log.ts";
import { chain, logsOnly, misbehave, open, proxy, range, truth, useProxiedChain } from "./proxied-chain.testing.ts";
import type { Misbehaviour, RpcRequest } from "./rpc-proxy.testing.ts";

useProxiedChain();

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

  it("that has too many logs even of one block gives its receipts", async () => {
    misbehave(0, limited(0, -32005, "query returned more than 10000 results"));
    expect((await open(0).scan(range)).transfers).toEqual(truth);
  });

  it.each([
    ["logs", limited(0, -32000, "computer says no")],
    [
      "logs, and has no receipts of blocks",
      {
        call: (request: RpcRequest) =>
          limited(0, -32005, "query returned more than 10000 results").call?.(request) ??
          (request.method === "eth_getBlockReceipts" ? { error: { code: -32601, message: "no such method" } } : null),
      },
    ],
  ])("that refuses even one block's %s makes the scan fail, not skip", async (_name, behaviour) => {
    misbehave(0, behaviour);
    await expect(open(0).scan(range)).rejects.toThrow(ChainUnavailableError);
  });

  const withoutTransferLogs: Misbehaviour = logsOnly((logs: { topics: string[] }[]) =>
    logs.filter(({ topics }) => topics[0] !== TRANSFER_TOPIC),
  );

  it("that is not done with a merchant's transfers in time is asked for receipts", async () => {
    misbehave(0, { http: (_request, _response, body) => body.includes(TRANSFER_TOPIC) });
    expect((await open(0).scan(range)).transfers).toEqual(truth);
  });

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

  it.each([
    [
      "an error",
      200,
      JSON.stringify({ jsonrpc: "2.0", id: null, error: { code: -32005, message: "batch limit 2 exceeded" } }),
    ],
    ["an error of its own kind", 200, JSON.stringify({ id: null, error: { code: -32600, message: "no" } })],
    ["400 and no JSON", 400, "Bad Request"],
    ["413", 413, ""],
  ])("that answers large batches with %s gets small ones", async (_name, status, answer) => {
    misbehave(0, {
      http(_request, response, body) {
        const parsed: unknown = JSON.parse(body);
        if (!Array.isArray(parsed) || parsed.length <= 2) return false;
        return Boolean(response.writeHead(status).end(answer));
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
