// What an operator sets up: PostgreSQL, networks that are not ours, the contract put there by command, everything else
// by command, too. Anvil answers as Sepolia and as Base: for the server, any node of that chain id is that network.
import { randomBytes } from "node:crypto";
import { openDb } from "@qbitflow/db";
import { QBitFlow, QBitFlowError } from "@qbitflow/sdk";
import { startPostgres, type TestPostgres } from "@qbitflow/testkit";
import { generatePrivateKey, privateKeyToAddress } from "viem/accounts";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../packages/chains/src/evm/anvil.testing.ts";
import { ada, customerOf } from "./harness/customer.ts";
import { type Environment, qbitflow, type ServerProcess, startChainlink, startProcess } from "./harness/operator.ts";
import { startReceiver } from "./harness/receiver.ts";
import { type Dev, temporaryDataDir, until } from "./harness/server.ts";

// Anvil's first two accounts.
const deployer = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const payer = {
  role: "customer",
  address: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
  privateKey: "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
} as const;
// Fresh ones, so that what they hold is what was paid.
const [merchant, platform] = [freshAddress(), freshAddress()];

function freshAddress(): `0x${string}` {
  return privateKeyToAddress(generatePrivateKey());
}

const directory = temporaryDataDir();
let postgres: TestPostgres;
const open: (() => unknown)[] = [];
beforeAll(async () => {
  postgres = await startPostgres();
});
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});
afterAll(async () => {
  await postgres?.stop();
  directory.remove();
});

async function startNetwork(chainId: number): Promise<Anvil> {
  const node = await startAnvil(["--hardfork", "cancun", "--chain-id", String(chainId), "--block-time", "1"]);
  open.push(() => node.stop());
  return node;
}

async function startRole(environment: Environment): Promise<ServerProcess> {
  const started = await startProcess(environment);
  open.push(() => started.stop());
  return started;
}

/** Contract, organization, wallet, fee and key, all by command; the environment that serves them. */
async function setUp(chain: string, options: { environment: Environment; live: boolean }) {
  const variable = chain.toUpperCase();
  const { address, fromBlock } = await qbitflow(
    { ...options.environment, DEPLOYER_PRIVATE_KEY: deployer },
    ...["contracts", "deploy", "--network", chain],
  );
  const environment = { ...options.environment, [`CHECKOUT_CONTRACT_${variable}`]: `${address}@${fromBlock}` };
  const run = (...words: string[]) => qbitflow(environment, ...words);
  await run("migrate");
  await run("org", "create", "--name", "Tea house", "--owner-email", "owner@example.com");
  await run("wallets", "set", "--chain", chain, "--address", merchant);
  await run("fees", "set", "--chain", chain, "--bps", "100", "--recipient", platform);
  const { key } = await run("keys", "create", options.live ? "--live" : "--test", "--name", "shop");
  return { environment, key: String(key), run };
}

/** A customer of a server that writes no dev.json. */
function payerAt(server: ServerProcess, { chainId, rpcUrl }: { chainId: number; rpcUrl: string }) {
  const dev: Dev = {
    apiUrl: `${server.url}/v1`,
    checkoutUrl: server.url,
    organizationId: 1,
    testApiKey: "",
    webhookSecret: "",
    chain: { chainId, rpcUrl, contracts: {}, tokens: {} },
    wallets: [payer],
  };
  return customerOf(dev);
}

const tea = { productName: "Tea", description: "100 g", price: 12 };

test("api, worker and watcher as three processes on one PostgreSQL take a payment on a test network", {
  timeout: 120_000,
}, async () => {
  const chainId = 11_155_111;
  const node = await startNetwork(chainId);
  const { environment, key, run } = await setUp("sepolia", {
    live: false,
    environment: {
      DATABASE_URL: postgres.url,
      QBITFLOW_DATA_DIR: directory.path,
      NETWORKS: "sepolia",
      RPC_URL_SEPOLIA: node.url,
      CONFIRMATIONS_SEPOLIA: "2",
      PUBLIC_URL: "http://pay.test",
      SECRET_KEY: randomBytes(32).toString("hex"),
      RATES: "fixed",
      ALLOW_PRIVATE_WEBHOOKS: "true",
      LOG_LEVEL: "warn",
    },
  });
  const processes = await Promise.all(["api", "worker", "watcher"].map((ROLE) => startRole({ ...environment, ROLE })));
  const [api] = processes;
  if (api === undefined) throw new Error("no api");
  const receiver = await startReceiver();
  open.push(() => receiver.close());
  const client = new QBitFlow({ apiKey: key, baseUrl: api.url });

  const offered = async (uuid: string) =>
    (await client.oneTimePayments.getSession(uuid)).availableCurrencies.map(({ symbol }) => symbol);
  expect(await offered((await client.oneTimePayments.createSession(tea)).uuid)).toContain("USDC");
  // What is switched off beside the running processes is gone at once, in all of them.
  expect(await run("currencies", "off", "2001")).toEqual({ currency: 2001, on: false });
  const { uuid, link } = await client.oneTimePayments.createSession({ ...tea, webhookUrl: receiver.url });
  expect(link).toBe(`http://pay.test/pay/${uuid}`);
  expect(await offered(uuid)).not.toContain("USDC");

  const customer = payerAt(api, { chainId, rpcUrl: node.url });
  await customer.identify(uuid, ada);
  const hash = await customer.pay(uuid, "ETH");
  await until("completed", async () => (await client.transactionStatus.get(uuid, "payment")).status === "completed");
  await until("told", () => receiver.of(uuid).some(({ body }) => body.status.status === "completed"));
  const { secret } = await run("webhooks", "secret", "--test");
  const told = receiver.of(uuid);
  for (const { raw, headers } of told) {
    await client.webhooks.verify(raw, headers as Record<string, string>, { secret: String(secret) });
  }
  expect(told.map(({ body }) => body.status.status).at(-1)).toBe("completed");

  // 12 USD at 3 000 USD, of which 1 % is the operator's.
  const { amount, transactionHash, to, test } = await client.oneTimePayments.get(uuid);
  expect({ amount, transactionHash, to, test }).toEqual({
    amount: 12,
    transactionHash: hash,
    to: merchant,
    test: true,
  });
  const balances = [merchant, platform].map((address) => customer.publicClient.getBalance({ address: address }));
  expect(await Promise.all(balances)).toEqual([3_960_000_000_000_000n, 40_000_000_000_000n]);
  for (const { output } of processes) expect(output()).not.toContain("Warning: ");
});

