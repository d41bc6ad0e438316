import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ChainAdapter, loadNetworks } from "@qbitflow/chains";
import type { ServiceContext } from "@qbitflow/core";
import { askServer } from "../admin/ask-server.ts";
import { compose, networkOverrides, openChains, openDatabase, requireKnownNetworks } from "../compose.ts";
import type { Config } from "../config.ts";
import { liveBlockersOf } from "../live-gate.ts";
import type { DevFile } from "../local/dev-file.ts";
import { createLogger } from "../logger.ts";
import { createConfiguredRates, createConfiguredSources } from "../rates.ts";
import { wallClock } from "../wall-clock.ts";
import { checkReading, checkSecrets, checkWebhooks } from "./books.ts";
import { type Check, look, ok, warning } from "./check.ts";
import { checkDatabase } from "./database.ts";
import { checkClock, checkContracts, checkEndpoints, checkRelay, type ReadNetwork } from "./network.ts";
import { checkPrices } from "./prices.ts";
import { checkPublicUrl } from "./public-url.ts";

/** What is looked at. */
export interface Subject {
  readonly config: Config;
  readonly publicUrl: string;
  readonly chains: ReadonlyMap<string, ChainAdapter>;
  /** Where the local chain answers, while it runs. */
  readonly localRpcUrl: string | undefined;
  /** Undefined where the database cannot be worked with. */
  readonly core: ServiceContext | undefined;
}

const noServer = warning(
  "server",
  "none runs on this data directory",
  "Start one with `qbitflow start`: what it alone has is looked at through it.",
);
const otherServer = warning("server", "the running one is of another version", "Start it again with this version.");

/**
 * Looks at everything a server needs: through the running server where it alone has the database, else from here.
 * @throws ConfigError for an unknown network
 */
export async function diagnose(config: Config): Promise<readonly Check[]> {
  requireKnownNetworks(config);
  if (config.databaseUrl !== undefined) return diagnoseHere(config);
  const answer = await askServer(config.dataDir, { command: "doctor", input: {} });
  if (answer?.status === 200) return (answer.body as { items: Check[] }).items;
  const server = answer === undefined ? noServer : otherServer;
  const chains = openChains(config, undefined);
  try {
    return [
      server,
      ...(await examine({ config, publicUrl: config.publicUrl, chains, localRpcUrl: undefined, core: undefined })),
    ];
  } finally {
    await closeAll(chains);
  }
}

/** PostgreSQL lets this process in beside the server. */
async function diagnoseHere(config: Config): Promise<readonly Check[]> {
  const opening = openDatabase(config);
  const database = await look("database", async () => [await checkDatabase(opening, config)]);
  // One that does not come now is closed when it comes.
  const closed = opening.then((db) => db.close()).catch(() => undefined);
  const running = config.local ? await runningDefault(config.dataDir) : undefined;
  const localRpcUrl = running?.chain.rpcUrl;
  const isFine = database.every(({ state }) => state === "ok");
  // With no migration pending, composing changes nothing.
  const composed = isFine
    ? await compose({
        config,
        log: createLogger("silent"),
        syncCurrencies: false,
        ...(localRpcUrl !== undefined && { localRpcUrl }),
      })
    : undefined;
  const chains = composed?.core.chains ?? openChains(config, localRpcUrl);
  try {
    const publicUrl = running?.checkoutUrl ?? config.publicUrl;
    const rest = await examine({ config, publicUrl, chains, localRpcUrl, core: composed?.core });
    return [...(config.local && running === undefined ? [noServer] : []), ...database, ...rest];
  } finally {
    await closeAll(chains);
    await composed?.close();
    if (isFine) await closed;
  }
}

/** As the server sees itself, database included. */
export async function diagnoseServer(subject: Subject & { readonly core: ServiceContext }): Promise<readonly Check[]> {
  const database = await look("database", async () => [
    await checkDatabase(Promise.resolve(subject.core.db), subject.config),
  ]);
  return [ok("server", "it runs on this data directory"), ...database, ...(await examine(subject))];
}

async function examine(subject: Subject): Promise<readonly Check[]> {
  const { config, publicUrl, core, chains, localRpcUrl } = subject;
  const networks = loadNetworks(networkOverrides(config, localRpcUrl)).flatMap(
    ({ network, rpcUrls }): ReadNetwork[] => {
      const adapter = chains.get(network.slug);
      return adapter === undefined || rpcUrls.length === 0 ? [] : [{ network, rpcUrls, adapter }];
    },
  );
  const sources = createConfiguredSources(config, wallClock);
  const rates = createConfiguredRates(config, wallClock);
  const symbols = symbolsOf(chains);
  const looked = await Promise.all([
    look("PUBLIC_URL", () => checkPublicUrl(publicUrl)),
    look("live keys", async () => [liveCheck(config, rates.fixed)]),
    ...(core === undefined
      ? []
      : [
          look("webhook secrets", () => checkSecrets(core)),
          look("webhooks", () => checkWebhooks(core)),
          look("reading", () => checkReading(core)),
        ]),
    look("RPC endpoints", () => checkNetworks(networks)),
    ...networks.flatMap((read) => [
      look(`${read.network.slug} contracts`, () => checkContracts(read)),
      look(`${read.network.slug} relay`, () => checkRelay(read)),
    ]),
    ...(symbols.length === 0 ? [] : [look("prices", () => checkPrices({ sources, rates, symbols }))]),
  ]);
  return looked.flat();
}

async function checkNetworks(networks: readonly ReadNetwork[]): Promise<readonly Check[]> {
  const nowMs = wallClock.now().getTime();
  // The local chain has a block only when somebody pays, and its time may be moved.
  const each = await Promise.all(networks.map((read) => checkEndpoints(read, read.network.local ? null : nowMs)));
  const real = networks.some(({ network }) => network.local) ? null : nowMs;
  return [
    ...each.flatMap(({ checks }) => checks),
    ...checkClock(
      each.flatMap(({ states }) => states),
      real,
    ),
  ];
}

function liveCheck(config: Config, fixedPrices: boolean): Check {
  const reasons = liveBlockersOf(config, { fixedPrices });
  if (reasons.length === 0) return ok("live keys", "they are served");
  if (config.local) return ok("live keys", "they are refused, as it should be in the local default");
  return warning("live keys", `they are refused: ${reasons.join("; ")}`, "Change what is named before going live.");
}

function symbolsOf(chains: Subject["chains"]): string[] {
  const all = [...chains.values()].flatMap(({ network }) => [network.nativeCurrency, ...network.tokens]);
  return [...new Set(all.map(({ priceSymbol }) => priceSymbol))].sort();
}

/** What the local default of a data directory says of itself; undefined while none runs. */
async function runningDefault(dataDir: string): Promise<Pick<DevFile, "chain" | "checkoutUrl"> | undefined> {
  try {
    return JSON.parse(await readFile(join(dataDir, "dev.json"), "utf8"));
  } catch {
    return undefined;
  }
}

async function closeAll(chains: Subject["chains"]): Promise<void> {
  await Promise.allSettled([...chains.values()].map((adapter) => adapter.close()));
}
