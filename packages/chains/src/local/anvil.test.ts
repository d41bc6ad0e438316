import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LocalChain, LocalChainError, startLocalChain } from "./anvil.ts";

let directory: string;
const chains: LocalChain[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "qbitflow-chain-"));
});
afterEach(async () => {
  for (const chain of chains.splice(0)) await chain.stop();
  await rm(directory, { recursive: true, force: true });
});

async function start(): Promise<LocalChain> {
  const chain = await startLocalChain({ directory });
  chains.push(chain);
  return chain;
}

async function call(chain: LocalChain, method: string, params: unknown[] = []): Promise<never> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const response = await fetch(chain.rpcUrl, { method: "POST", headers: { "content-type": "application/json" }, body });
  return ((await response.json()) as { result: never }).result;
}

async function height(chain: LocalChain): Promise<number> {
  return Number(await call(chain, "eth_blockNumber"));
}

async function headTime(chain: LocalChain): Promise<number> {
  const block: { timestamp: string } = await call(chain, "eth_getBlockByNumber", ["latest", false]);
  return Number(block.timestamp);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("the local chain", () => {
  it("starts in under 2 s, and keeps its blocks over a stop that takes under 3 s", async () => {
    const startedMs = performance.now();
    const chain = await start();
    expect(performance.now() - startedMs).toBeLessThan(2000);
    await chain.mine(7);
    const stoppingMs = performance.now();
    await chain.stop();
    expect(performance.now() - stoppingMs).toBeLessThan(3000);
    expect(isAlive(chain.pid)).toBe(false);
    const again = await start();
    expect([again.restored, await height(again)]).toEqual([true, 7]);
  });

  it("ends the node that a killed server left behind, without losing its blocks", async () => {
    const left = await start();
    await left.mine(5);
    const next = await start();
    expect(isAlive(left.pid)).toBe(false);
    expect(await height(next)).toBe(5);
  });

  it("ends a node whose id was never recorded: the server was killed right after starting it", async () => {
    const left = await start();
    await rm(join(directory, "anvil.pid"));
    const next = await start();
    expect(isAlive(left.pid)).toBe(false);
    expect(isAlive(next.pid)).toBe(true);
  });

  it("leaves a process alone that merely got the recorded id", async () => {
    const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    await writeFile(join(directory, "anvil.pid"), `${stranger.pid}\n`);
    await start();
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
    stranger.kill();
  });

  it("is back with what was written when the node is killed", async () => {
    const chain = await start();
    await chain.mine(3);
    await expect
      .poll(async () => (await readFile(join(directory, "live.json"), "utf8")).length, { timeout: 5000 })
      .toBeGreaterThan(0);
    await expect
      .poll(async () => JSON.parse(await readFile(join(directory, "live.json"), "utf8")).best_block_number, {
        timeout: 5000,
      })
      .toBeDefined();
    process.kill(chain.pid, "SIGKILL");
    await chain.ended;
    const again = await start();
    expect(await height(again)).toBeLessThanOrEqual(3);
    expect(again.restored).toBe(true);
  });

  it("falls back to the last whole state when the newest is half written", async () => {
    const chain = await start();
    await chain.mine(4);
    await chain.stop();
    await writeFile(join(directory, "live.json"), '{"block":{"number":"0x');
    expect(await height(await start())).toBe(4);
  });

  it("starts anew when no state can be loaded, and keeps the bad one", async () => {
    await writeFile(join(directory, "saved.json"), '{"not":"a state"}');
    const chain = await start();
    expect([chain.restored, await height(chain)]).toEqual([false, 0]);
    expect(await readFile(join(directory, "unreadable.json"), "utf8")).toContain("not");
  });

  it("says so when its port is taken, and keeps its state", async () => {
    const chain = await start();
    await chain.mine(2);
    await chain.stop();
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    await expect(startLocalChain({ directory, port })).rejects.toThrow(LocalChainError);
    other.close();
    await once(other, "close");
    const again = await startLocalChain({ directory, port });
    chains.push(again);
    expect([again.rpcUrl, await height(again)]).toEqual([`http://127.0.0.1:${port}`, 2]);
  });

  it("keeps its clock ahead over a restart, before the first block", async () => {
    const chain = await start();
    const day = 86_400;
    await chain.setTimeOffset(35 * day);
    await chain.mine(1);
    const wall = Math.floor(Date.now() / 1000);
    expect(Math.abs((await headTime(chain)) - wall - 35 * day)).toBeLessThan(5);
    await chain.stop();
    const again = await start();
    await again.mine(1);
    expect(Math.abs((await headTime(again)) - Math.floor(Date.now() / 1000) - 35 * day)).toBeLessThan(5);
    expect(Math.abs(again.timeOffsetSeconds() - 35 * day)).toBeLessThan(5);
  });
});
