import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

const live = {
  NETWORKS: "base,base-sepolia",
  RPC_URL_BASE: "https://one.example/key, https://two.example",
  RPC_URL_BASE_SEPOLIA: "https://three.example",
  PUBLIC_URL: "https://pay.example.com/",
  DATABASE_URL: "postgres://u:p@db/qbitflow",
};

test("without anything it is the local default, on this machine only", () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    local: true,
    port: 3000,
    host: "localhost",
    role: "all",
    publicUrl: "http://localhost:3000",
  });
  expect(config).toMatchObject({ rateSources: ["fixed"], allowPrivateWebhooks: true, trustProxy: [] });
  expect(Object.isFrozen(config)).toBe(true);
});

test("a server on real networks listens to all, believes no proxy and sends to no private address", () => {
  const config = readConfig({ ...live, CONFIRMATIONS_BASE: "12", CHECKOUT_CONTRACT_BASE: `0x${"12".repeat(20)}@123` });
  expect(config).toMatchObject({
    local: false,
    host: "0.0.0.0",
    publicUrl: "https://pay.example.com",
    allowPrivateWebhooks: false,
    trustProxy: [],
  });
  expect(config.networks[0]).toEqual({
    slug: "base",
    rpcUrls: ["https://one.example/key", "https://two.example"],
    checkoutContract: { address: `0x${"12".repeat(20)}`, fromBlock: 123 },
  });
  expect(config.confirmations).toEqual(new Map([["base", 12]]));
  expect(config.rateSources).toEqual(["coinbase", "kraken", "binance"]);
});

test("a database alone keeps the rest of the local default", () => {
  expect(readConfig({ DATABASE_URL: "postgres://localhost/x" })).toMatchObject({
    local: true,
    databaseUrl: "postgres://localhost/x",
  });
});

test.each([
  [{ PORT: "80a" }, "PORT"],
  [{ PORT: "70000" }, "PORT"],
  [{ ROLE: "boss" }, "ROLE"],
  [{ ROLE: "api" }, "DATABASE_URL"],
  [{ ROLE: "api", DATABASE_URL: "postgres://x/y" }, "NETWORKS"],
  [{ ...live, PUBLIC_URL: "" }, "PUBLIC_URL"],
  [{ ...live, PUBLIC_URL: "ftp://x" }, "PUBLIC_URL"],
  [{ ...live, PUBLIC_URL: "https:pay.example.com" }, "PUBLIC_URL"],
  [{ ...live, PUBLIC_URL: "https://pay.example.com/?shop=1" }, "PUBLIC_URL"],
  [{ ...live, PUBLIC_URL: "https://u:p@pay.example.com" }, "PUBLIC_URL"],
  [{ ...live, RPC_URL_BASE: "" }, "RPC_URL_BASE"],
  [{ ...live, RPC_URL_BASE: "wss://x" }, "RPC_URL_BASE"],
  [{ ...live, CHECKOUT_CONTRACT_BASE: "0x12" }, "CHECKOUT_CONTRACT_BASE"],
  [{ ...live, CONFIRMATIONS_BASE: "0" }, "CONFIRMATIONS_BASE"],
  [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL"],
  [{ TRUST_PROXY: "true" }, "TRUST_PROXY"],
  [{ TRUST_PROXY: "10.0.0.0/33" }, "TRUST_PROXY"],
  [{ TRUST_PROXY: "*" }, "TRUST_PROXY"],
  [{ SECRET_KEY: "short" }, "SECRET_KEY"],
  [{ RATES: "tealeaves" }, "RATES"],
  [{ RATES: "chainlink" }, "CHAINLINK_RPC_URL"],
  [{ PRICE_FIXED_ETH: "free" }, "PRICE_FIXED_ETH"],
  [{ QUOTE_MINUTES: "0" }, "QUOTE_MINUTES"],
  [{ TWO_SOURCE_THRESHOLD_USD: "a lot" }, "TWO_SOURCE_THRESHOLD_USD"],
  [{ ALLOW_PRIVATE_WEBHOOKS: "yes" }, "ALLOW_PRIVATE_WEBHOOKS"],
  [{ RELAY_KEY: "0x12" }, "RELAY_KEY"],
  [{ ...live, RELAY_KEY_BASE: `0x${"g".repeat(64)}` }, "RELAY_KEY_BASE"],
  [{ RELAY_FEE: "5" }, "RELAY_FEE"],
  [{ MAX_GAS_PRICE_GWEI: "0" }, "MAX_GAS_PRICE_GWEI"],
  [{ MAX_GAS_PRICE_GWEI: "0.0000000001" }, "MAX_GAS_PRICE_GWEI"],
  [{ LOG_LEVEL: "loud" }, "LOG_LEVEL"],
])("%j stops the start with a sentence that names %s", (env, name) => {
  expect(() => readConfig(env)).toThrow(ConfigError);
  expect(() => readConfig(env)).toThrow(name);
});

test("all that is wrong is told at once, and no secret with it", () => {
  const env = { PORT: "x", ROLE: "y", SECRET_KEY: "hunter2", ...live, RPC_URL_BASE: "ssh://key@host" };
  const message = (() => {
    try {
      readConfig(env);
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  })();
  for (const name of ["PORT", "ROLE", "SECRET_KEY", "RPC_URL_BASE"]) expect(message).toContain(name);
  expect(message).not.toContain("hunter2");
  expect(message).not.toContain("key@host");
});

test("a network's own relay key comes before the one for all, and a wrong one is not told", () => {
  const [forAll, own] = [`0x${"1".repeat(64)}`, `0x${"2".repeat(64)}`];
  const config = readConfig({ ...live, RELAY_KEY: forAll, RELAY_KEY_BASE_SEPOLIA: own, MAX_GAS_PRICE_GWEI: "0.5" });
  expect([...config.relayKeys]).toEqual([
    ["base", forAll],
    ["base-sepolia", own],
  ]);
  expect(config).toMatchObject({ takesRelayFee: true, maxGasPriceBase: 500_000_000n });
  expect(readConfig(live).relayKeys.size).toBe(0);
  expect(readConfig({ ...live, RELAY_FEE: "off" }).takesRelayFee).toBe(false);
  const almost = "a".repeat(63);
  expect(() => readConfig({ RELAY_KEY: `0x${almost}` })).toThrow(/RELAY_KEY must be/);
  expect(() => readConfig({ RELAY_KEY: `0x${almost}` })).not.toThrow(new RegExp(almost));
});

test("docs/configuration.md names every variable that is read", () => {
  const source = readFileSync(new URL("config.ts", import.meta.url), "utf8");
  const page = readFileSync(new URL("../../../docs/configuration.md", import.meta.url), "utf8");
  const read = [...source.matchAll(/read\.\w+\("([A-Z_]+)"/g)].map(([, name]) => name ?? "");
  expect(read.length).toBeGreaterThan(15);
  for (const name of read) expect(page).toContain(name);
});
