import type { TransactionStatusName } from "@qbitflow/api";
import { type ChainAdapter, ChainUnavailableError } from "@qbitflow/chains";
import type { Db, Queryable } from "@qbitflow/db";
import { type TestContext, testContext, testNetwork } from "@qbitflow/testkit";
import { expect } from "vitest";
import { expireDue } from "../checkout-session/expire-due.ts";
import { mayChange } from "../checkout-session/status.ts";
import { transition } from "../checkout-session/transition.ts";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import { confirmPayments } from "../payment/confirm.ts";
import { checkHints, recordHint } from "../payment/hint.ts";
import { advance } from "./advance.ts";
import { acquireLease } from "./lease.ts";
import { pay, seedOrganization, seedSession, type TestQuote, type TestSession } from "./payer.testing.ts";
import { type Payable, ScriptedChain } from "./scripted-chain.testing.ts";
import { startScan } from "./start.ts";

/** The same numbers for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Crash extends Error {
  override readonly name = "Crash";
}

/** Dies before or after a statement, or right after a commit, whenever `strikes` says so. */
function fragile(db: Queryable, strikes: () => boolean): Queryable {
  const strike = () => {
    if (strikes()) throw new Crash("killed");
  };
  return {
    async query(sql, params, options) {
      strike();
      const rows = await db.query(sql, params, options);
      strike();
      return rows as never;
    },
    script: (sql) => db.script(sql),
    async transaction(work) {
      const result = await db.transaction((tx) => work(fragile(tx, strikes)));
      strike();
      return result;
    },
  };
}

const makeNetwork = (index: number) => ({
  ...testNetwork,
  slug: `testnet-${index}`,
  chainId: 910_010 + index,
  confirmations: 2 + index,
  // Deeper than all that the reorganisations of one absence of both workers add up to.
  finalityDepth: 40,
  nativeCurrency: { ...testNetwork.nativeCurrency, id: 20_000 + index * 100 },
  tokens: testNetwork.tokens.map((token, position) => ({ ...token, id: 20_001 + index * 100 + position })),
});

const WORKERS = ["worker-1", "worker-2"] as const;

/** Two chains that misbehave, two workers that die, payers who pay right, wrong, twice and late. */
export class Simulation {
  readonly ctx: TestContext;
  readonly chains: readonly ScriptedChain[];
  readonly random: () => number;
  readonly sessions: TestSession[] = [];
  crashes = 0;
  reorganisations = 0;
  private readonly dropped: { chain: ScriptedChain; transfer: Payable }[] = [];
  private readonly known: Payable[][] = [[], []];
  private readonly oldTips: string[][] = [[], []];

  private constructor(ctx: TestContext, chains: readonly ScriptedChain[], random: () => number) {
    this.ctx = ctx;
    this.chains = chains;
    this.random = random;
  }

  static async create(db: Db, seed: number): Promise<Simulation> {
    const random = seededRandom(seed);
    const startAt = new Date("2026-03-01T12:00:00Z");
    const chains = [0, 1].map((index) => new ScriptedChain(makeNetwork(index), { startAt, random }));
    for (const chain of chains)
      Object.assign(chain.troubles, { unavailable: 0.02, movesInScan: 0.03, listedTwice: 0.1 });
    const ctx = await testContext({ db, chains: chains.map((chain): ChainAdapter => chain.adapter) });
    await seedOrganization(ctx, "https://shop.example/hook");
    return new Simulation(ctx, chains, random);
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  private pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }

  /** One thing that happens, and what a worker makes of it. */
  async step(): Promise<void> {
    await this.somethingHappens();
    await this.work(this.random() < 0.15);
  }

  private async somethingHappens(): Promise<void> {
    const index = this.below(this.chains.length);
    const chain = this.chains[index] as ScriptedChain;
    const what = this.random();
    if (what < 0.08 || this.sessions.length === 0) await this.newSession();
    else if (what < 0.55) this.mine(index);
    else if (what < 0.7) this.reorganise(index);
    else if (what < 0.73) this.comeBack(index);
    else if (what < 0.78) chain.lag = this.below(4);
    else if (what < 0.82) await this.cancel();
    else if (what < 0.92) await this.hint(index);
    else this.ctx.clock.advance(this.below(120_000));
  }

