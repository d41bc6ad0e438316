import { describe, expect, it } from "vitest";
import { ChainUnavailableError } from "../index.ts";
import { terms } from "./evm-chain.testing.ts";
import { chain, logsOnly, misbehave, open, pass, range, truth, useProxiedChain } from "./proxied-chain.testing.ts";

useProxiedChain();

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
    pass(60_000);
    expect((await adapter.scan({ from, to: from + 1 })).transfers).toEqual([]);
    await chain.testClient.request({ method: "anvil_rollback" as never, params: [2] as never });
  });
});
