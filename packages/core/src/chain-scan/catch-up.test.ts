import type { Network } from "@qbitflow/chains";
import type { Db } from "@qbitflow/db";
import { type TestContext, testContext, testDb, testNetwork } from "@qbitflow/testkit";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { confirmPayments } from "../payment/confirm.ts";
import { advance } from "./advance.ts";
import { catchUp } from "./catch-up.ts";
import { coverContracts, findUnreadContract } from "./contracts.ts";
import { acquireLease } from "./lease.ts";
import { pay, seedOrganization, seedSession, type TestSession } from "./payer.testing.ts";
import { ScriptedChain } from "./scripted-chain.testing.ts";
import { startScan } from "./start.ts";

const network: Network = {
  ...testNetwork,
  confirmations: 2,
  finalityDepth: 5,
  checkoutContracts: [{ version: "1", address: "0xc0de", fromBlock: 0 }],
};
const owner = "watcher";
const input = { network: network.slug, owner };

let db: Db;
let ctx: TestContext;
let chain: ScriptedChain;

beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.query(
    "truncate organization, checkout_session, currency, chain_cursor, chain_block, chain_contract, platform_fee restart identity cascade",
  );
  chain = new ScriptedChain(network, { startAt: new Date("2026-03-01T12:00:00Z") });
  ctx = await testContext({ db, chains: [chain.adapter] });
  await seedOrganization(ctx, null);
});

/** The chain as a process with these contracts reads it. */
async function readAs(as: Network): Promise<void> {
  await startScan(ctx, { ...chain.adapter, network: as });
  await acquireLease(ctx, { network: as.slug, owner, leaseMs: 60_000 });
  await coverContracts(ctx, as);
}

const withSubscriptionsFrom = (fromBlock: number): Network => ({
  ...network,
  subscriptionContracts: [{ version: "2", address: "0x00000000000000000000000000000000000ABCDE", fromBlock }],
});

async function advanceAll(): Promise<void> {
  for (let state = ""; state !== "idle"; ) ({ state } = await advance(ctx, input));
  await confirmPayments(ctx, network.slug);
}

async function statusOf(session: TestSession): Promise<string | undefined> {
  const [row] = await db.query<{ status: string }>("select status from checkout_session where uuid = $1", [
    session.uuid,
  ]);
  return row?.status;
}

/** A process that does not know the contract reads past its payment. */
async function readPast(): Promise<TestSession> {
  const without = { ...network, checkoutContracts: [], subscriptionContracts: network.subscriptionContracts };
  await readAs(without);
  const session = await seedSession(ctx, { networks: [network] });
  const [quote] = session.quotes;
  if (!quote) throw new Error("The session has a quote.");
  // What a process without the contract would not see is kept back until it has read on.
  const block = chain.mine(pay(session.uuid, quote));
  const shown = block.transfers;
  (block as { transfers: unknown }).transfers = [];
  chain.mineEmpty(2);
  await advanceAll();
  (block as { transfers: unknown }).transfers = shown;
  return session;
}

it("a contract from above the cursor, or in which nothing of ours can be, has nothing to catch up on", async () => {
  chain.mineEmpty(12);
  await readAs(network);
  await advanceAll();
  await readAs(withSubscriptionsFrom(20));
  expect(await findUnreadContract(db, network.slug)).toBeNull();
  await readAs(withSubscriptionsFrom(3));
  expect(await findUnreadContract(db, network.slug)).toBeNull();
  expect(await catchUp(ctx, input)).toBe("done");
});

it("what was paid to a contract while nobody read it is found, and completes", async () => {
  const session = await readPast();
  expect(await statusOf(session)).toBe("created");
  await readAs(network);
  expect(await findUnreadContract(db, network.slug)).toMatchObject({ from: 0, to: 3 });
  expect(await catchUp(ctx, { ...input, maxBlocks: 1 })).toBe("advanced");
  expect(await findUnreadContract(db, network.slug)).toMatchObject({ from: 1, to: 3 });
  expect(await catchUp(ctx, input)).toBe("advanced");
  expect(await catchUp(ctx, input)).toBe("done");
  await advanceAll();
  expect(await statusOf(session)).toBe("completed");
});

it("is not doubled when it is read again, by a restart at any point", async () => {
  const session = await readPast();
  await readAs(network);
  await db.query("create temporary table before as select * from chain_contract");
  await catchUp(ctx, input);
  await db.query(
    "update chain_contract c set unread_from = b.unread_from, unread_to = b.unread_to from before b where b.address = c.address",
  );
  await db.query("drop table before");
  await catchUp(ctx, input);
  expect(await db.query("select 1 from payment where session_uuid = $1", [session.uuid])).toHaveLength(1);
});

it("on another branch than the one that was read nothing is taken until the chain is read on", async () => {
  const session = await readPast();
  await readAs(network);
  chain.reorganise(3, [], [], []);
  expect(await catchUp(ctx, input)).toBe("moved");
  await advanceAll();
  for (let result = ""; result !== "done"; ) result = await catchUp(ctx, input);
  expect(await statusOf(session)).toBe("created");
});

it("a reorganisation after it undoes what it found", async () => {
  const session = await readPast();
  await readAs(network);
  await catchUp(ctx, input);
  expect(await statusOf(session)).toBe("waitingConfirmation");
  chain.reorganise(3, [], [], []);
  await advanceAll();
  expect(await statusOf(session)).not.toBe("completed");
  const [row] = await db.query<{ orphaned_at: Date | null }>("select orphaned_at from payment");
  expect(row?.orphaned_at).not.toBeNull();
});

it("only who holds the lease catches up", async () => {
  await readPast();
  await readAs(network);
  expect(await catchUp(ctx, { ...input, owner: "somebody else" })).toBe("not_leader");
});

it("a contract that is not read any more is new when it comes back", async () => {
  await readPast();
  await readAs(network);
  while ((await catchUp(ctx, input)) !== "done");
  await readAs({ ...network, checkoutContracts: [] });
  chain.mineEmpty(2);
  await advanceAll();
  await readAs(network);
  expect(await findUnreadContract(db, network.slug)).toMatchObject({ from: 0, to: 5 });
});