  private async newSession(): Promise<void> {
    const networks = this.random() < 0.3 ? this.chains : [this.chains[this.below(2)] as ScriptedChain];
    const session = await seedSession(this.ctx, {
      networks: networks.map((chain) => chain.network),
      expiresInMs: 60_000 + this.below(3_600_000),
    });
    this.sessions.push(session);
    // Only the newest few are paid, so that there are duplicates and late ones.
    if (this.sessions.length > 8) this.sessions.shift();
  }

  private transferFor(chain: ScriptedChain): Payable | null {
    const session = this.pick(this.sessions);
    const quote = session && this.pick(session.quotes.filter(({ network }) => network === chain.network.slug));
    if (!session || !quote) return null;
    const kind = this.random();
    if (kind < 0.6) return pay(session.uuid, quote);
    return this.wrong(session.uuid, quote, kind);
  }

  private wrong(uuid: string, quote: TestQuote, kind: number): Payable {
    const termsHash = "0xcc" as const;
    if (kind < 0.68) return pay(uuid, quote, { termsHash, amountBase: quote.amountBase - 1n });
    if (kind < 0.76) return pay(uuid, quote, { termsHash, amountBase: quote.amountBase + 1n });
    if (kind < 0.82) return pay(uuid, quote, { termsHash, merchant: "0xThief" });
    if (kind < 0.88) return pay(uuid, quote, { termsHash, token: "0xOther" });
    if (kind < 0.94) return pay(uuid, quote, { merchantReceivedBase: 1n });
    return pay(this.ctx.ids.uuid(), quote);
  }

  private mine(index: number): void {
    const chain = this.chains[index] as ScriptedChain;
    const payables: Payable[] = [];
    for (let count = this.below(4); count > 0; count--) {
      const transfer = this.transferFor(chain);
      if (transfer) payables.push(transfer);
    }
    const again = this.dropped.findIndex((one) => one.chain === chain);
    if (again >= 0 && this.random() < 0.7)
      payables.push(...this.dropped.splice(again, 1).map(({ transfer }) => transfer));
    const waiting = [...chain.mempool.values()];
    if (this.random() < 0.5) payables.push(...waiting);
    this.known[index]?.push(...payables);
    chain.mine(...this.notMined(chain, payables));
  }

  /** A transaction stands on a branch at most once. */
  private notMined(chain: ScriptedChain, payables: readonly Payable[]): Payable[] {
    const mined = new Set(chain.blocks.flatMap((block) => block.transfers.map((one) => one.transactionHash)));
    return [...new Map(payables.map((one) => [one.transactionHash, one])).values()].filter(
      ({ transactionHash }) => !mined.has(transactionHash),
    );
  }

  private reorganise(index: number): void {
    const chain = this.chains[index] as ScriptedChain;
    this.reorganisations += 1;
    this.oldTips[index]?.push(chain.tip.hash);
    const depth = 1 + this.below(4);
    const removed = chain.reorganise(depth);
    for (let count = this.below(depth + 2); count > 0; count--) {
      const again = removed.splice(0, this.below(removed.length + 1));
      chain.mine(...this.notMined(chain, again));
    }
    this.dropped.push(...removed.map((transfer) => ({ chain, transfer })));
    if (chain.blocks.length < 2) chain.mine();
  }

  private comeBack(index: number): void {
    const chain = this.chains[index] as ScriptedChain;
    const hash = this.oldTips[index]?.pop();
    const tip = hash === undefined ? undefined : chain.byHash.get(hash);
    if (tip && tip.number > chain.tip.number - 3) chain.returnTo(tip.hash);
  }

  private async cancel(): Promise<void> {
    const uuid = this.pick(this.sessions)?.uuid ?? "";
    const { db } = this.ctx;
    const from: TransactionStatusName = this.random() < 0.5 ? "created" : "pending";
    await db.transaction((tx) => transition({ ...this.ctx, db: tx }, [{ uuid, from, to: "cancelled" }]));
  }

  private async hint(index: number): Promise<void> {
    const chain = this.chains[index] as ScriptedChain;
    const transfer = this.transferFor(chain) ?? this.pick(this.known[index] ?? []);
    const uuid = this.pick(this.sessions)?.uuid;
    if (!transfer || uuid === undefined) return;
    const fate = this.random();
    if (fate < 0.5) chain.mempool.set(transfer.transactionHash, transfer);
    else if (fate < 0.7) chain.reverted.set(transfer.transactionHash, transfer);
    const { transactionHash } = transfer;
    const named = this.random() < 0.8 ? transfer.uuid : uuid;
    await recordHint(this.ctx, { uuid: named, network: chain.network.slug, transactionHash }).catch(
      (error: unknown) => {
        if (!(error instanceof DomainError)) throw error;
      },
    );
    if (this.random() < 0.3) chain.mempool.delete(transactionHash);
  }

