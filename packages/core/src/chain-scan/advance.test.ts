import type { Db } from "@qbitflow/db";
import { type TestContext, testContext, testDb, testNetwork } from "@qbitflow/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { expireDue } from "../checkout-session/expire-due.ts";
import { transition } from "../checkout-session/transition.ts";
import { confirmPayments } from "../payment/confirm.ts";
import { advance } from "./advance.ts";
import { acquireLease } from "./lease.ts";
import { pay, seedOrganization, seedSession, type TestSession } from "./payer.testing.ts";
import { ReorganisationTooDeepError } from "./rewind.ts";
import { ScriptedChain } from "./scripted-chain.testing.ts";
import { startScan } from "./start.ts";

const network = { ...testNetwork, confirmations: 3, finalityDepth: 10 };
const second = {
  ...testNetwork,
  slug: "testnet-b",
  chainId: 910_003,
  confirmations: 3,
  finalityDepth: 10,
  nativeCurrency: { ...testNetwork.nativeCurrency, id: 9_201 },
  tokens: testNetwork.tokens.map((token) => ({ ...token, id: token.id + 200 })),
};
const OWNER = "watcher";

let db: Db;
let ctx: TestContext;
let chain: ScriptedChain;
let chainB: ScriptedChain;

beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());

beforeEach(async () => {
  await db.query(
    `truncate organization, checkout_session, currency, chain_cursor, chain_block, platform_fee restart identity cascade`,
  );
  await db.query("truncate event, webhook_delivery restart identity cascade");
  const startAt = new Date("2026-03-01T12:00:00Z");
  chain = new ScriptedChain(network, { startAt });
  chainB = new ScriptedChain(second, { startAt });
  ctx = await testContext({
    db,
    chains: [chain.adapter, chainB.adapter],
    policy: { twoSourceThresholdMicros: 1_000_000_000n },
  });
  await seedOrganization(ctx, "https://shop.example/hook");
  await begin(chain);
});

async function begin(of: ScriptedChain): Promise<void> {
  await startScan(ctx, of.adapter);
  await acquireLease(ctx, { network: of.network.slug, owner: OWNER, leaseMs: 60_000 });
}

/** Reads until there is nothing new, and confirms. */
async function read(of = chain): Promise<void> {
  for (let step = 0; step < 100; step++) {
    const { state } = await advance(ctx, { network: of.network.slug, owner: OWNER });
    await confirmPayments(ctx, of.network.slug);
    if (state === "idle") return;
  }
  throw new Error("The chain is never read to its end.");
}

const session = (options: { networks?: (typeof network)[]; expiresInMs?: number; priceMicros?: bigint } = {}) =>
  seedSession(ctx, { networks: [network], ...options });

const quoteOf = (of: TestSession, index = 0) => {
  const quote = of.quotes[index];
  if (!quote) throw new Error("no such quote");
  return quote;
};

async function statusRow(uuid: string) {
  const [row] = await db.query<{ status: string; transaction_hash: string | null; completed_at: Date | null }>(
    "select status, transaction_hash, completed_at from checkout_session where uuid = $1",
    [uuid],
  );
  return row;
}

const payments = (uuid: string) =>
  db.query<{
    match: string;
    pays_session: boolean;
    orphaned: boolean;
    completed: boolean;
    difference_base: string | null;
  }>(
    `select match, pays_session, orphaned_at is not null as orphaned, completed_at is not null as completed, difference_base
     from payment where session_uuid = $1 order by id`,
    [uuid],
  );

/** The statuses the merchant hears, in order. */
async function told(uuid: string): Promise<string[]> {
  const rows = await db.query<{ sequence: number; body: string }>(
    "select sequence, body from webhook_delivery where subject_uuid = $1 order by sequence",
    [uuid],
  );
  expect(rows.map((row) => row.sequence)).toEqual(rows.map((_row, index) => index + 1));
  return rows.map((row) => JSON.parse(row.body).status.status);
}

const events = async (uuid: string): Promise<string[]> => {
  const rows = await db.query<{ type: string }>("select type from event where subject_uuid = $1 order by id", [uuid]);
  return rows.map((row) => row.type);
};

