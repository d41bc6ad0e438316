import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeployedContract, Network } from "./adapter.ts";
import { Checked, NetworkDataError } from "./check-data.ts";
import { localAddresses } from "./local/addresses.ts";
import { parseNetwork, readAddress, readDeployedContract } from "./parse-network.ts";

/** What an operator may say of a network; everything else is the data file's. */
export interface NetworkOverride {
  /** Replaces the file's list: `qbitflow contracts deploy` records it. */
  readonly checkoutContracts?: readonly DeployedContract[];
  readonly subscriptionContracts?: readonly DeployedContract[];
  readonly executorRegistry?: string;
  readonly rpcUrls?: readonly string[];
  readonly confirmations?: number;
}

export interface ConfiguredNetwork {
  readonly network: Network;
  /** Where this network is read, in order of preference; empty = not read at all. */
  readonly rpcUrls: readonly string[];
}

const DIRECTORY = join(import.meta.dirname, "..", "networks");

function readFiles(directory: string): Network[] {
  const files = readdirSync(directory).filter((file) => file.endsWith(".json"));
  return files.sort().map((file) => {
    let value: unknown;
    try {
      value = JSON.parse(readFileSync(join(directory, file), "utf8"));
    } catch {
      throw new NetworkDataError(`${file} is not JSON.`);
    }
    const network = parseNetwork(value, file, localAddresses);
    if (`${network.slug}.json` !== file) throw new NetworkDataError(`${file}.slug must be the file's name.`);
    return network;
  });
}

function requireUnique(networks: readonly Network[], what: string, values: (network: Network) => (string | number)[]) {
  const seen = new Set<string | number>();
  for (const network of networks) {
    for (const value of values(network)) {
      if (seen.has(value)) throw new NetworkDataError(`${network.slug}.json repeats the ${what} ${value}.`);
      seen.add(value);
    }
  }
}

function readRpcUrls(data: Checked): string[] {
  const urls = [...new Set(data.texts("rpcUrls"))];
  for (const url of urls) {
    if (!/^https?:$/.test(URL.parse(url)?.protocol ?? "")) data.refuse("rpcUrls", "must hold http or https URLs");
  }
  return urls;
}

function configure(network: Network, override: unknown): ConfiguredNetwork {
  if (override === undefined) return { network, rpcUrls: [] };
  const data = new Checked(override, `The override of ${network.slug}`);
  const rpcUrls = data.has("rpcUrls") ? readRpcUrls(data) : [];
  const confirmations = data.has("confirmations")
    ? data.integer("confirmations", 1, network.finalityDepth)
    : network.confirmations;
  const checkoutContracts = data.has("checkoutContracts")
    ? data.list("checkoutContracts").map(readDeployedContract)
    : network.checkoutContracts;
  const subscriptionContracts = data.has("subscriptionContracts")
    ? data.list("subscriptionContracts").map(readDeployedContract)
    : network.subscriptionContracts;
  const registry = data.has("executorRegistry") ? { executorRegistry: readAddress(data, "executorRegistry") } : {};
  data.done();
  return { network: { ...network, confirmations, checkoutContracts, subscriptionContracts, ...registry }, rpcUrls };
}

/**
 * All networks there are data files for, with the operator's overrides by slug. Throws NetworkDataError for a bad
 * file, a bad or unknown override, and ids that are not unique over all files.
 */
export function loadNetworks(
  overrides: Readonly<Record<string, NetworkOverride>> = {},
  directory: string = DIRECTORY,
): readonly ConfiguredNetwork[] {
  const networks = readFiles(directory);
  requireUnique(networks, "slug", ({ slug }) => [slug]);
  requireUnique(networks, "chain id", ({ chainId }) => [chainId]);
  requireUnique(networks, "currency id", (network) => [
    network.nativeCurrency.id,
    ...network.tokens.map((token) => token.id),
  ]);
  for (const slug of Object.keys(overrides)) {
    if (!networks.some((network) => network.slug === slug)) {
      throw new NetworkDataError(`There is no network ${JSON.stringify(slug)}.`);
    }
  }
  return networks.map((network) => configure(network, overrides[network.slug]));
}