  /** A worker's round, which may be its last. Sometimes both workers go at once. */
  private async work(together: boolean): Promise<void> {
    const workers = together ? WORKERS : [this.pick(WORKERS) as string];
    if (this.random() < 0.05)
      await this.ctx.db.query("update chain_cursor set lease_until = clock_timestamp() - interval '1 second'");
    await Promise.all(workers.map((owner) => this.round(owner)));
  }

  private async round(owner: string): Promise<void> {
    let statements = this.random() < 0.35 ? this.below(60) : Number.POSITIVE_INFINITY;
    const ctx: Context = { ...this.ctx, db: fragile(this.ctx.db, () => statements-- <= 0) };
    try {
      for (const chain of this.chains) await this.roundOn(ctx, chain, owner);
      await expireDue(ctx, 3);
    } catch (error) {
      if (error instanceof Crash) this.crashes += 1;
      else if (!(error instanceof ChainUnavailableError)) throw error;
    }
  }

  private async roundOn(ctx: Context, chain: ScriptedChain, owner: string): Promise<void> {
    const network = chain.network.slug;
    await startScan(ctx, chain.adapter);
    if (!(await acquireLease(ctx, { network, owner, leaseMs: 60_000 }))) return;
    for (let step = 1 + this.below(3); step > 0; step--) {
      await advance(ctx, { network, owner, maxBlocks: 1 + this.below(5) });
      await confirmPayments(ctx, network);
    }
    await checkHints(ctx, network);
  }

  /** Lets everything calm down: every chain read to its end, every payment confirmed. */
  async settle(): Promise<void> {
    await this.ctx.db.query("update chain_cursor set lease_until = clock_timestamp() - interval '1 second'");
    for (const chain of this.chains) {
      Object.assign(chain.troubles, { unavailable: 0, movesInScan: 0 });
      chain.lag = 0;
      for (let count = 0; count < chain.network.confirmations + 1; count++) chain.mine();
      await startScan(this.ctx, chain.adapter);
      await acquireLease(this.ctx, { network: chain.network.slug, owner: "settle", leaseMs: 60_000 });
      for (let step = 0; step < 2_000; step++) {
        const { state } = await advance(this.ctx, { network: chain.network.slug, owner: "settle" });
        await confirmPayments(this.ctx, chain.network.slug);
        if (state === "idle") break;
      }
    }
  }
}

interface PaymentRow {
  readonly key: string;
  readonly network: string;
  readonly session_uuid: string;
  readonly block_number: bigint;
  readonly match: string;
  readonly quoted: boolean;
  readonly pays_session: boolean;
  readonly completed: boolean;
}

/** Everything that must hold at any moment, whatever died or was reorganised. Returns what does not. */
async function violations(simulation: Simulation): Promise<string[]> {
  const { db } = simulation.ctx;
  const rows = await db.query<PaymentRow>(
    `select network || ':' || block_hash || ':' || transaction_hash || ':' || log_index as key, network, session_uuid,
       block_number, match, quote_id is not null as quoted, pays_session, completed_at is not null as completed
     from payment where orphaned_at is null order by network, block_number, id`,
  );
  return [...(await wrongRows(simulation, rows)), ...(await wrongSessions(db, rows)), ...(await wrongDeliveries(db))];
}

