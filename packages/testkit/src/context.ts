import { createHmac } from "node:crypto";
import type { ChainAdapter } from "@qbitflow/chains";
import { type Context, createCache, type Policy, syncCurrencies } from "@qbitflow/core";
import type { Db } from "@qbitflow/db";
import { createFixedRates, type Rates } from "@qbitflow/rates";
import { type FakeClock, fakeClock } from "./clock.ts";
import { seededIds } from "./ids.ts";
import { silentLog } from "./log.ts";
import { liveNetwork, testNetwork } from "./network.ts";
import { stillChain } from "./still-chain.ts";
import { type DbKind, testDb } from "./test-db.ts";

export interface TestContext extends Context {
  readonly db: Db;
  readonly clock: FakeClock;
  close(): Promise<void>;
}

export interface TestContextOptions {
  readonly kind?: DbKind;
  /** An open, migrated database; closing it stays the caller's affair. */
  readonly db?: Db;
  readonly clock?: FakeClock;
  readonly chains?: readonly ChainAdapter[];
  readonly rates?: Rates;
  readonly policy?: Partial<Policy>;
}

const POLICY: Policy = {
  publicUrl: "https://pay.test",
  quoteMs: 15 * 60_000,
  twoSourceThresholdMicros: 10_000_000_000n,
  allowPrivateWebhooks: true,
  webhookTimeoutMs: 2_000,
  maxWebhooksPerOrigin: 4,
  maxExecutionFeeMicros: 0n,
  dustLimitMicros: 1_000_000n,
  takesRelayFee: true,
  maxGasPriceBase: 500_000_000_000n,
};

/** A context on a database of its own, with a test and a live network that nobody mines, unless chains are given. */
export async function testContext(options: TestContextOptions = {}): Promise<TestContext> {
  const db = options.db ?? (await testDb(options.kind));
  const clock = options.clock ?? fakeClock();
  const chains = options.chains ?? [stillChain(testNetwork), stillChain(liveNetwork)];
  const ctx: TestContext = {
    db,
    clock,
    ids: seededIds(clock),
    cache: createCache(clock),
    log: silentLog,
    secrets: {
      seal: (text) => Buffer.from(text).reverse(),
      open: (sealed) => Buffer.from(sealed).reverse().toString(),
      mac: (text) => createHmac("sha256", "test").update(text).digest("base64url"),
    },
    rates: options.rates ?? createFixedRates(clock),
    chains: new Map(chains.map((chain) => [chain.network.slug, chain])),
    policy: { ...POLICY, ...options.policy },
    close: () => (options.db ? Promise.resolve() : db.close()),
  };
  await syncCurrencies(ctx);
  return ctx;
}
