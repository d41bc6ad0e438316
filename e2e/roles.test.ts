// What one process does by itself, shared out: api, worker and watcher on one PostgreSQL, on a test network that is not ours,
// everything set up by command. Anvil answers as Sepolia: for the server, any node of that chain id is that network.
import { randomBytes } from "node:crypto";
import { QBitFlow } from "@qbitflow/sdk";
import { startPostgres } from "@qbitflow/testkit";
import { generatePrivateKey, privateKeyToAddress } from "viem/accounts";
import { afterAll, expect, test } from "vitest";
import { startAnvil } from "../packages/chains/src/evm/anvil.testing.ts";
import { ada, customerOf } from "./harness/customer.ts";
import { createNode } from "./harness/node.ts";
import { type Environment, qbitflow, startProcess } from "./harness/operator.ts";
import { startReceiver } from "./harness/receiver.ts";
import { temporaryDataDir, until } from "./harness/server.ts";

// Anvil's first two accounts.
const deployer = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const payer = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";
// Fresh ones, so that what they hold is what was paid.
const [merchant, platform] = [freshAddress(), freshAddress()];

function freshAddress(): `0x${string}` {
  return privateKeyToAddress(generatePrivateKey());
}

const chainId = 11_155_111;
const tea = { productName: "Tea", description: "100 g", price: 12 };
const open: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of open.toReversed()) await close();
});

/** Contract, organization, wallet, fee and key, all by command; the environment that serves them. */
async function setUp() {
  const directory = temporaryDataDir();
  open.push(() => directory.remove());
  const [postgres, anvil] = await Promise.all([
    startPostgres(),
    startAnvil(["--hardfork", "cancun", "--chain-id", String(chainId)]),
  ]);
  open.push(
    () => postgres.stop(),
    () => anvil.stop(),
  );
  const base: Environment = {
    DATABASE_URL: postgres.url,
    QBITFLOW_DATA_DIR: directory.path,
    NETWORKS: "sepolia",
    RPC_URL_SEPOLIA: anvil.url,
    CONFIRMATIONS_SEPOLIA: "2",
    PUBLIC_URL: "http://pay.test",
    SECRET_KEY: randomBytes(32).toString("hex"),
    RATES: "fixed",
    ALLOW_PRIVATE_WEBHOOKS: "true",
    LOG_LEVEL: "warn",
  };
  const { address, fromBlock } = await qbitflow(
    { ...base, DEPLOYER_PRIVATE_KEY: deployer },
    ...["contracts", "deploy", "--network", "sepolia"],
  );
  // Until here a block came with each transaction, so that nothing had to be waited for.
  await createNode(anvil.url).call("evm_setIntervalMining", [1]);
  const environment: Environment = { ...base, CHECKOUT_CONTRACT_SEPOLIA: `${address}@${fromBlock}` };
  const run = (...words: string[]) => qbitflow(environment, ...words);
  await run("migrate");
  await run("org", "create", "--name", "Tea house", "--owner-email", "owner@example.com");
  await run("wallets", "set", "--chain", "sepolia", "--address", merchant);
  await run("fees", "set", "--chain", "sepolia", "--bps", "100", "--recipient", platform);
  const { key } = await run("keys", "create", "--test", "--name", "shop");
  return { environment, rpcUrl: anvil.url, key: String(key), run };
}

test("api, worker and watcher as three processes on one PostgreSQL take a payment on a test network", {
  timeout: 120_000,
}, async () => {
  const { environment, rpcUrl, key, run } = await setUp();
  const roles = ["api", "worker", "watcher"];
  const processes = await Promise.all(roles.map((ROLE) => startProcess({ ...environment, ROLE })));
  open.push(() => Promise.all(processes.map((process) => process.stop())));
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

  const customer = customerOf({ apiUrl: `${api.url}/v1`, chain: { chainId, rpcUrl }, wallets: [] }, payer);
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
