import type { Db } from "@qbitflow/db";
import { type TestContext, testContext, testDb, testNetwork } from "@qbitflow/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { advance } from "../chain-scan/advance.ts";
import { acquireLease } from "../chain-scan/lease.ts";
import { pay, seedOrganization, seedSession, type TestQuote, type TestSession } from "../chain-scan/payer.testing.ts";
import { type Payable, ScriptedChain } from "../chain-scan/scripted-chain.testing.ts";
import { startScan } from "../chain-scan/start.ts";
import { expireDue } from "../checkout-session/expire-due.ts";
import { checkHints, recordHint } from "./hint.ts";

const network = testNetwork.slug;
const MINUTE_MS = 60_000;

let db: Db;
let ctx: TestContext;
let chain: ScriptedChain;
let session: TestSession;
let quote: TestQuote;
let transfer: Payable;

beforeAll(async () => {
  db = await testDb();
  chain = new ScriptedChain(testNetwork, { startAt: new Date("2026-03-01T12:00:00Z") });
  ctx = await testContext({ db, chains: [chain.adapter] });
  await seedOrganization(ctx, "https://shop.example/hook");
  await startScan(ctx, chain.adapter);
  await acquireLease(ctx, { network, owner: "watcher", leaseMs: 3_600_000 });
});
afterAll(() => db.close());
beforeEach(async () => {
  chain.troubles.unavailable = 0;
  session = await seedSession(ctx, { networks: [testNetwork] });
  quote = session.quotes[0] as TestQuote;
  transfer = pay(session.uuid, quote);
});

const hint = (transactionHash: string = transfer.transactionHash, uuid = session.uuid) =>
  recordHint(ctx, { uuid, network, transactionHash });

async function status(uuid = session.uuid) {
  const [row] = await db.query<{ status: string; transaction_hash: string | null; status_message: string | null }>(
    "select status, transaction_hash, status_message from checkout_session where uuid = $1",
    [uuid],
  );
  return row;
}

async function read(): Promise<void> {
  while ((await advance(ctx, { network, owner: "watcher" })).state !== "idle");
  await checkHints(ctx, network);
}

