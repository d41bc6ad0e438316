// A server's surroundings, each really broken, then mended.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Anvil, type RpcProxy, startAnvil, startRpcProxy } from "@qbitflow/chains/testing";
import { openDb } from "@qbitflow/db";
import { type Check, createLogger, readConfig, start } from "@qbitflow/server";
import { startPostgres, type TestPostgres } from "@qbitflow/testkit";
import { generatePrivateKey, privateKeyToAddress } from "viem/accounts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "./run.ts";

/** Anvil's first account. */
const DEPLOYER_PRIVATE_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const NOBODY = `0x${"1".repeat(40)}`;
/** One letter is of the wrong size. */
const MISTYPED = "0x4e59b44847b379578588920cA78FbF26c0B4956c";
const relayKey = generatePrivateKey();

let anvil: Anvil;
let lagging: RpcProxy;
let postgres: TestPostgres;
let nonsense: Server;
let directory: string;
let env: Record<string, string>;
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  nonsense = createServer((_request, response) => response.end("<h1>Hello</h1>")).listen(0, "127.0.0.1");
  [anvil, postgres, directory] = await Promise.all([
    startAnvil(["--hardfork", "cancun", "--chain-id", "84532"]),
    startPostgres(),
    mkdtemp(join(tmpdir(), "qbitflow-doctor-")),
    once(nonsense, "listening"),
  ]);
  lagging = await startRpcProxy(anvil.url);
  env = {
    QBITFLOW_DATA_DIR: directory,
    DATABASE_URL: postgres.url,
    NETWORKS: "base-sepolia",
    RPC_URL_BASE_SEPOLIA: anvil.url,
    PUBLIC_URL: "http://127.0.0.1:1",
    SECRET_KEY: "11".repeat(32),
    RATES: "fixed",
    RELAY_KEY: relayKey,
    LOG_LEVEL: "silent",
  };
});
afterAll(async () => {
  nonsense?.close();
  await Promise.allSettled([lagging?.close(), anvil?.stop(), postgres?.stop()]);
  await rm(directory, { recursive: true, force: true });
});

const rpc = async (method: string, params: unknown[]) => {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const headers = { "content-type": "application/json" };
  return ((await (await fetch(anvil.url, { method: "POST", headers, body })).json()) as { result: unknown }).result;
};

interface Diagnosis {
  readonly exitCode: number;
  readonly problems: number;
  readonly checks: readonly Check[];
  readonly output: string;
}

async function doctor(changes: Record<string, string> = {}): Promise<Diagnosis> {
  const { exitCode, output } = await run(["doctor", "--json"], { ...env, ...changes });
  return { exitCode, output, ...JSON.parse(output) };
}
/** What is said under a name, its state first. */
const said = ({ checks }: Diagnosis, name: string) =>
  checks
    .filter((check) => check.name.startsWith(name))
    .map(({ state, detail, advice = "" }) => `${state}: ${detail}. ${advice}`)
    .join("\n");

test("nothing is set up: each thing that lacks is a problem, with what to do", async () => {
  const found = await doctor({ RATES: "chainlink", CHAINLINK_RPC_URL: urlOf(nonsense) });
  expect(found.exitCode).toBe(1);
  expect(said(found, "database")).toMatch(/^problem: .* \d+ of its migrations are pending: 0001 .*qbitflow migrate/);
  expect(said(found, "base-sepolia contracts")).toMatch(
    /^problem: no checkout contract is named.*deploy --network base-sepolia/,
  );
  expect(said(found, "base-sepolia relay")).toMatch(/^problem: 0x\w+ has coin for 0 charges. Send it some ETH/);
  expect(said(found, "prices of chainlink")).toMatch(/^warning: /);
  expect(said(found, "prices: ") || said(found, "prices")).toContain("problem: There is no ETH price now");
  expect(said(found, "PUBLIC_URL")).toMatch(/^warning: no server of ours answers/);
  expect(said(found, "live keys")).toMatch(/PUBLIC_URL does not begin with https.*SECRET_KEY is not random/);
  expect(found.output).not.toContain(relayKey);
  expect(found.output).not.toContain(env.SECRET_KEY);
});

test("a configuration that cannot be read is said value by value", async () => {
  const found = await doctor({ PORT: "x", PUBLIC_URL: "nowhere" });
  expect(found).toMatchObject({ exitCode: 1, problems: 2 });
  expect(said(found, "configuration")).toMatch(/PORT is "x".*PUBLIC_URL must be/s);
  const mistyped = await doctor({ CHECKOUT_CONTRACT_BASE_SEPOLIA: `${MISTYPED}@1` });
  expect(said(mistyped, "configuration")).toMatch(/^problem: .*base-sepolia/);
  expect(said(await doctor({ NETWORKS: "base-sepolia,moon", RPC_URL_MOON: anvil.url }), "configuration")).toContain(
    "moon",
  );
});

test("a database that is not there", async () => {
  const found = await doctor({ DATABASE_URL: "postgres://someone:secret-word@127.0.0.1:1/x" });
  expect(said(found, "database")).toMatch(/^problem: PostgreSQL does not answer.*Check DATABASE_URL/);
  expect(found.output).not.toContain("secret-word");
  // What does not need it is looked at all the same.
  expect(said(found, "base-sepolia RPC")).toContain("ok: block ");
});

