import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DirectoryInUseError } from "@qbitflow/db";
import { domainSeparator } from "viem";
import { afterAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { readConfig } from "./config.ts";
import { createLogger } from "./logger.ts";
import { type Running, start } from "./start.ts";

const directories: string[] = [];
afterAll(() => Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true }))));

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "qbitflow-start-"));
  directories.push(directory);
  return directory;
}
const startIn = (directory: string): Promise<Running> =>
  start({ config: readConfig({ PORT: "0", QBITFLOW_DATA_DIR: directory }), log: createLogger("silent") });

const rpc = async (url: string, method: string, params: unknown[] = []) => {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  return (await answer.json()) as { result?: unknown; error?: { message: string } };
};

const permit2Domain = async (chain: { rpcUrl: string; contracts: { permit2: string } }) =>
  (await rpc(chain.rpcUrl, "eth_call", [{ to: chain.contracts.permit2, data: "0x3644e515" }, "latest"])).result;

test("the local default says where everything is, keeps it over restarts, and lets no second server in", async () => {
  const directory = await newDirectory();
  const first = await startIn(directory);
  const dev = JSON.parse(await readFile(join(directory, "dev.json"), "utf8"));
  expect(Object.keys(dev).sort()).toEqual([
    "apiUrl",
    "chain",
    "checkoutUrl",
    "organizationId",
    "testApiKey",
    "wallets",
    "webhookSecret",
  ]);
  expect(Object.keys(dev.chain).sort()).toEqual(["chainId", "contracts", "rpcUrl", "tokens"]);
  expect(new Set(dev.wallets.map(({ role }: { role: string }) => role))).toEqual(
    new Set(["merchant", "organization", "customer", "deployer", "relay"]),
  );
  expect((await stat(join(directory, "dev.json"))).mode & 0o777).toBe(0o600);
  await expect(startIn(directory)).rejects.toThrow(DirectoryInUseError);
  // Ready is who has read the chain, a moment after it listens.
  await expect.poll(async () => (await fetch(`${dev.checkoutUrl}/readyz`)).status, { timeout: 10_000 }).toBe(200);

  const headers = { "x-api-key": dev.testApiKey, "content-type": "application/json" };
  const sessions = `${dev.apiUrl}/transaction/session-checkout`;
  const created = (await (await fetch(sessions, { method: "POST", headers, body: '{"productId":1}' })).json()) as {
    uuid: string;
    link: string;
  };
  expect((await fetch(created.link)).status).toBe(200);
  // What curl sends where nobody named the type is refused, not taken for an empty body.
  const asForm = { ...headers, "content-type": "application/x-www-form-urlencoded" };
  const refused = await fetch(sessions, { method: "POST", headers: asForm, body: '{"productId":1}' });
  expect([refused.status, await refused.json()]).toMatchObject([415, { code: "unsupported_media_type" }]);
  const domain = { name: "Permit2", chainId: 31337, verifyingContract: dev.chain.contracts.permit2 };
  const separator = domainSeparator({ domain });
  expect(await permit2Domain(dev.chain)).toBe(separator);
  // A chain that an earlier release began has no Permit2 yet.
  await rpc(dev.chain.rpcUrl, "anvil_setCode", [dev.chain.contracts.permit2, "0x"]);
  expect(await permit2Domain(dev.chain)).toBe("0x");
  await first.stop();
  await expect(readFile(join(directory, "dev.json"))).rejects.toThrow();

  const second = await startIn(directory);
  const again = JSON.parse(await readFile(join(directory, "dev.json"), "utf8"));
  expect(again).toMatchObject({
    testApiKey: dev.testApiKey,
    webhookSecret: dev.webhookSecret,
    organizationId: dev.organizationId,
  });
  expect(again.chain).toEqual(dev.chain);
  expect(await permit2Domain(again.chain)).toBe(separator);
  expect((await fetch(`${again.apiUrl}/transaction/session-checkout/${created.uuid}`, { headers })).status).toBe(200);
  const products = (await (await fetch(`${again.apiUrl}/product`, { headers })).json()) as unknown[];
  expect(products).toHaveLength(1);
  await second.stop();
});

test("a chain that lost its state begins anew under the same database, and pages reach it only as a wallet does", async () => {
  const directory = await newDirectory();
  await (await startIn(directory)).stop();
  await rm(join(directory, "chain"), { recursive: true });
  const running = await startIn(directory);
  const { checkoutUrl, chain } = running.dev ?? { checkoutUrl: "", chain: { contracts: { checkout: "" } } };
  const code = await rpc(`${checkoutUrl}/dev/rpc`, "eth_getCode", [chain.contracts.checkout, "latest"]);
  expect(String(code.result).length).toBeGreaterThan(10);
  await expect.poll(async () => (await fetch(`${checkoutUrl}/readyz`)).status, { timeout: 10_000 }).toBe(200);

  for (const method of ["anvil_setBalance", "evm_mine", "debug_traceTransaction", "personal_sign"]) {
    expect((await rpc(`${checkoutUrl}/dev/rpc`, method)).error?.message, method).toContain("not offered");
  }
  const tooMany = Array.from({ length: 51 }, () => ({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] }));
  const batch = await fetch(`${checkoutUrl}/dev/rpc`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(tooMany),
  });
  expect(batch.status).toBe(400);

  const nodePid = Number((await readFile(join(directory, "chain", "anvil.pid"), "utf8")).split("\n")[0]);
  process.kill(nodePid, "SIGKILL");
  const blockNumber = async () => (await rpc(`${checkoutUrl}/dev/rpc`, "eth_blockNumber")).result;
  await expect.poll(blockNumber, { timeout: 20_000 }).toMatch(/^0x[1-9a-f]/);

  const attempt = (kind: string) =>
    fetch(`${checkoutUrl}/dev/try/${kind}`, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
  const landing = await (await fetch(checkoutUrl)).text();
  const offered = [...landing.matchAll(/action="\/dev\/try\/([a-z-]+)"/g)].map(([, kind = ""]) => kind);
  expect(offered).toEqual(["payment", "subscription", "pay-as-you-go"]);
  const pages = await Promise.all(offered.map(attempt));
  for (const { status, headers } of pages) {
    expect(status).toBe(303);
    expect(headers.get("location")).toMatch(/^\/pay\/[0-9a-f-]{36}$/);
  }
  expect((await attempt("toString")).status).toBe(404);
  // A socket whose other side does not answer the close must not hold the process up.
  const uuid = String(pages[0]?.headers.get("location")).slice("/pay/".length);
  const silent = new WebSocket(`${checkoutUrl.replace("http", "ws")}/v1/checkout/${uuid}/ws`);
  await new Promise((resolve) => silent.once("message", resolve));
  silent.pause();
  const began = performance.now();
  await running.stop();
  expect(performance.now() - began).toBeLessThan(9_000);
  silent.terminate();
});