describe("a transaction hash that a browser names", () => {
  it("needs a session and a network there are", async () => {
    const absent = "0197c89d-a1b2-7c3d-8e4f-5a6b7c8d9e0f";
    await expect(hint(undefined, absent)).rejects.toMatchObject({ kind: "not_found", code: "session_not_found" });
    const elsewhere = { uuid: session.uuid, network: "nowhere", transactionHash: transfer.transactionHash };
    await expect(recordHint(ctx, elsewhere)).rejects.toMatchObject({ kind: "not_found", code: "network_not_found" });
  });

  it("makes the session pending when the chain shows it paying one of the session's quotes", async () => {
    chain.mempool.set(transfer.transactionHash, transfer);
    await hint(transfer.transactionHash.toUpperCase().replace("0X", "0x"));
    expect(await status()).toMatchObject({ status: "pending", transaction_hash: transfer.transactionHash });
    await hint();
    chain.mine(transfer);
    await read();
    expect((await status())?.status).toBe("waitingConfirmation");
    expect(await db.query("select 1 from transaction_hint where session_uuid = $1", [session.uuid])).toEqual([]);
  });

  it("changes nothing while the chain does not know it, and counts as soon as it does", async () => {
    await hint();
    expect((await status())?.status).toBe("created");
    chain.mempool.set(transfer.transactionHash, transfer);
    await checkHints(ctx, network);
    expect((await status())?.status).toBe("pending");
  });

  it("is kept when the chain does not answer", async () => {
    chain.troubles.unavailable = 2;
    await hint();
    chain.troubles.unavailable = 0;
    chain.mempool.set(transfer.transactionHash, transfer);
    await checkHints(ctx, network);
    expect((await status())?.status).toBe("pending");
  });

  it("is refused in words when it pays another session, other terms, or failed", async () => {
    const other = await seedSession(ctx, { networks: [testNetwork] });
    const theirs = pay(other.uuid, other.quotes[0] as TestQuote);
    const cheap = pay(session.uuid, quote, { termsHash: "0xcc" });
    for (const one of [theirs, cheap]) chain.mempool.set(one.transactionHash, one);
    await expect(hint(theirs.transactionHash)).rejects.toMatchObject({ code: "transaction_not_ours" });
    await expect(hint(cheap.transactionHash)).rejects.toMatchObject({ code: "transaction_not_ours" });
    chain.reverted.set(transfer.transactionHash, transfer);
    await expect(hint()).rejects.toMatchObject({ kind: "unprocessable", code: "transaction_reverted" });
    expect((await status())?.status).toBe("created");
  });

  it("that nobody ever sees is asked about less and less often, and forgotten after half an hour", async () => {
    await db.query("delete from transaction_hint");
    await hint();
    const askedAfter = (ms: number) => {
      ctx.clock.advance(ms);
      return checkHints(ctx, network);
    };
    expect([await askedAfter(1_000), await askedAfter(1_000)]).toEqual([1, 1]);
    expect(await askedAfter(10 * MINUTE_MS)).toBe(1);
    expect([await askedAfter(59_000), await askedAfter(1_000), await askedAfter(1_000)]).toEqual([0, 1, 0]);
    expect([await askedAfter(30 * MINUTE_MS), await askedAfter(MINUTE_MS)]).toEqual([1, 0]);
  });

  it("of an unknown session or network is not found, and more than twenty are refused", async () => {
    await expect(hint(transfer.transactionHash, ctx.ids.uuid())).rejects.toMatchObject({ kind: "not_found" });
    const elsewhere = { uuid: session.uuid, network: "nowhere", transactionHash: transfer.transactionHash };
    await expect(recordHint(ctx, elsewhere)).rejects.toMatchObject({ kind: "not_found" });
    for (let count = 0; count < 20; count++) await hint(pay(session.uuid, quote).transactionHash);
    await expect(hint()).rejects.toMatchObject({ code: "too_many_hints" });
  });
});

describe("a pending session", () => {
  beforeEach(async () => {
    chain.mempool.set(transfer.transactionHash, transfer);
    await hint();
  });

  it("is payable again when its transaction failed on the chain", async () => {
    chain.mempool.delete(transfer.transactionHash);
    chain.reverted.set(transfer.transactionHash, transfer);
    await checkHints(ctx, network);
    expect(await status()).toMatchObject({ status: "created", transaction_hash: null });
    expect((await status())?.status_message).toMatch(/nothing was paid/);
  });

  it("stays pending for a moment when its transaction is not seen, and is payable again after minutes", async () => {
    chain.mempool.delete(transfer.transactionHash);
    ctx.clock.advance(MINUTE_MS);
    await checkHints(ctx, network);
    expect((await status())?.status).toBe("pending");
    ctx.clock.advance(3 * MINUTE_MS);
    await checkHints(ctx, network);
    expect((await status())?.status).toBe("created");
  });

  it("stays pending while another transaction of it waits", async () => {
    const second = pay(session.uuid, quote);
    chain.mempool.set(second.transactionHash, second);
    await hint(second.transactionHash);
    chain.mempool.delete(transfer.transactionHash);
    chain.reverted.set(transfer.transactionHash, transfer);
    await checkHints(ctx, network);
    expect((await status())?.status).toBe("pending");
  });

  it("is payable again when the transaction brought too little", async () => {
    chain.mine({ ...transfer, merchantReceivedBase: 1n });
    await read();
    expect((await status())?.status).toBe("created");
  });

  it("expires by the clock all the same", async () => {
    ctx.clock.advance(25 * 60 * MINUTE_MS);
    expect(await expireDue(ctx, 100)).toBeGreaterThan(0);
    expect((await status())?.status).toBe("expired");
  });
});