test("live keys are served on a live network once the configuration is safe, and not before", {
  timeout: 120_000,
}, async () => {
  const chainId = 8_453;
  const [node, chainlink] = await Promise.all([startNetwork(chainId), startChainlink(3_000n * 10n ** 8n)]);
  open.push(() => chainlink.close());
  const database = "live";
  await createDatabase(database);
  const { environment, key, run } = await setUp("base", {
    live: true,
    environment: {
      DATABASE_URL: postgres.urlOf(database),
      QBITFLOW_DATA_DIR: directory.path,
      NETWORKS: "base",
      RPC_URL_BASE: node.url,
      CONFIRMATIONS_BASE: "2",
      PUBLIC_URL: "https://pay.example",
      SECRET_KEY: randomBytes(32).toString("hex"),
      RATES: "chainlink",
      CHAINLINK_RPC_URL: chainlink.url,
      LOG_LEVEL: "warn",
    },
  });

  const unsafe = await startProcess({ ...environment, RATES: "fixed", PUBLIC_URL: "http://pay.example" });
  const early = new QBitFlow({ apiKey: key, baseUrl: unsafe.url });
  const refused = await early.oneTimePayments.createSession(tea).catch((error: unknown) => error);
  await unsafe.stop();
  if (!(refused instanceof QBitFlowError)) throw new Error("a live key was served");
  expect(refused).toMatchObject({ status: 403, code: "live_not_ready" });
  expect(refused.message).toContain("prices are fixed (name markets in RATES)");
  expect(refused.message).toContain("PUBLIC_URL does not begin with https://");
  expect(unsafe.output()).toContain("Live keys are refused");

  const server = await startRole(environment);
  await until("ready", async () => (await fetch(`${server.url}/readyz`)).ok);
  const ready = await (await fetch(`${server.url}/readyz`)).json();
  expect(ready).toMatchObject({ ready: true, live: { ready: true, reasons: [] } });
  const receiver = await startReceiver();
  open.push(() => receiver.close());
  const client = new QBitFlow({ apiKey: key, baseUrl: server.url });
  const { uuid } = await client.oneTimePayments.createSession({ ...tea, webhookUrl: receiver.url });
  const customer = payerAt(server, { chainId, rpcUrl: node.url });
  await customer.identify(uuid, ada);
  await customer.pay(uuid, "ETH");
  await until("completed", async () => (await client.transactionStatus.get(uuid, "payment")).status === "completed");
  expect(await client.oneTimePayments.get(uuid)).toMatchObject({ amount: 12, to: merchant, test: false });

  // A live server sends nothing into its own network; the attempt and its reason are on record.
  const deliveries = await until("an attempt on record", async () => {
    const answer = await fetch(`${server.url}/v1/webhooks/deliveries?uuid=${uuid}`, { headers: { "x-api-key": key } });
    const { items } = (await answer.json()) as { items: { attempts: { error?: string; httpStatus?: number }[] }[] };
    return items.length > 0 && items.every(({ attempts }) => attempts[0]?.error !== undefined) && items;
  });
  for (const { attempts } of deliveries) expect(attempts[0]?.error).toContain("127.0.0.1");
  expect(receiver.received).toEqual([]);

  // Test keys have no test network here; the two modes share nothing.
  const { key: testKey } = await run("keys", "create", "--test", "--name", "other mode");
  const other = new QBitFlow({ apiKey: String(testKey), baseUrl: server.url });
  await expect(other.oneTimePayments.getSession(uuid)).rejects.toMatchObject({ status: 404 });
  await expect(other.oneTimePayments.createSession(tea)).rejects.toMatchObject({ code: "no_payable_currency" });
});

async function createDatabase(name: string): Promise<void> {
  const db = await openDb({ url: postgres.url, maxConnections: 1 });
  try {
    await db.query(`create database ${name}`);
  } finally {
    await db.close();
  }
}
