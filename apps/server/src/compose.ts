import { randomBytes } from "node:crypto";
import { join } from "node:path";
import {
  CHECKOUT_VERSION,
  type ChainAdapter,
  createAdapter,
  loadNetworks,
  type NetworkOverride,
  SUBSCRIPTIONS_VERSION,
} from "@qbitflow/chains";
import {
  createCache,
  createTestClock,
  loadClock,
  type ServiceContext,
  syncCurrencies,
  type TestClock,
} from "@qbitflow/core";
import { type Db, migrate, openDb } from "@qbitflow/db";
import type { Logger } from "pino";
import { type Config, ConfigError } from "./config.ts";
import { createIds } from "./ids.ts";
import { walletOf } from "./local/wallets.ts";
import { readIfThere, writePrivateFile } from "./private-file.ts";
import { createConfiguredRates } from "./rates.ts";
import { createSecretBox } from "./secret-box.ts";
import { wallClock } from "./wall-clock.ts";

const LOCAL_NETWORK = "local";

export interface Composed {
  readonly core: ServiceContext;
  /** Behind core.clock, in the local default. */
  readonly testClock: TestClock | undefined;
  /** Base of links, which is known only once the port is. */
  setPublicUrl(url: string): void;
  close(): Promise<void>;
}

export interface ComposeOptions {
  readonly config: Config;
  readonly log: Logger;
  /** Where the local chain answers; only in the local default. The database opens while it starts. */
  readonly localRpcUrl?: string | Promise<string>;
  /** False where only the database is wanted: currencies are what the server's networks list. True unless said. */
  readonly syncCurrencies?: boolean;
}

/** Opens the database, brings it up to date, and builds the context that all verbs of core get. */
export async function compose(options: ComposeOptions): Promise<Composed> {
  const { config, log } = options;
  requireKnownNetworks(config);
  const db = await openDatabase(config);
  try {
    await migrate(db);
    const testClock = config.local ? createTestClock(wallClock) : undefined;
    if (testClock !== undefined) await loadClock(db, testClock);
    const chains = openChains(config, await options.localRpcUrl);
    const policy = {
      publicUrl: config.publicUrl,
      quoteMs: config.quoteMs,
      twoSourceThresholdMicros: config.twoSourceThresholdMicros,
      allowPrivateWebhooks: config.allowPrivateWebhooks,
      webhookTimeoutMs: config.webhookTimeoutMs,
      maxWebhooksPerOrigin: config.maxWebhooksPerOrigin,
      maxExecutionFeeMicros: config.maxExecutionFeeMicros,
      dustLimitMicros: config.dustLimitMicros,
      takesRelayFee: config.takesRelayFee,
      maxGasPriceBase: config.maxGasPriceBase,
    };
    const core: ServiceContext = {
      db,
      clock: testClock ?? wallClock,
      ids: createIds(),
      // Age of what is remembered, and of prices, is a matter of this machine: a moved clock makes nothing stale.
      cache: createCache(wallClock),
      log,
      secrets: createSecretBox(config.secretKey ?? (await keptSecretKey(config.dataDir))),
      rates: createConfiguredRates(config, wallClock),
      chains,
      policy,
    };
    if (options.syncCurrencies !== false) await syncCurrencies(core);
    return {
      core,
      testClock,
      setPublicUrl: (url) => {
        policy.publicUrl = url;
      },
      close: async () => {
        await Promise.allSettled([...chains.values()].map((adapter) => adapter.close()));
        await db.close();
      },
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}

export function openDatabase(config: Config): Promise<Db> {
  if (config.databaseUrl === undefined) return openDb({ dataDir: join(config.dataDir, "db") });
  return openDb({ url: config.databaseUrl, maxConnections: config.databaseConnections });
}

/** The key made at the first start of a server that was given none. @throws ConfigError for one that was damaged: a new one would open nothing */
async function keptSecretKey(dataDir: string): Promise<Uint8Array> {
  const path = join(dataDir, "secret.key");
  const kept = (await readIfThere(path))?.trim();
  if (kept !== undefined) {
    if (/^[0-9a-f]{64}$/i.test(kept)) return Buffer.from(kept, "hex");
    throw new ConfigError(
      `${path} does not hold a key any more. Bring it back from a backup: what is sealed with it, such as webhook secrets, opens with no other.`,
    );
  }
  const key = randomBytes(32);
  await writePrivateFile(path, `${key.toString("hex")}\n`);
  return key;
}

/** What the configuration says beyond the network files. */
export function networkOverrides(config: Config, localRpcUrl?: string): Record<string, NetworkOverride> {
  const overrides: Record<string, NetworkOverride> = {};
  for (const { slug, rpcUrls, checkoutContract, subscriptionContract, executorRegistry } of config.networks) {
    overrides[slug] = {
      rpcUrls,
      ...(checkoutContract !== undefined && {
        checkoutContracts: [{ version: CHECKOUT_VERSION, ...checkoutContract }],
      }),
      ...(subscriptionContract !== undefined && {
        subscriptionContracts: [{ version: SUBSCRIPTIONS_VERSION, ...subscriptionContract }],
      }),
      ...(executorRegistry !== undefined && { executorRegistry }),
    };
  }
  if (localRpcUrl !== undefined) overrides[LOCAL_NETWORK] = { rpcUrls: [localRpcUrl] };
  for (const [slug, confirmations] of config.confirmations) overrides[slug] = { ...overrides[slug], confirmations };
  return overrides;
}

/** @throws ConfigError */
export function requireKnownNetworks(config: Config): void {
  const known = loadNetworks().map(({ network }) => network.slug);
  for (const { slug } of config.networks) {
    if (slug === LOCAL_NETWORK) {
      throw new ConfigError("NETWORKS names local: leave NETWORKS out to run the local chain.");
    }
    if (!known.includes(slug)) {
      throw new ConfigError(`NETWORKS names "${slug}": there is no such network. There are ${known.join(", ")}.`);
    }
  }
}

/** The configured networks that can be read. */
export function openChains(config: Config, localRpcUrl: string | undefined): Map<string, ChainAdapter> {
  const configured = loadNetworks(networkOverrides(config, localRpcUrl)).filter(({ rpcUrls }) => rpcUrls.length > 0);
  const adapters = configured.map(({ network, rpcUrls }) => {
    const senderKey = config.relayKeys.get(network.slug) ?? (network.local ? walletOf("relay").privateKey : undefined);
    return createAdapter({ network, rpcUrls, ...(senderKey !== undefined && { senderKey }) });
  });
  return new Map(adapters.map((adapter) => [adapter.network.slug, adapter]));
}