describe("a payment", () => {
  it("waits for its confirmations and completes once, told in order", async () => {
    const paid = await session();
    const transfer = pay(paid.uuid, quoteOf(paid));
    chain.mine(transfer);
    await read();
    expect(await statusRow(paid.uuid)).toMatchObject({ status: "waitingConfirmation", completed_at: null });
    chain.mine();
    await read();
    expect((await statusRow(paid.uuid))?.status).toBe("waitingConfirmation");
    chain.mine();
    await read();
    const completed = await statusRow(paid.uuid);
    expect(completed).toMatchObject({ status: "completed", transaction_hash: transfer.transactionHash });
    expect(completed?.completed_at).toEqual(ctx.clock.now());
    chain.mineEmpty(3);
    await read();
    expect(await told(paid.uuid)).toEqual(["waitingConfirmation", "completed"]);
  });

  it("comes with a body that holds uuid, status and session, and nothing else", async () => {
    const paid = await session();
    chain.mine(pay(paid.uuid, quoteOf(paid)));
    await read();
    const [delivery] = await db.query<{ body: string; url: string; origin: string }>("select * from webhook_delivery");
    const body = JSON.parse(delivery?.body ?? "");
    expect(Object.keys(body)).toEqual(["uuid", "status", "session"]);
    expect(body.status).toMatchObject({
      type: "payment",
      status: "waitingConfirmation",
      message: "1 of 3 confirmations",
    });
    expect(body.session).toMatchObject({ uuid: paid.uuid, price: 25, customerUUID: "" });
    expect(body.session).not.toHaveProperty("status");
    expect(delivery).toMatchObject({ url: "https://shop.example/hook", origin: "https://shop.example" });
  });

  it("is ignored when it bears another installation's uuid", async () => {
    const paid = await session();
    chain.mine(pay(ctx.ids.uuid(), quoteOf(paid)));
    await read();
    expect(await db.query("select 1 from payment")).toEqual([]);
  });

  it("is counted once when the provider lists its log twice", async () => {
    const paid = await session();
    chain.troubles.listedTwice = 2;
    chain.mine(pay(paid.uuid, quoteOf(paid)));
    await read();
    expect(await payments(paid.uuid)).toHaveLength(1);
  });

  it("on another network with the same terms hash does not pay", async () => {
    await begin(chainB);
    const paid = await session();
    chainB.mine(pay(paid.uuid, quoteOf(paid)));
    await read(chainB);
    expect(await payments(paid.uuid)).toMatchObject([{ match: "wrong_token", pays_session: false }]);
    expect((await statusRow(paid.uuid))?.status).toBe("created");
  });
});

describe("a transfer that is not what was asked for", () => {
  it("is stored with how it differs, told in the event log, and leaves the session payable", async () => {
    const paid = await session();
    const quote = quoteOf(paid);
    const foreign = { termsHash: "0xcc" as const };
    chain.mine(
      pay(paid.uuid, quote, { ...foreign, amountBase: quote.amountBase - 5n }),
      pay(paid.uuid, quote, { ...foreign, amountBase: quote.amountBase + 5n }),
      pay(paid.uuid, quote, { ...foreign, merchant: "0xThief" }),
      pay(paid.uuid, quote, { ...foreign, token: "0xOther" }),
    );
    chain.mineEmpty(3);
    await read();
    const rows = await payments(paid.uuid);
    expect(rows.map((row) => [row.match, row.difference_base, row.pays_session])).toEqual([
      ["under", "-5", false],
      ["over", "5", false],
      ["wrong_terms", "0", false],
      ["wrong_token", null, false],
    ]);
    expect((await statusRow(paid.uuid))?.status).toBe("created");
    expect(await told(paid.uuid)).toEqual([]);
    expect(await events(paid.uuid)).toEqual(Array(4).fill("payment.unmatched"));
    chain.mine(pay(paid.uuid, quote));
    chain.mineEmpty(3);
    await read();
    expect((await statusRow(paid.uuid))?.status).toBe("completed");
  });

  it("in a token that boasts of all there can be is stored like any other, and the chain is read on", async () => {
    const [paid, next] = [await session(), await session()];
    const boast = { token: "0xBoaster", merchantReceivedBase: 2n ** 256n - 1n, amountBase: 2n ** 128n - 1n };
    chain.mine(pay(paid.uuid, quoteOf(paid), { ...boast, termsHash: "0xcc" }), pay(next.uuid, quoteOf(next)));
    await read();
    expect(await payments(paid.uuid)).toMatchObject([{ match: "wrong_token", pays_session: false }]);
    expect((await statusRow(next.uuid))?.status).toBe("waitingConfirmation");
  });

  it("after the session is paid changes nothing of it: the second is a duplicate", async () => {
    const paid = await session();
    chain.mine(pay(paid.uuid, quoteOf(paid)), pay(paid.uuid, quoteOf(paid)));
    chain.mine(pay(paid.uuid, quoteOf(paid, 1)));
    chain.mineEmpty(3);
    await read();
    expect((await payments(paid.uuid)).map((row) => row.match)).toEqual(["exact", "duplicate", "duplicate"]);
    expect(await told(paid.uuid)).toEqual(["waitingConfirmation", "completed"]);
    expect((await events(paid.uuid)).filter((type) => type === "payment.duplicate")).toHaveLength(2);
  });
});

