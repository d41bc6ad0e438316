import type { Db } from "@qbitflow/db";
import { type TestContext, testContext, testDb, testNetwork } from "@qbitflow/testkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { scanStates } from "./health.ts";
import { pay, seedOrganization, seedSession, type TestQuote, type TestSession } from "./payer.testing.ts";
import { ScriptedChain } from "./scripted-chain.testing.ts";
import { watchChain } from "./watch.ts";

const network = { ...testNetwork, confirmations: 2, finalityDepth: 5 };

let db: Db;
let ctx: TestContext;
let chain: ScriptedChain;
let stop: AbortController;
let watching: Promise<void>[] = [];

beforeAll(async () => {
  db = await testDb();
  ctx = await testContext({ db });
  await seedOrganization(ctx, null);
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.query("delete from chain_cursor");
  await db.query("delete from chain_block");
  chain = new ScriptedChain(network, { startAt: ctx.clock.now() });
  ctx = { ...ctx, chains: new Map([[network.slug, chain.adapter]]) };
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await Promise.all(watching);
  watching = [];
});

const watch = (with_: Partial<TestContext> = {}) => {
  const options = { signal: stop.signal, pollMs: 50, leaseMs: 300 };
  watching.push(watchChain({ ...ctx, ...with_ }, network.slug, options));
};

async function readTo(number: number): Promise<void> {
  await vi.waitFor(async () => expect((await scanStates(ctx))[0]?.scannedNumber).toBe(number), { timeout: 5_000 });
}

async function paid(session: TestSession): Promise<void> {
  await vi.waitFor(
    async () => {
      const [row] = await db.query<{ status: string }>("select status from checkout_session where uuid = $1", [
        session.uuid,
      ]);
      expect(row?.status).toBe("completed");
    },
    { timeout: 8_000 },
  );
}

describe("watching a chain", () => {
  it("completes a payment as blocks come, and stops at once when told", async () => {
    watch();
    await readTo(0);
    const session = await seedSession(ctx, { networks: [network] });
    chain.mine(pay(session.uuid, session.quotes[0] as TestQuote));
    await readTo(1);
    chain.mine();
    await paid(session);
    const stoppedAt = performance.now();
    stop.abort();
    await Promise.all(watching);
    expect(performance.now() - stoppedAt).toBeLessThan(1_000);
  });

  it("is one watcher's work at a time, and the next one's when the first is gone without a word", async () => {
    await db.query(
      `insert into chain_cursor (network, scanned_number, scanned_hash, head_number, head_at, updated_at, lease_owner, lease_until)
       values ($1, 0, $2, 0, $3, $3, 'a dead process', clock_timestamp() + interval '700 milliseconds')`,
      [network.slug, chain.tip.hash, ctx.clock.now()],
    );
    watch();
    watch();
    chain.mineEmpty(3);
    await readTo(3);
    const session = await seedSession(ctx, { networks: [network] });
    chain.mine(pay(session.uuid, session.quotes[0] as TestQuote));
    chain.mine();
    await paid(session);
    expect(await db.query("select 1 from payment where session_uuid = $1", [session.uuid])).toHaveLength(1);
  });

  it("goes on after the chain did not answer", async () => {
    watch();
    await readTo(0);
    chain.troubles.unavailable = 2;
    chain.mineEmpty(2);
    await new Promise((resolve) => setImmediate(resolve));
    chain.troubles.unavailable = 0;
    await readTo(2);
  });

  it("reads in smaller pieces what cannot be read at once, however long it had been away", async () => {
    chain.troubles.mostBlocks = 200;
    watch();
    await readTo(0);
    chain.mineEmpty(300);
    await readTo(300);
  });

  it("halts loudly at a reorganisation deeper than finality, and goes on when the known branch is back", async () => {
    const error = vi.fn();
    watch({ log: { ...ctx.log, error } });
    chain.mineEmpty(8);
    await readTo(8);
    const { hash } = chain.tip;
    chain.reorganise(7, ...Array(9).fill([]));
    await vi.waitFor(async () => expect((await scanStates(ctx))[0]?.haltedReason).toMatch(/another branch/));
    expect(error).toHaveBeenCalled();
    chain.returnTo(hash);
    chain.mine();
    await readTo(9);
    expect((await scanStates(ctx))[0]?.haltedReason).toBeNull();
  });

  it("has nothing to read where no contract lives", async () => {
    const bare = new ScriptedChain(
      { ...network, checkoutContracts: [], subscriptionContracts: [] },
      { startAt: ctx.clock.now() },
    );
    watch({ chains: new Map([[network.slug, bare.adapter]]) });
    stop.abort();
    await Promise.all(watching);
    expect(await scanStates(ctx)).toEqual([]);
  });
});
