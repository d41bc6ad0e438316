import { isIP } from "node:net";
import { resolve } from "node:path";
import { parseDecimal, parseUsdText } from "@qbitflow/money";

export type Role = "all" | "api" | "worker" | "watcher";
const roles: readonly Role[] = ["all", "api", "worker", "watcher"];
const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];
const rateSourceNames = ["coinbase", "kraken", "binance", "chainlink", "fixed"] as const;
export type RateSourceName = (typeof rateSourceNames)[number];

export interface NetworkConfig {
  readonly slug: string;
  readonly rpcUrls: readonly string[];
  /** Where our contract lives on this network, when its network file does not say. */
  readonly checkoutContract?: { readonly address: string; readonly fromBlock: number };
  readonly subscriptionContract?: { readonly address: string; readonly fromBlock: number };
  readonly executorRegistry?: string;
}

/** What the operator decided. Parsed once, checked, frozen; nothing else reads the environment. */
export interface Config {
  readonly port: number;
  /** Addresses to listen on; `localhost` means both loopback addresses. */
  readonly host: string;
  readonly role: Role;
  readonly dataDir: string;
  /** PostgreSQL; without it PGlite in the data directory. */
  readonly databaseUrl?: string;
  readonly databaseConnections: number;
  /** No networks named: this machine starts its own chain, with fixed prices and a seeded organization. */
  readonly local: boolean;
  /** How far apart the local chain's blocks are while somebody waits for confirmations. */
  readonly localBlockMs: number;
  readonly networks: readonly NetworkConfig[];
  /** By slug; overrides the network file. */
  readonly confirmations: ReadonlyMap<string, number>;
  /** Base of links, no trailing slash. */
  readonly publicUrl: string;
  /** Addresses and CIDR blocks whose X-Forwarded-For is believed. */
  readonly trustProxy: readonly string[];
  /** 32 bytes that seal webhook secrets; undefined: one is made and kept in the data directory, which is not safe for live. */
  readonly secretKey?: Uint8Array;
  readonly rateSources: readonly RateSourceName[];
  readonly fixedPrices: Readonly<Record<string, string>>;
  readonly chainlinkRpcUrl?: string;
  readonly walletConnectProjectId?: string;
  /** Requests a minute. */
  readonly rateLimitPerKey: number;
  readonly rateLimitPerAddress: number;
  readonly quoteMs: number;
  readonly twoSourceThresholdMicros: bigint;
  /** Most a charge may add for its own gas; 0 = the operator pays for sending. */
  readonly maxExecutionFeeMicros: bigint;
  /** A bill below it is carried to the next period. */
  readonly dustLimitMicros: bigint;
  /** By network slug: the private key that sends charges and gasless payments. Never printed. */
  readonly relayKeys: ReadonlyMap<string, `0x${string}`>;
  /** A gasless payment's gas is paid by the customer, in the token; else by the operator. */
  readonly takesRelayFee: boolean;
  /** Most that is offered for one unit of gas, in base units of the native coin. */
  readonly maxGasPriceBase: bigint;
  readonly allowPrivateWebhooks: boolean;
  readonly webhookTimeoutMs: number;
  readonly maxWebhooksPerOrigin: number;
  /** Who sends it may read /metrics; undefined: nobody outside the local default. */
  readonly metricsToken?: string;
  readonly logLevel: LogLevel;
}

/** The configuration cannot be used; the message names every value that is wrong, one sentence each. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads values and collects what is wrong with them, so that one start tells all of it. */
class Reader {
  readonly problems: string[] = [];
  readonly #env: Environment;

  constructor(env: Environment) {
    this.#env = env;
  }

  text(name: string): string | undefined {
    const value = this.#env[name]?.trim();
    return value === undefined || value === "" ? undefined : value;
  }

  list(name: string): string[] {
    const items = (this.text(name) ?? "").split(",").map((item) => item.trim());
    return items.filter((item) => item !== "");
  }