describe("a payment after the session was closed", () => {
  it("pays it as late: expired, then waitingConfirmation, then completed, never silent", async () => {
    const paid = await session({ expiresInMs: 1_000 });
    ctx.clock.advance(2_000);
    expect(await expireDue(ctx, 10)).toBe(1);
    chain.mine(pay(paid.uuid, quoteOf(paid)));
    chain.mineEmpty(2);
    await read();
    expect(await payments(paid.uuid)).toMatchObject([{ match: "late", pays_session: true, completed: true }]);
    expect(await told(paid.uuid)).toEqual(["expired", "waitingConfirmation", "completed"]);
    expect(await events(paid.uuid)).toContain("payment.late");
  });

  it("goes back to cancelled when a reorganisation takes it before it was confirmed", async () => {
    const paid = await session();
    await db.transaction((tx) =>
      transition({ ...ctx, db: tx }, [{ uuid: paid.uuid, from: "created", to: "cancelled" }]),
    );
    chain.mine(pay(paid.uuid, quoteOf(paid)));
    await read();
    chain.reorganise(1, [], []);
    await read();
    expect(await told(paid.uuid)).toEqual(["cancelled", "waitingConfirmation", "cancelled"]);
  });
});

describe("a session whose time ends", () => {
  it("expires once, and not while its payment stands in a block", async () => {
    const open = await session({ expiresInMs: 1_000 });
    const paid = await session({ expiresInMs: 1_000 });
    chain.mine(pay(paid.uuid, quoteOf(paid)));
    await read();
    ctx.clock.advance(1_000);
    expect([await expireDue(ctx, 10), await expireDue(ctx, 10)]).toEqual([1, 0]);
    expect((await statusRow(open.uuid))?.status).toBe("expired");
    expect((await statusRow(paid.uuid))?.status).toBe("waitingConfirmation");
  });
});