/** The rows that count are exactly the transfers of ours on the branch that was read. */
async function wrongRows(simulation: Simulation, rows: readonly PaymentRow[]): Promise<string[]> {
  const { db } = simulation.ctx;
  const found: string[] = [];
  const ours = new Set((await db.query<{ uuid: string }>("select uuid from checkout_session")).map((row) => row.uuid));
  const cursors = await db.query<{ network: string; scanned_number: bigint; scanned_hash: string }>(
    "select * from chain_cursor",
  );
  for (const { network, scanned_hash, scanned_number } of cursors) {
    const chain = simulation.chains.find((one) => one.network.slug === network);
    if (!chain) continue;
    const expected = new Set<string>();
    for (let block = chain.byHash.get(scanned_hash); block; block = chain.byHash.get(block.parentHash)) {
      for (const { uuid, transactionHash, logIndex, blockHash } of block.transfers) {
        if (ours.has(uuid)) expected.add(`${network}:${blockHash}:${transactionHash}:${logIndex}`);
      }
    }
    const actual = rows.filter((row) => row.network === network);
    for (const { key } of actual) if (!expected.delete(key)) found.push(`${key} is stored and not on the branch`);
    for (const key of expected) found.push(`${key} is on the branch and not stored`);
    const needed = BigInt(chain.network.confirmations);
    for (const row of actual) {
      // The cursor goes back only together with what stood above; below, confirmations may be fewer than they were.
      const could = scanned_number + BigInt(chain.network.finalityDepth) - row.block_number + 1n;
      if (row.completed && could < needed) found.push(`${row.key} completed too early`);
    }
  }
  return found;
}

async function wrongSessions(db: Db, rows: readonly PaymentRow[]): Promise<string[]> {
  const found: string[] = [];
  const sessions = await db.query<{ uuid: string; status: string; networks: bigint }>(
    `select s.uuid, s.status, (select count(distinct network) from quote q where q.session_uuid = s.uuid) as networks
     from checkout_session s`,
  );
  const bySession = Map.groupBy(rows, (row) => row.session_uuid);
  for (const { uuid, status, networks } of sessions) {
    const mine = bySession.get(uuid) ?? [];
    const paying = mine.filter((row) => row.pays_session);
    const exact = mine.filter((row) => row.quoted && row.match !== "under");
    if (paying.length !== Math.min(1, exact.length))
      found.push(`${uuid}: ${paying.length} pay of ${exact.length} exact`);
    if (networks === 1n && paying[0] !== exact[0]) found.push(`${uuid}: not the first in chain order pays`);
    const wanted = paying[0] ? (paying[0].completed ? "completed" : "waitingConfirmation") : null;
    const isPaid = status === "completed" || status === "waitingConfirmation";
    if (wanted === null ? isPaid : status !== wanted)
      found.push(`${uuid}: is ${status}, should be ${wanted ?? "unpaid"}`);
    const rest = mine.filter((row) => !row.pays_session && (row.match === "exact" || row.match === "late"));
    if (rest.length > 0) found.push(`${uuid}: ${rest.length} called exact do not pay`);
  }
  return found;
}

/** Each status of a session has one delivery, numbered without gaps, and what it says follows from the one before. */
async function wrongDeliveries(db: Db): Promise<string[]> {
  const found: string[] = [];
  const rows = await db.query<{
    uuid: string;
    status: string;
    status_sequence: number;
    told: [number, string][] | null;
  }>(
    `select s.uuid, s.status, s.status_sequence,
       (select jsonb_agg(jsonb_build_array(d.sequence, d.body::jsonb -> 'status' ->> 'status') order by d.sequence)
        from webhook_delivery d where d.subject_uuid = s.uuid) as told
     from checkout_session s`,
  );
  for (const { uuid, status, status_sequence, told } of rows) {
    const statuses = ["created", ...(told ?? []).map(([, name]) => name)] as TransactionStatusName[];
    if (statuses.length !== status_sequence + 1)
      found.push(`${uuid}: ${status_sequence} statuses, ${statuses.length - 1} told`);
    if ((told ?? []).some(([sequence], index) => sequence !== index + 1)) found.push(`${uuid}: numbered with gaps`);
    if (statuses.at(-1) !== status) found.push(`${uuid}: told ${statuses.at(-1)} last, is ${status}`);
    for (const [index, to] of statuses.entries()) {
      const from = statuses[index - 1];
      if (from !== undefined && !mayChange(from, to)) found.push(`${uuid}: told ${to} after ${from}`);
    }
  }
  return found;
}

/** Plays `steps` steps and looks at everything after each of them, and once more when all has calmed down. */
export async function simulate(
  db: Db,
  { seed, steps }: { readonly seed: number; readonly steps: number },
): Promise<Simulation> {
  const simulation = await Simulation.create(db, seed);
  for (let step = 1; step <= steps; step++) {
    await simulation.step();
    expect(await violations(simulation), `step ${step} of seed ${seed}`).toEqual([]);
  }
  await simulation.settle();
  expect(await violations(simulation), `seed ${seed}, settled`).toEqual([]);
  return simulation;
}
