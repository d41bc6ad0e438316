import type { ChainAdapter, ChainSender } from "@qbitflow/chains";
import type { Db, Queryable } from "@qbitflow/db";
import { type DbKind, type TestContext, testDb } from "@qbitflow/testkit";
import { expect } from "vitest";
import { enqueueCalls, relayCalls, runSender } from "./index.ts";
import { mintCall, type RelayChain, timesMined } from "./relay-chain.testing.ts";

/**
 * A process that is killed at its n-th step: from then on nothing it does has any effect. Each statement, each commit and
 * each question to the chain is two steps, before it and after it.
 */
class Fuse {
  readonly dead = new AbortController();
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  step(): void {
    if (this.#left === 0) this.dead.abort();
    this.#left -= 1;
    if (this.dead.signal.aborted) throw new Error("This process was killed.");
  }

  async around<T>(work: () => Promise<T>): Promise<T> {
    this.step();
    const result = await work();
    this.step();
    return result;
  }

  queryable(inner: Queryable): Queryable {
    const handle: Queryable = {
      query: (sql, params, options) => this.around(() => inner.query(sql, params, options)),
      script: (sql) => this.around(() => inner.script(sql)),
      // Killed before the commit: the database undoes all of it, as it does for a connection that is gone.
      transaction: (work) => this.around(() => inner.transaction((tx) => work(this.queryable(tx)))),
    };
    return handle;
  }

  db(inner: Db): Db {
    return { ...inner, ...this.queryable(inner), kind: inner.kind };
  }

  sender(inner: ChainSender): ChainSender {
    const entries = Object.entries(inner).map(([name, method]) => [
      name,
      typeof method === "function"
        ? (...args: unknown[]) => this.around(() => (method as (...all: unknown[]) => Promise<unknown>)(...args))
        : method,
    ]);
    return Object.fromEntries(entries) as ChainSender;
  }
}

export interface Scenario {
  readonly name: string;
  /** When what is in no block is replaced, and how often there is a block. */
  readonly stuckMs: number;
  readonly blockMs: number;
}

export const scenarios: readonly Scenario[] = [
  { name: "sent at once", stuckMs: 60_000, blockMs: 20 },
  { name: "replaced again and again", stuckMs: 5, blockMs: 60 },
];

interface Killing extends Scenario {
  readonly chain: RelayChain;
  readonly ctx: TestContext;
  readonly adapter: ChainAdapter;
}

/** Replaces the sender's process at step `steps`, then lets a second one finish; answers whether the first one was killed. */
async function killedAt({ chain, ctx, adapter, stuckMs }: Killing, steps: number): Promise<boolean> {
  const calls = [mintCall(ctx), mintCall(ctx)];
  await enqueueCalls(ctx, calls);
  const uuids = calls.map(({ uuid }) => uuid);
  const isDone = async () => [...(await relayCalls(ctx, uuids)).values()].every(({ state }) => state === "mined");
  const options = { network: chain.slug, pollMs: 5, leaseMs: 60, stuckMs };

  const fuse = new Fuse(steps);
  const sender = adapter.sender && fuse.sender(adapter.sender);
  const dying = { ...ctx, db: fuse.db(ctx.db), chains: new Map([[chain.slug, { ...adapter, sender }]]) };
  const finished = new AbortController();
  const signal = AbortSignal.any([fuse.dead.signal, finished.signal]);
  const first = runSender(dying, { ...options, signal });
  for (let done = false; !done && !fuse.dead.signal.aborted; done = await isDone()) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const wasKilled = fuse.dead.signal.aborted;
  finished.abort();
  await first;

  const ending = new AbortController();
  const second = runSender(ctx, { ...options, signal: ending.signal });
  await expect.poll(isDone, { timeout: 15_000, interval: 5 }).toBe(true);
  ending.abort();
  await second;
  for (const { receiver } of calls) expect(await timesMined(chain, receiver), `killed at step ${steps}`).toBe(1n);
  return wasKilled;
}

/** No run takes more steps. */
const MOST_STEPS = 400;

/**
 * Kills the sender at every `every`th step that a run has, each time with two new calls, and checks at the end that every
 * call was mined once and the nonces have no gap. Answers how many kills there were.
 */
export async function killEverywhere(
  chain: RelayChain,
  { scenario, kind, every }: { readonly scenario: Scenario; readonly kind: DbKind; readonly every: number },
): Promise<number> {
  const { ctx, address, close } = await chain.open(await testDb(kind));
  const [adapter] = ctx.chains.values();
  if (!adapter) throw new Error("There is a chain.");
  const stopMining = await chain.mineEvery(scenario.blockMs);
  let rounds = 0;
  for (let steps = 0; steps < MOST_STEPS; steps += every) {
    rounds += 1;
    // It finished before its time came: every step had its turn.
    if (!(await killedAt({ ...scenario, chain, ctx, adapter }, steps))) break;
  }
  await stopMining();
  const nonces = await ctx.db.query<{ nonce: bigint }>("select nonce from relay_nonce order by nonce");
  expect(nonces.map(({ nonce }) => Number(nonce))).toEqual(Array.from({ length: rounds * 2 }, (_, nonce) => nonce));
  expect(await chain.publicClient.getTransactionCount({ address })).toBe(rounds * 2);
  await close();
  await ctx.db.close();
  return rounds - 1;
}
