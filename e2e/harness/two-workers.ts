// Due bills charged by two worker processes, of which one is killed in the middle; then chain and books, compared.
import { subscriptionsAbi, subscriptionsAddress } from "@qbitflow/chains";
import { run } from "@qbitflow/cli";
import { type Db, openDb } from "@qbitflow/db";
import { createPublicClient, erc20Abi, type Hex, http } from "viem";
import { expect } from "vitest";
import { type BillingNetwork, startBillingNetwork } from "./billing-network.ts";
import { type DueSubscription, MINTED_BASE } from "./due-subscriptions.ts";
import { until } from "./server.ts";

export interface TwoWorkersOptions {
  readonly bills: number;
  /** Kills the first worker once so many bills are paid, and charges are on their way. */
  readonly killAt: number;
  readonly timeoutMs: number;
  tell(line: string): void;
}

export interface TwoWorkersRun {
  readonly paidAtKill: number;
  /** The log's lines about how far billing is, of both workers. A run of a few seconds may end before the first. */
  readonly progress: readonly string[];
}

interface Scene {
  readonly network: BillingNetwork;
  readonly db: Db;
  readonly subscriptions: readonly DueSubscription[];
}

/** Everything once: seeds, bills, kills, waits, compares, loses, rebuilds. */
export async function billWithTwoWorkers(options: TwoWorkersOptions): Promise<TwoWorkersRun> {
  const network = await startBillingNetwork();
  const db = await openDb({ url: network.databaseUrl, maxConnections: 2 });
  try {
    const { bills: count, tell } = options;
    const subscriptions = await network.seed({ count, price: 24.99, symbols: ["USDC", "EURC"], tell });
    await network.begin();
    const scene = { network, db, subscriptions };
    const took = await bill(scene, options);
    await compareChain(scene);
    await compareBooks(scene);
    await loseAndRebuild(scene);
    return took;
  } finally {
    await db.close();
    await network.stop();
  }
}

async function bill({ network, db }: Scene, options: TwoWorkersOptions): Promise<TwoWorkersRun> {
  const { bills, killAt, timeoutMs, tell } = options;
  const countOf = async (status: string): Promise<number> => {
    const [row] = await db.query<{ count: bigint }>("select count(*) as count from bill where status = $1", [status]);
    return Number(row?.count);
  };
  const began = performance.now();
  const [first, second] = await Promise.all(["worker", "worker", "watcher"].map(network.start));
  if (!first || !second) throw new Error("There are two workers.");
  const isMiddle = async () => (await countOf("paid")) >= killAt && (await countOf("charging")) > 0;
  await until(`${killAt} bills are paid and others are on their way`, isMiddle, timeoutMs);
  await first.kill();
  const paidAtKill = await countOf("paid");
  tell(`killed one worker with ${paidAtKill} bills paid and ${await countOf("charging")} on their way`);
  await until(`${bills} bills are paid`, async () => (await countOf("paid")) >= bills, timeoutMs);
  tell(`${bills} bills in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  const lines = `${first.output()}${second.output()}`.split("\n");
  const progress = lines.filter((line) => line.includes('"msg":"billing'));
  for (const line of progress) tell(line);
  return { paidAtKill, progress };
}

/** Each mandate was charged once; what the tokens say that customers paid is what recipients got. */
async function compareChain({ network, subscriptions, db }: Scene): Promise<void> {
  const client = createPublicClient({ transport: http(network.rpcUrl, { batch: true }) });
  const contract = { address: subscriptionsAddress, abi: subscriptionsAbi } as const;
  const charged = await client.getContractEvents({ ...contract, eventName: "Charged", fromBlock: 0n, strict: true });
  const hashes = charged.map(({ args }) => args.mandateHash.toLowerCase()).sort();
  expect(hashes).toEqual(subscriptions.map(({ mandateHash }) => mandateHash.toLowerCase()).sort());
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
  for (const [token, payers] of Map.groupBy(subscriptions, (one) => one.token)) {
    const balanceOf = (account: Hex) =>
      client.readContract({ address: token, abi: erc20Abi, functionName: "balanceOf", args: [account] });
    const left = await Promise.all(payers.map(({ subscriber }) => balanceOf(subscriber)));
    const received = await Promise.all(network.recipients.map(balanceOf));
    const [row] = await db.query<{ billed: string }>(
      `select sum(a.amount_base) as billed from bill b join bill_attempt a on a.bill_uuid = b.uuid and a.state = 'charged'
         join mandate m on m.network = a.network and m.hash = a.mandate_hash
       where b.status = 'paid' and m.token = $1`,
      [token],
    );
    const billed = BigInt(row?.billed ?? 0);
    expect(sum(received)).toBe(billed);
    expect(MINTED_BASE * BigInt(payers.length) - sum(left)).toBe(billed);
  }
}

/** Each bill is paid, by one charge; the operator's own command finds nothing that differs. */
async function compareBooks({ network, subscriptions, db }: Scene): Promise<void> {
  const rows = await db.query<{ uuid: string; what: string }>(
    `select b.subscription_uuid as uuid, b.status || ' by ' || count(a.uuid) as what
     from bill b left join bill_attempt a on a.bill_uuid = b.uuid and a.state = 'charged' group by b.uuid`,
  );
  expect(rows.map(({ uuid }) => uuid).sort()).toEqual(subscriptions.map(({ uuid }) => uuid).sort());
  expect(new Set(rows.map(({ what }) => what))).toEqual(new Set(["paid by 1"]));
  const statuses = await db.query("select status, count(*) as count from subscription group by status");
  expect(statuses).toEqual([{ status: "active", count: BigInt(subscriptions.length) }]);
  const compared = { payments: 0, bills: subscriptions.length, mandates: subscriptions.length };
  expect(await network.command("reconcile")).toEqual({ equal: true, compared, differences: [] });
}

/** Beside the running processes: rows are lost and altered, found by command, and brought back from the chain. */
async function loseAndRebuild({ network, db }: Scene): Promise<void> {
  const reconcile = async (...options: string[]) => {
    const { exitCode, output } = await run(["reconcile", ...options, "--json"], network.environment);
    const { differences, restored = [] } = JSON.parse(output) as { differences: object[]; restored?: object[] };
    return { exitCode, differences: differences.length, restored: restored.length };
  };
  const sum = () => db.query("select count(*), sum(amount_micros) from bill where status = 'paid'");
  const before = await sum();
  const some = "(select uuid from bill order by uuid limit 3)";
  await db.query(`delete from bill_attempt where bill_uuid in ${some}`);
  await db.query(`delete from bill where uuid in ${some}`);
  const last = "(select uuid from bill_attempt where state = 'charged' order by uuid desc limit 1)";
  await db.query(`update bill_attempt set amount_base = amount_base + 1 where uuid = ${last}`);
  expect(await reconcile()).toEqual({ exitCode: 1, differences: 4, restored: 0 });
  expect(await reconcile("--rebuild")).toEqual({ exitCode: 0, differences: 0, restored: 4 });
  expect(await sum()).toEqual(before);
}