describe("a reorganisation", () => {
  it.each([1, 2, 3, 4, 5])(
    "of depth %i takes the payment back and counts it again once it is mined again",
    async (depth) => {
      const paid = await session();
      const transfer = pay(paid.uuid, quoteOf(paid));
      chain.mine(transfer);
      chain.mineEmpty(depth - 1);
      await read();
      const wasCompleted = depth >= network.confirmations;
      chain.reorganise(depth, ...Array(depth + 1).fill([]));
      await read();
      expect((await statusRow(paid.uuid))?.status).toBe(wasCompleted ? "failed" : "pending");
      expect(await payments(paid.uuid)).toMatchObject([{ orphaned: true }]);
      expect(await events(paid.uuid)).toContain("payment.reverted");
      chain.mine(transfer);
      chain.mineEmpty(2);
      await read();
      expect((await payments(paid.uuid)).filter((row) => !row.orphaned)).toMatchObject([
        { match: "exact", completed: true },
      ]);
      const first = wasCompleted ? ["waitingConfirmation", "completed", "failed"] : ["waitingConfirmation", "pending"];
      expect(await told(paid.uuid)).toEqual([...first, "waitingConfirmation", "completed"]);
    },
  );

  it("that ends with a shorter chain is seen as soon as the heads differ", async () => {
    const paid = await session();
    chain.mine(pay(paid.uuid, quoteOf(paid)));
    chain.mineEmpty(4);
    await read();
    chain.reorganise(5, []);
    await read();
    expect((await statusRow(paid.uuid))?.status).toBe("failed");
  });

  it("lets a duplicate pay instead when it is mined first on the new branch", async () => {
    const paid = await session();
    const [first, later] = [pay(paid.uuid, quoteOf(paid)), pay(paid.uuid, quoteOf(paid, 1))];
    chain.mine(first);
    chain.mine(later);
    await read();
    chain.reorganise(2, [later], [first], []);
    await read();
    expect((await payments(paid.uuid)).filter((row) => !row.orphaned).map((row) => row.match)).toEqual([
      "exact",
      "duplicate",
    ]);
    expect(await statusRow(paid.uuid)).toMatchObject({ status: "completed", transaction_hash: later.transactionHash });
  });

  it("lets a duplicate on another chain pay instead, and the session stays completed", async () => {
    await begin(chainB);
    const paid = await session({ networks: [network, second] });
    chain.mine(pay(paid.uuid, quoteOf(paid)));
    chain.mineEmpty(2);
    await read();
    const duplicate = pay(paid.uuid, quoteOf(paid, 2));
    chainB.mine(duplicate);
    chainB.mineEmpty(2);
    await read(chainB);
    chain.reorganise(3, [], [], [], []);
    await read();
    const standing = { status: "completed", transaction_hash: duplicate.transactionHash };
    expect(await statusRow(paid.uuid)).toMatchObject(standing);
    expect(await told(paid.uuid)).toEqual(["waitingConfirmation", "completed"]);
    expect(await events(paid.uuid)).toContain("payment.reverted");
  });

  it("back to a branch that was read before counts its payments again, without new rows", async () => {
    const paid = await session();
    chain.mine(pay(paid.uuid, quoteOf(paid)));
    chain.mine();
    const { hash } = chain.tip;
    await read();
    chain.reorganise(2, [], [], []);
    await read();
    chain.returnTo(hash);
    chain.mine();
    chain.mine();
    await read();
    expect(await payments(paid.uuid)).toMatchObject([{ match: "exact", orphaned: false, completed: true }]);
  });

  it("expires a session whose time ended while the lost payment was waiting", async () => {
    const paid = await session({ expiresInMs: 60_000 });
    chain.mine(pay(paid.uuid, quoteOf(paid)));
    await read();
    ctx.clock.advance(120_000);
    chain.reorganise(1, [], []);
    await read();
    expect(await told(paid.uuid)).toEqual(["waitingConfirmation", "expired"]);
  });

  it("deeper than finality stops the scan loudly and changes nothing", async () => {
    const paid = await session();
    chain.mine(pay(paid.uuid, quoteOf(paid)));
    chain.mineEmpty(12);
    await read();
    const { hash } = chain.tip;
    chain.reorganise(13, ...Array(14).fill([]));
    await expect(read()).rejects.toThrow(ReorganisationTooDeepError);
    expect((await statusRow(paid.uuid))?.status).toBe("completed");
    chain.returnTo(hash);
    await read();
    expect((await statusRow(paid.uuid))?.status).toBe("completed");
  });

  it("in the middle of reading a range stores nothing of it", async () => {
    const paid = await session();
    chain.mine(pay(paid.uuid, quoteOf(paid)));
    chain.troubles.movesInScan = 2;
    for (let attempt = 0; attempt < 5; attempt++) await advance(ctx, { network: network.slug, owner: OWNER });
    expect(await payments(paid.uuid)).toEqual([]);
  });
});

describe("a head that is behind", () => {
  it("undoes nothing and confirms nothing", async () => {
    const paid = await session();
    chain.mine(pay(paid.uuid, quoteOf(paid)));
    chain.mine();
    await read();
    chain.lag = 2;
    expect(await advance(ctx, { network: network.slug, owner: OWNER })).toEqual({ state: "idle", behind: true });
    await confirmPayments(ctx, network.slug);
    expect(await payments(paid.uuid)).toMatchObject([{ orphaned: false, completed: false }]);
    chain.lag = 0;
    chain.mine();
    await read();
    expect((await statusRow(paid.uuid))?.status).toBe("completed");
  });

  it("far below all that is held is no reorganisation", async () => {
    chain.mineEmpty(40);
    await read();
    chain.lag = 35;
    expect(await advance(ctx, { network: network.slug, owner: OWNER })).toEqual({ state: "idle", behind: true });
  });
});