test("endpoints that are dead, of another chain, behind or without sense", async () => {
  const other = await startAnvil(["--chain-id", "1"]);
  const old = await rpc("eth_getBlockByNumber", ["0x0", false]);
  lagging.behaviour = { call: ({ method }) => (method === "eth_getBlockByNumber" ? { result: old } : null) };
  await rpc("anvil_mine", ["0x40"]);
  try {
    const all = [anvil.url, "http://127.0.0.1:1/a-key-in-the-path", other.url, lagging.url, urlOf(nonsense)];
    const found = await doctor({ RPC_URL_BASE_SEPOLIA: all.join(",") });
    const states = [1, 2, 3, 4, 5].map((place) => said(found, `base-sepolia RPC ${place}`));
    expect(states[0]).toMatch(/^ok: block 6\d/);
    expect(states[1]).toMatch(/^warning: 127.0.0.1:1 could not be reached/);
    expect(states[2]).toMatch(/^problem: .* serves chain 1 and not 84532.*Take it out of RPC_URL_BASE_SEPOLIA/);
    expect(states[3]).toMatch(/^warning: block 0, .*6\d behind the newest.*lags/);
    expect(states[4]).toMatch(/^warning: .*no JSON/);
    expect(found.output).not.toContain("a-key-in-the-path");
    expect(said(await doctor({ RPC_URL_BASE_SEPOLIA: "http://127.0.0.1:1" }), "base-sepolia RPC 127")).toMatch(
      /^problem/,
    );
  } finally {
    lagging.behaviour = {};
    await other.stop();
  }
});

test("contracts that are not there, or others; a clock that is wrong", async () => {
  const elsewhere = {
    CHECKOUT_CONTRACT_BASE_SEPOLIA: `${NOBODY}@1`,
    // The deployment proxy: code, but not ours.
    SUBSCRIPTION_CONTRACT_BASE_SEPOLIA: "0x4e59b44847b379578588920cA78FbF26c0B4956C@1",
    EXECUTOR_REGISTRY_BASE_SEPOLIA: NOBODY,
  };
  lagging.behaviour = {
    http: (_request, response) => {
      response.setHeader("date", new Date(Date.now() + 120_000).toUTCString());
      return false;
    },
  };
  const found = await doctor({ ...elsewhere, RPC_URL_BASE_SEPOLIA: lagging.url });
  lagging.behaviour = {};
  expect(said(found, "base-sepolia contracts")).toMatch(
    new RegExp(
      `there is no checkout contract at ${NOBODY}.*code of the subscriptions contract at 0x4e59.* is not what`,
      "s",
    ),
  );
  expect(said(found, "base-sepolia executor")).toMatch(/^problem: .*does not know/);
  expect(said(found, "clock")).toMatch(/^problem: this machine's clock is (119|120|121) s behind/);
});

test("after the deployment, the migration and the start there is no problem", async () => {
  const executor = privateKeyToAddress(relayKey);
  const deploying = { ...env, DEPLOYER_PRIVATE_KEY };
  const deployed = await run(
    ["contracts", "deploy", "--network", "base-sepolia", "--executor", executor, "--json"],
    deploying,
  );
  const settings = Object.fromEntries(
    [...deployed.output.matchAll(/([A-Z_]+)=(0x[\w@]+)/g)].map(([, name, value]) => [name ?? "", value ?? ""]),
  );
  await rpc("anvil_setBalance", [executor, "0x56bc75e2d63100000"]);
  expect(JSON.parse((await run(["migrate", "--json"], env)).output)).toEqual({
    migrated: true,
    applied: expect.any(Number),
  });
  expect((await run(["migrate"], env)).output).toBe("migrated: true\napplied: 0");
  const stopped = await doctor(settings);
  expect(said(stopped, "base-sepolia reading")).toMatch(/^problem: not read yet/);
  expect(said(stopped, "webhook secrets")).toMatch(/^warning: there is no organization/);

  await run(["org", "create", "--name", "Acme", "--owner-email", "a@example.com"], { ...env, ...settings });
  const port = await freePort();
  const running = { ...env, ...settings, PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` };
  const server = await start({ config: readConfig(running), log: createLogger("silent") });
  try {
    await expect.poll(async () => (await doctor(running)).problems, { timeout: 20_000 }).toBe(0);
    const found = await run(["doctor"], running);
    expect(found.exitCode).toBe(0);
    expect(found.output).toContain("ok       base-sepolia executor: the registry lets");
    expect(found.output).toMatch(/\n0 problems, \d warnings\.$/);
    const otherKey = await doctor({ ...running, SECRET_KEY: "ab".repeat(32) });
    expect(said(otherKey, "webhook secrets")).toMatch(/^problem: Acme, test mode: .*another SECRET_KEY/);
  } finally {
    await server.stop();
  }
});

test("a database of a newer version is refused, and stays as it is", async () => {
  const db = await openDb({ url: postgres.url, maxConnections: 1 });
  await db.query("insert into schema_migration (number, name, checksum) values (9999, 'later', 'x')");
  await db.close();
  expect(await run(["migrate"], env)).toMatchObject({ exitCode: 2, errorOutput: expect.stringContaining("is newer") });
  expect(said(await doctor(), "database")).toMatch(/^problem: .*is newer than this program/);
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
