import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getAddress } from "viem";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { permit2Address } from "./evm/generated/permit2.ts";
import { checkoutAddress, loadNetworks, NetworkDataError, testTokens } from "./index.ts";

const networks = loadNetworks().map(({ network }) => network);

function network(slug: string) {
  const found = networks.find((entry) => entry.slug === slug);
  if (!found) throw new Error(`There is no ${slug}.`);
  return found;
}

function symbols(slug: string): string[] {
  return network(slug).tokens.map(({ symbol }) => symbol);
}

describe("the networks' data files", () => {
  it("are those we promise, half of them for tests", () => {
    expect(networks.filter(({ test }) => !test).map(({ slug }) => slug)).toEqual([
      "arbitrum",
      "base",
      "ethereum",
      "optimism",
      "polygon",
    ]);
    expect(networks.filter(({ test }) => test).map(({ slug }) => slug)).toEqual([
      "arbitrum-sepolia",
      "base-sepolia",
      "local",
      "optimism-sepolia",
      "polygon-amoy",
      "sepolia",
    ]);
    expect(networks.filter(({ local }) => local).map(({ slug }) => slug)).toEqual(["local"]);
  });

  it("keep the currency ids that merchants have stored", () => {
    const ids = networks.flatMap(({ slug, nativeCurrency, tokens }) =>
      [nativeCurrency, ...tokens].map(({ id, symbol }) => `${id} ${slug} ${symbol}`),
    );
    expect(ids.sort()).toMatchInlineSnapshot(`
      [
        "1 local ETH",
        "1000 ethereum ETH",
        "1001 ethereum USDC",
        "1002 ethereum USDT",
        "1003 ethereum DAI",
        "1004 ethereum EURC",
        "1100 base ETH",
        "1101 base USDC",
        "1104 base EURC",
        "1200 polygon POL",
        "1201 polygon USDC",
        "1202 polygon USDT0",
        "1300 arbitrum ETH",
        "1301 arbitrum USDC",
        "1302 arbitrum USDT0",
        "1303 arbitrum DAI",
        "1400 optimism ETH",
        "1401 optimism USDC",
        "1402 optimism USDT0",
        "1403 optimism DAI",
        "2 local tUSDC",
        "2000 sepolia ETH",
        "2001 sepolia USDC",
        "2004 sepolia EURC",
        "2100 base-sepolia ETH",
        "2101 base-sepolia USDC",
        "2104 base-sepolia EURC",
        "2200 polygon-amoy POL",
        "2201 polygon-amoy USDC",
        "2300 arbitrum-sepolia ETH",
        "2301 arbitrum-sepolia USDC",
        "2400 optimism-sepolia ETH",
        "2401 optimism-sepolia USDC",
        "3 local tUSDT",
        "4 local tDAI",
      ]
    `);
  });

  it("have every address with its checksum", () => {
    for (const { tokens, permit2 } of networks) {
      for (const { address } of tokens) expect(getAddress(address)).toBe(address);
      if (permit2) expect(getAddress(permit2)).toBe(permit2);
    }
  });

  it("name Permit2 where it is on every chain, the local one too", () => {
    const known = networks.flatMap(({ permit2 }) => permit2 ?? []);
    expect(new Set(known)).toEqual(new Set([permit2Address]));
    expect(network("local").permit2).toBe(permit2Address);
  });

  it("have USDC everywhere but locally, EURC only where its issuer is", () => {
    for (const { slug, local } of networks) if (!local) expect(symbols(slug)).toContain("USDC");
    const withEurc = networks.filter(({ slug }) => symbols(slug).includes("EURC")).map(({ slug }) => slug);
    expect(withEurc.sort()).toEqual(["base", "base-sepolia", "ethereum", "sepolia"]);
  });

  it("know each token's kind of permit", () => {
    const permit = (slug: string, symbol: string) =>
      network(slug).tokens.find((token) => token.symbol === symbol)?.permit;
    expect(permit("ethereum", "USDC")).toEqual({ kind: "eip2612", name: "USD Coin", version: "2" });
    expect(permit("base-sepolia", "USDC")).toEqual({ kind: "eip2612", name: "USDC", version: "2" });
    expect(permit("ethereum", "USDT")).toEqual({ kind: "none" });
    expect(permit("ethereum", "DAI")?.kind).toBe("dai");
    expect(permit("optimism", "DAI")).toEqual({ kind: "eip2612", name: "Dai Stablecoin", version: "2" });
  });

  it("give a permit and authorizations to every token of an issuer that has them; the token tells the rest", () => {
    const tokens = networks.flatMap(({ local, tokens: all }) => (local ? [] : all));
    for (const { symbol, permit, authorization } of tokens) {
      const signed = ["USDC", "EURC", "USDT0"].includes(symbol);
      expect(authorization !== undefined).toBe(signed);
      if (signed) expect(permit.kind).toBe("eip2612");
      if (authorization) expect(permit).toEqual({ kind: "eip2612", ...authorization });
    }
    expect(network("sepolia").tokens.find(({ symbol }) => symbol === "EURC")?.permit).toEqual({ kind: "eip2612" });
  });

  it("nothing can be paid on a public network before the operator has deployed there", () => {
    for (const { local, checkoutContracts } of networks) expect(checkoutContracts.length).toBe(local ? 1 : 0);
  });

  it("describe the local chain as it is deployed", () => {
    const local = network("local");
    expect(local.checkoutContracts[0]?.address).toBe(checkoutAddress);
    expect(local.tokens.map(({ id, ...token }) => token)).toEqual(testTokens);
  });
});