describe("a large payment", () => {
  it("completes only when two of several sources report it", async () => {
    chain = new ScriptedChain(network, { startAt: ctx.clock.now(), sourceCount: 2 });
    ctx = { ...ctx, chains: new Map([[network.slug, chain.adapter]]) };
    await db.query("truncate chain_cursor, chain_block");
    await begin(chain);
    const [large, small] = [await session({ priceMicros: 1_000_000_000n }), await session()];
    chain.sources = 1;
    chain.mine(pay(large.uuid, quoteOf(large)), pay(small.uuid, quoteOf(small)));
    chain.mineEmpty(3);
    await read();
    expect((await statusRow(small.uuid))?.status).toBe("completed");
    expect((await statusRow(large.uuid))?.status).toBe("waitingConfirmation");
    chain.sources = 2;
    await read();
    expect((await statusRow(large.uuid))?.status).toBe("completed");
  });
});

describe("a cursor far behind the head", () => {
  it("confirms by the blocks that were read, not by those that are said to exist", async () => {
    const paid = await session();
    chain.mine(pay(paid.uuid, quoteOf(paid)));
    chain.mineEmpty(9);
    await advance(ctx, { network: network.slug, owner: OWNER, maxBlocks: 1 });
    expect(await confirmPayments(ctx, network.slug)).toBe(0);
    expect((await statusRow(paid.uuid))?.status).toBe("waitingConfirmation");
    await advance(ctx, { network: network.slug, owner: OWNER, maxBlocks: 2 });
    expect(await confirmPayments(ctx, network.slug)).toBe(1);
  });
});

describe("the first start", () => {
  it("begins as far below the head as reorganisations reach when nothing of ours can be older", async () => {
    chainB.mineEmpty(100);
    await begin(chainB);
    const [cursor] = await db.query<{ scanned_number: bigint }>(
      "select scanned_number from chain_cursor where network = $1",
      [second.slug],
    );
    expect(cursor?.scanned_number).toBe(89n);
  });

  it("begins at the contract when quotes were given before there was a cursor", async () => {
    const paid = await session({ networks: [second] });
    chainB.mine(pay(paid.uuid, quoteOf(paid)));
    chainB.mineEmpty(700);
    await begin(chainB);
    await read(chainB);
    expect((await statusRow(paid.uuid))?.status).toBe("completed");
  });
});

describe("the lease", () => {
  it("lets only its holder store anything", async () => {
    chain.mine();
    expect(await acquireLease(ctx, { network: network.slug, owner: "other", leaseMs: 1 })).toBe(false);
    expect(await advance(ctx, { network: network.slug, owner: "other" })).toEqual({ state: "not_leader" });
    await db.query("update chain_cursor set lease_until = clock_timestamp() - interval '1 second'");
    expect(await acquireLease(ctx, { network: network.slug, owner: "other", leaseMs: 60_000 })).toBe(true);
    expect(await advance(ctx, { network: network.slug, owner: OWNER })).toEqual({ state: "not_leader" });
    expect(await advance(ctx, { network: network.slug, owner: "other" })).toMatchObject({ state: "advanced" });
  });

  it("taken over while a range was read leaves the slow worker nothing to store", async () => {
    const paid = await session();
    chain.mine(pay(paid.uuid, quoteOf(paid)));
    const slow = {
      ...chain.adapter,
      scan: async (range: { from: number; to: number }) => {
        const scan = await chain.adapter.scan(range);
        await db.query("update chain_cursor set lease_owner = 'other'");
        await advance(ctx, { network: network.slug, owner: "other" });
        return scan;
      },
    };
    const slowCtx = { ...ctx, chains: new Map([[network.slug, slow]]) };
    expect(await advance(slowCtx, { network: network.slug, owner: OWNER })).toEqual({ state: "not_leader" });
    // Even with the lease back, its range was stored by another.
    const again = {
      ...slow,
      scan: async (range: { from: number; to: number }) => {
        const scan = await chain.adapter.scan(range);
        await advance(ctx, { network: network.slug, owner: "other" });
        return scan;
      },
    };
    chain.mine();
    const againCtx = { ...ctx, chains: new Map([[network.slug, again]]) };
    expect(await advance(againCtx, { network: network.slug, owner: "other" })).toEqual({ state: "not_leader" });
    expect(await payments(paid.uuid)).toHaveLength(1);
  });
});