  integer(name: string, rule: { fallback: number; min: number; max: number }): number {
    const text = this.text(name);
    if (text === undefined) return rule.fallback;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= rule.min && value <= rule.max) return value;
    this.problems.push(`${name} is "${text}": it must be a whole number from ${rule.min} to ${rule.max}.`);
    return rule.fallback;
  }

  choice<T extends string>(name: string, choices: readonly T[], fallback: T): T {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const found = choices.find((choice) => choice === text);
    if (found === undefined) this.problems.push(`${name} is "${text}": it must be one of ${choices.join(", ")}.`);
    return found ?? fallback;
  }

  flag(name: string, fallback: boolean): boolean {
    return this.choice(name, ["true", "false"], fallback ? "true" : "false") === "true";
  }

  url(name: string, protocols: readonly string[]): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (isUrl(text, protocols)) return text.replace(/\/+$/, "");
    this.problems.push(`${name} must be an absolute URL that begins with ${protocols.join("// or ")}//.`);
    return undefined;
  }
}

function isUrl(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.some((protocol) => text.toLowerCase().startsWith(`${protocol}//`));
}

/** Links are this text and a path. */
function isBase(text: string): boolean {
  const { username, password } = new URL(text);
  return !/[?#\s]/.test(text) && username === "" && password === "";
}

/**
 * The configuration the environment asks for.
 * @throws ConfigError naming every value that is wrong
 */
export function readConfig(env: Environment): Config {
  const read = new Reader(env);
  const networks = readNetworks(read);
  const local = networks.length === 0;
  const port = read.integer("PORT", { fallback: 3000, min: 0, max: 65535 });
  const publicUrl = read.url("PUBLIC_URL", ["http:", "https:"]);
  if (!local && read.text("PUBLIC_URL") === undefined) {
    read.problems.push(
      "PUBLIC_URL is missing: say under which URL customers reach this server, such as https://pay.example.com.",
    );
  }
  if (publicUrl !== undefined && !isBase(publicUrl)) {
    read.problems.push(
      "PUBLIC_URL must be the beginning of links, such as https://pay.example.com: without user, query and fragment.",
    );
  }
  const databaseUrl = read.url("DATABASE_URL", ["postgres:", "postgresql:"]);
  const role = read.choice("ROLE", roles, "all");
  if (role !== "all" && databaseUrl === undefined) {
    read.problems.push(
      `ROLE is "${role}", which needs DATABASE_URL: the embedded database serves one process only, with ROLE all.`,
    );
  }
  if (role !== "all" && local) {
    read.problems.push(
      `ROLE is "${role}", which needs NETWORKS: the local chain belongs to one process with ROLE all.`,
    );
  }
  const config: Config = {
    port,
    host: read.text("HOST") ?? (local ? "localhost" : "0.0.0.0"),
    role,
    dataDir: resolve(read.text("QBITFLOW_DATA_DIR") ?? ".data"),
    ...optional("databaseUrl", databaseUrl),
    databaseConnections: read.integer("DATABASE_CONNECTIONS", { fallback: 10, min: 1, max: 200 }),
    local,
    localBlockMs: read.integer("LOCAL_BLOCK_MS", { fallback: 1_000, min: 50, max: 60_000 }),
    networks,
    confirmations: readConfirmations(read, local ? ["local"] : networks.map((network) => network.slug)),
    publicUrl: publicUrl ?? `http://localhost:${port}`,
    trustProxy: readProxies(read),
    ...optional("secretKey", readSecretKey(read)),
    ...readRates(read, { local, env }),
    ...optional("walletConnectProjectId", read.text("WALLETCONNECT_PROJECT_ID")),
    rateLimitPerKey: read.integer("RATE_LIMIT_PER_KEY", { fallback: 3000, min: 1, max: 100_000_000 }),
    rateLimitPerAddress: read.integer("RATE_LIMIT_PER_ADDRESS", { fallback: 600, min: 1, max: 100_000_000 }),
    quoteMs: read.integer("QUOTE_MINUTES", { fallback: 15, min: 1, max: 60 }) * 60_000,
    twoSourceThresholdMicros: readUsd(read, "TWO_SOURCE_THRESHOLD_USD", "1000"),
    maxExecutionFeeMicros: readUsd(read, "MAX_EXECUTION_FEE_USD", "0"),
    dustLimitMicros: readUsd(read, "DUST_LIMIT_USD", "1"),
    relayKeys: readRelayKeys(read, local ? ["local"] : networks.map((network) => network.slug)),
    takesRelayFee: read.choice("RELAY_FEE", ["on", "off"], "on") === "on",
    maxGasPriceBase: readGwei(read, "MAX_GAS_PRICE_GWEI", "500"),
    allowPrivateWebhooks: read.flag("ALLOW_PRIVATE_WEBHOOKS", local),
    webhookTimeoutMs: read.integer("WEBHOOK_TIMEOUT_SECONDS", { fallback: 10, min: 1, max: 60 }) * 1000,
    maxWebhooksPerOrigin: read.integer("MAX_WEBHOOKS_PER_ORIGIN", { fallback: 8, min: 1, max: 100 }),
    ...optional("metricsToken", readMetricsToken(read)),
    logLevel: read.choice("LOG_LEVEL", logLevels, "info"),
  };
  if (read.problems.length > 0) throw new ConfigError(read.problems.join("\n"));
  return Object.freeze(config);
}

function optional<K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { [P in K]?: V };
}