describe("an operator's overrides", () => {
  const contract = { version: "1", address: checkoutAddress, fromBlock: 123 };

  it("set RPC URLs, contracts and confirmations", () => {
    const rpcUrls = ["https://one.example/key", "https://two.example", "https://one.example/key"];
    const loaded = loadNetworks({ base: { rpcUrls, checkoutContracts: [contract], confirmations: 3 } });
    const base = loaded.find((entry) => entry.network.slug === "base");
    expect(base?.rpcUrls).toEqual(["https://one.example/key", "https://two.example"]);
    expect(base?.network).toMatchObject({ checkoutContracts: [contract], confirmations: 3 });
    expect(loaded.filter((entry) => entry.rpcUrls.length > 0)).toHaveLength(1);
  });

  it.each([
    [{ bsae: {} }, 'no network "bsae"'],
    [{ base: { rpcUrl: "https://one.example" } }, "rpcUrl is not a known field"],
    [{ base: { rpcUrls: ["ftp://one.example"] } }, "http or https"],
    [{ base: { rpcUrls: "https://one.example" } }, "list of text"],
    [{ base: { confirmations: 0 } }, "integer from 1"],
    [{ base: { confirmations: 1_000_000 } }, "integer from 1"],
    [{ base: { checkoutContracts: [{ ...contract, address: contract.address.toLowerCase() }] } }, "checksum"],
    [{ base: { checkoutContracts: [{ ...contract, fromBlock: -1 }] } }, "checkoutContracts[0].fromBlock"],
    [{ base: null }, "must be an object"],
  ])("%j are refused: %s", (overrides, why) => {
    expect(() => loadNetworks(overrides as never)).toThrow(NetworkDataError);
    expect(() => loadNetworks(overrides as never)).toThrow(why);
  });
});

interface NetworkData {
  nativeCurrency: object;
  tokens: object[];
}

describe("a bad data file", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "qbitflow-networks-"));
    cpSync(join(import.meta.dirname, "..", "networks"), directory, { recursive: true });
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function change(file: string, edit: (data: NetworkData) => unknown): void {
    const data = JSON.parse(readFileSync(join(directory, file), "utf8"));
    edit(data);
    writeFileSync(join(directory, file), JSON.stringify(data));
  }

  it.each<[string, (data: NetworkData) => unknown, string]>([
    [
      "a repeated currency id",
      (data) => Object.assign(data.nativeCurrency, { id: 1000 }),
      "repeats the currency id 1000",
    ],
    ["a repeated chain id", (data) => Object.assign(data, { chainId: 1 }), "repeats the chain id 1"],
    ["a wrong checksum", (data) => Object.assign(data, { permit2: `0x${"ab".repeat(20)}` }), "polygon.json.permit2"],
    ["a negative number", (data) => Object.assign(data, { confirmations: -1 }), "polygon.json.confirmations"],
    ["a field nobody reads", (data) => Object.assign(data, { confirmation: 1 }), "confirmation is not a known field"],
    ["another slug", (data) => Object.assign(data, { slug: "matic" }), "must be the file's name"],
    ["no tokens", (data) => Object.assign(data, { tokens: null }), "polygon.json.tokens must be a list"],
    [
      "a token without decimals",
      (data) => Object.assign(data.tokens[0] ?? {}, { decimals: "6" }),
      "tokens[0].decimals",
    ],
    [
      "half of a domain",
      (data) => Object.assign(data.tokens[0] ?? {}, { permit: { kind: "eip2612", name: "USD Coin" } }),
      "tokens[0].permit.version",
    ],
    ["a script in its name", (data) => Object.assign(data, { name: "<script>" }), "polygon.json.name"],
  ])("with %s is refused", (_what, edit, why) => {
    change("polygon.json", edit);
    expect(() => loadNetworks({}, directory)).toThrow(NetworkDataError);
    expect(() => loadNetworks({}, directory)).toThrow(why);
  });

  it("that is no JSON is named", () => {
    writeFileSync(join(directory, "polygon.json"), "{");
    expect(() => loadNetworks({}, directory)).toThrow("polygon.json is not JSON");
  });
});
