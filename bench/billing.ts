// How fast due bills become paid ones, and what each costs in gas: a worker and a watcher, as processes, on PostgreSQL,
// against a node with a block every second, so both wait for two or three of them. The floor is in the same run, on the same node, from the same wallets: a
// contract that moves the same amounts in batches of the same size, from a sender that signs, sends and waits for the same
// confirmations. No books, no prices, no simulation, no terms.
import type { Hex } from "@qbitflow/chains";
import { type Db, openDb } from "@qbitflow/db";
import { createWalletClient, encodeFunctionData, http, type PrivateKeyAccount } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { base } from "viem/chains";
import { type BillingNetwork, startBillingNetwork } from "../e2e/harness/billing-network.ts";
import type { DueSubscription } from "../e2e/harness/due-subscriptions.ts";
import { until } from "../e2e/harness/server.ts";
import { compileContract } from "../scripts/solc.ts";
import type { Row } from "./table.ts";

const BILLS = 2_000;
const BATCH = 100;
const CONFIRMATIONS = 2;
const WAIT_MS = 300_000;
/** Gas per bill is what a charge in a full batch may cost; the rate may be so many times below the floor's. */
const goals = { gas: 23_000, ratio: 5 };

interface Floor {
  readonly address: Hex;
  readonly abi: readonly unknown[];
  readonly account: PrivateKeyAccount;
}

async function deployFloor({ node, rpcUrl }: BillingNetwork): Promise<Floor> {
  const { abi, creationCode } = compileContract("contracts/test/bench/Floor.sol", "ordinary");
  const account = privateKeyToAccount(generatePrivateKey());
  await node.call("anvil_setBalance", [account.address, "0x56bc75e2d63100000"]);
  const wallet = createWalletClient({ account, chain: base, transport: http(rpcUrl) });
  const hash = await wallet.sendTransaction({ data: creationCode });
  const receipt = await until("the floor's contract is there", () => node.call("eth_getTransactionReceipt", [hash]));
  return { address: receipt.contractAddress as Hex, abi: abi as readonly unknown[], account };
}

interface Took {
  readonly seconds: number;
  readonly gasPerBill: number;
}

async function gasOf(network: BillingNetwork, hashes: readonly string[]): Promise<number> {
  const receipts = await network.node.callAll(hashes.map((hash) => ["eth_getTransactionReceipt", [hash]] as const));
  return receipts.reduce((sum: number, receipt) => sum + Number((receipt as { gasUsed: string }).gasUsed), 0);
}

/** The same money from the same wallets in batches of the same size, with nothing around it. */
async function moveBare(
  network: BillingNetwork,
  { floor, subscriptions, amountBase }: { floor: Floor; subscriptions: readonly DueSubscription[]; amountBase: bigint },
): Promise<Took> {
  const { node, rpcUrl, recipients } = network;
  const wallet = createWalletClient({ account: floor.account, chain: base, transport: http(rpcUrl) });
  const firstNonce = Number(await node.call("eth_getTransactionCount", [floor.account.address, "latest"]));
  const began = performance.now();
  const batches = Array.from({ length: Math.ceil(subscriptions.length / BATCH) }, (_, index) =>
    subscriptions.slice(index * BATCH, (index + 1) * BATCH),
  );
  const [merchant, platform] = recipients;
  const hashes = await Promise.all(
    batches.map((batch, index) => {
      const total = amountBase * BigInt(batch.length);
      const fee = (total * 150n) / 10_000n;
      const payers = batch.map(({ subscriber }) => subscriber);
      const amounts = batch.map(() => amountBase);
      const args = [batch[0]?.token, payers, amounts, merchant, total - fee, platform, fee];
      const data = encodeFunctionData({ abi: floor.abi, functionName: "collected", args } as never);
      return wallet.sendTransaction({ to: floor.address, data, gas: 8_000_000n, nonce: firstNonce + index });
    }),
  );
  await until(
    "every bare batch is confirmed",
    async () => {
      const receipts = await node.callAll(hashes.map((hash) => ["eth_getTransactionReceipt", [hash]] as const));
      const head = Number(await node.call("eth_blockNumber", []));
      return receipts.every((receipt) => {
        const found = receipt as { blockNumber: string; status: string } | null;
        if (found?.status === "0x0") throw new Error("A bare batch failed.");
        return found !== null && Number(found.blockNumber) + CONFIRMATIONS - 1 <= head;
      });
    },
    WAIT_MS,
  );
  const seconds = (performance.now() - began) / 1_000;
  return { seconds, gasPerBill: (await gasOf(network, hashes)) / subscriptions.length };
}

/** From the first bill that was made to the last that was paid, as the books have it. */
async function billAll(network: BillingNetwork, db: Db): Promise<Took> {
  await network.start("watcher");
  await network.start("worker");
  const paid = async () => {
    const rows = await db.query<{ count: bigint }>("select count(*) as count from bill where status = 'paid'");
    return Number(rows[0]?.count) === BILLS;
  };
  await until("every bill is paid", paid, WAIT_MS);
  const [time] = await db.query<{ seconds: number }>(
    "select extract(epoch from max(settled_at) - min(created_at))::float8 as seconds from bill",
  );
  const hashes = await db.query<{ hash: string }>(
    // One that failed before anything was sent has none.
    "select distinct transaction_hash as hash from bill_attempt where transaction_hash is not null",
  );
  const gas = await gasOf(
    network,
    hashes.map(({ hash }) => hash),
  );
  return { seconds: time?.seconds ?? Number.NaN, gasPerBill: gas / BILLS };
}

export async function benchBilling(): Promise<Row[]> {
  const network = await startBillingNetwork();
  const db = await openDb({ url: network.databaseUrl, maxConnections: 2 });
  try {
    const floor = await deployFloor(network);
    const subscriptions = await network.seed({
      ...{ count: BILLS, price: 25, symbols: ["USDC"], spenders: [floor.address], tell: () => {} },
    });
    await network.begin();
    const ours = await billAll(network, db);
    // After ours, so that nobody's balance is new.
    const bare = await moveBare(network, { floor, subscriptions, amountBase: 25_000_000n });
    return rowsOf(ours, bare);
  } finally {
    await db.close();
    await network.stop();
  }
}

function rowsOf(ours: Took, bare: Took): Row[] {
  const [rate, bareRate] = [BILLS / ours.seconds, BILLS / bare.seconds];
  const [slower, dearer] = [bareRate / rate, ours.gasPerBill / bare.gasPerBill];
  return [
    {
      what: `due → charged, confirmed, paid in the books (${BILLS} bills)`,
      figure: `${Math.round(rate)}/s, bare ${Math.round(bareRate)}/s: ${slower.toFixed(2)}x`,
      goal: `≤ ${goals.ratio}x`,
      met: slower <= goals.ratio,
      detail: { perSecond: rate, floorPerSecond: bareRate, ratio: slower },
    },
    {
      what: "gas of each, in batches of a hundred",
      figure: `${Math.round(ours.gasPerBill)}, bare ${Math.round(bare.gasPerBill)}: ${dearer.toFixed(2)}x`,
      goal: `≤ ${goals.gas}`,
      met: ours.gasPerBill <= goals.gas,
      detail: { gasPerBill: ours.gasPerBill, floorGasPerBill: bare.gasPerBill, ratio: dearer },
    },
  ];
}