/** `base-sepolia` → `BASE_SEPOLIA`, as in RPC_URL_BASE_SEPOLIA. */
function variableSuffix(slug: string): string {
  return slug.toUpperCase().replaceAll("-", "_");
}

function readNetworks(read: Reader): NetworkConfig[] {
  const slugs = [...new Set(read.list("NETWORKS"))];
  return slugs.map((slug) => {
    const variable = `RPC_URL_${variableSuffix(slug)}`;
    const rpcUrls = read.list(variable);
    if (!/^[a-z0-9-]+$/.test(slug)) read.problems.push(`NETWORKS names "${slug}", which is not a network's name.`);
    if (rpcUrls.length === 0) {
      read.problems.push(
        `${variable} is missing: name at least one RPC URL for ${slug}; two or more, by commas, survive one that fails.`,
      );
    }
    // The value itself stays out of the sentence: such URLs carry keys.
    if (!rpcUrls.every((url) => isUrl(url, ["http:", "https:"]))) {
      read.problems.push(`${variable} holds something that is not an http or https URL.`);
    }
    return {
      slug,
      rpcUrls,
      ...optional("checkoutContract", readContract(read, `CHECKOUT_CONTRACT_${variableSuffix(slug)}`)),
      ...optional("subscriptionContract", readContract(read, `SUBSCRIPTION_CONTRACT_${variableSuffix(slug)}`)),
      ...optional("executorRegistry", readRegistry(read, `EXECUTOR_REGISTRY_${variableSuffix(slug)}`)),
    };
  });
}

function readRegistry(read: Reader, name: string): string | undefined {
  const text = read.text(name);
  if (text === undefined || /^0x[0-9a-fA-F]{40}$/.test(text)) return text;
  read.problems.push(`${name} is "${text}": it must be the registry's address.`);
  return undefined;
}

function readContract(read: Reader, name: string): NetworkConfig["checkoutContract"] {
  const text = read.text(name);
  if (text === undefined) return undefined;
  const match = /^(0x[0-9a-fA-F]{40})@(\d{1,15})$/.exec(text);
  if (match?.[1] !== undefined) return { address: match[1], fromBlock: Number(match[2]) };
  read.problems.push(`${name} is "${text}": it must be <address>@<block it was deployed in>.`);
  return undefined;
}

function readConfirmations(read: Reader, slugs: readonly string[]): ReadonlyMap<string, number> {
  const overrides = new Map<string, number>();
  for (const slug of slugs) {
    const value = read.integer(`CONFIRMATIONS_${variableSuffix(slug)}`, { fallback: 0, min: 1, max: 10_000 });
    if (value > 0) overrides.set(slug, value);
  }
  return overrides;
}

/** One key for all networks, or one of its own for a network. A wrong value stays out of the sentence. */
function readRelayKeys(read: Reader, slugs: readonly string[]): Config["relayKeys"] {
  const keyIn = (name: string) => {
    const text = read.text(name);
    if (text === undefined || /^0x[0-9a-fA-F]{64}$/.test(text)) return text as `0x${string}` | undefined;
    read.problems.push(`${name} must be a private key: 0x and 64 hexadecimal digits.`);
    return undefined;
  };
  const forAll = keyIn("RELAY_KEY");
  const keys = slugs.map((slug) => [slug, keyIn(`RELAY_KEY_${variableSuffix(slug)}`) ?? forAll] as const);
  return new Map(keys.filter((entry): entry is [string, `0x${string}`] => entry[1] !== undefined));
}

const GWEI_DECIMALS = 9;

function readGwei(read: Reader, name: string, fallback: string): bigint {
  const text = read.text(name) ?? fallback;
  if (isPrice(text)) {
    try {
      return parseDecimal(text, GWEI_DECIMALS);
    } catch {
      // More decimals than there are; said below.
    }
  }
  read.problems.push(`${name} is "${text}": it must be a number of gwei above 0, such as ${fallback}.`);
  return 0n;
}

function readProxies(read: Reader): string[] {
  return read.list("TRUST_PROXY").filter((entry) => {
    const [address = "", bits, ...rest] = entry.split("/");
    const family = isIP(address);
    const bitsFit = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
    if (family !== 0 && bitsFit && rest.length === 0) return true;
    read.problems.push(`TRUST_PROXY names "${entry}": name each proxy by its IP address or CIDR block.`);
    return false;
  });
}

function readSecretKey(read: Reader): Uint8Array | undefined {
  const text = read.text("SECRET_KEY");
  if (text === undefined) return undefined;
  const bytes = /^[0-9a-fA-F]{64}$/.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
  if (bytes.length === 32) return new Uint8Array(bytes);
  read.problems.push("SECRET_KEY must be 32 random bytes as hex or base64: `openssl rand -hex 32` makes one.");
  return undefined;
}

const SHORTEST_TOKEN = 16;

/** A wrong value stays out of the sentence. */
function readMetricsToken(read: Reader): string | undefined {
  const text = read.text("METRICS_TOKEN");
  if (text !== undefined && !/^[\x21-\x7e]+$/.test(text))
    read.problems.push("METRICS_TOKEN must be letters, digits and signs without spaces, as it travels in a header.");
  if (text !== undefined && text.length < SHORTEST_TOKEN)
    read.problems.push(`METRICS_TOKEN is too short to be a secret: ${SHORTEST_TOKEN} characters at least.`);
  return text;
}

function readRates(
  read: Reader,
  { local, env }: { local: boolean; env: Environment },
): Pick<Config, "rateSources" | "fixedPrices" | "chainlinkRpcUrl"> {
  const names = read.list("RATES");
  const rateSources = names.filter((name): name is RateSourceName => {
    const known = rateSourceNames.some((source) => source === name);
    if (!known) read.problems.push(`RATES names "${name}": it must be of ${rateSourceNames.join(", ")}.`);
    return known;
  });
  const fixedPrices: Record<string, string> = {};
  for (const [variable, price] of Object.entries(env)) {
    if (!variable.startsWith("PRICE_FIXED_") || price === undefined || price.trim() === "") continue;
    if (isPrice(price.trim())) fixedPrices[variable.slice("PRICE_FIXED_".length)] = price.trim();
    else read.problems.push(`${variable} is "${price}": it must be a price in USD above 0, such as 3000.50.`);
  }
  const chainlinkRpcUrl = read.url("CHAINLINK_RPC_URL", ["http:", "https:"]) ?? read.list("RPC_URL_ETHEREUM")[0];
  if (rateSources.includes("chainlink") && chainlinkRpcUrl === undefined) {
    read.problems.push(
      "RATES names chainlink, which needs CHAINLINK_RPC_URL (or RPC_URL_ETHEREUM): the feeds are read on Ethereum.",
    );
  }
  const fallback: readonly RateSourceName[] = local ? ["fixed"] : ["coinbase", "kraken", "binance"];
  return {
    rateSources: names.length > 0 ? rateSources : fallback,
    fixedPrices,
    ...optional("chainlinkRpcUrl", chainlinkRpcUrl),
  };
}

function isPrice(text: string): boolean {
  try {
    return parseDecimal(text, 18) > 0n;
  } catch {
    return false;
  }
}

function readUsd(read: Reader, name: string, fallback: string): bigint {
  const text = read.text(name) ?? fallback;
  try {
    return parseUsdText(text);
  } catch {
    read.problems.push(`${name} is "${text}": it must be an amount in USD, such as ${fallback}.`);
    return 0n;
  }
}
