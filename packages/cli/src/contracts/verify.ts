import {
  type ContractState,
  contractsOf,
  deterministicAddresses,
  examineContracts,
  loadNetworks,
} from "@qbitflow/chains";
import { networkOverrides, readConfig } from "@qbitflow/server";
import type { Environment } from "../command.ts";
import { UsageError } from "../errors.ts";
import { variableOf } from "./variables.ts";

const TIMEOUT_MS = 10_000;

/**
 * What lies at the contracts' addresses: those of the environment or the network's file, else where this version's contracts
 * are on every network. @throws UsageError, ConfigError, NetworkDataError; RpcError when the chain does not answer
 */
export async function verifyContracts({
  slug,
  rpcUrl,
  env,
}: {
  readonly slug: string;
  readonly rpcUrl: string;
  readonly env: Environment;
}): Promise<ContractState[]> {
  // Only the network's own settings are of interest here.
  const own = Object.entries(env).filter(([name]) =>
    /^(CHECKOUT_CONTRACT|SUBSCRIPTION_CONTRACT|EXECUTOR_REGISTRY)_/.test(name),
  );
  const config = readConfig({
    ...Object.fromEntries(own),
    NETWORKS: slug,
    [variableOf("RPC_URL", slug)]: rpcUrl,
    PUBLIC_URL: "http://localhost",
  });
  const network = loadNetworks(networkOverrides(config)).find((candidate) => candidate.network.slug === slug)?.network;
  if (network === undefined) throw new UsageError(`There is no network "${slug}".`);
  const places = {
    ...deterministicAddresses,
    ...Object.fromEntries(contractsOf(network).map(({ contract, address }) => [contract, address])),
  };
  const contracts = Object.entries(places).map(([contract, address]) => ({
    contract: contract as ContractState["contract"],
    address,
  }));
  return examineContracts({ network, rpcUrl, timeoutMs: TIMEOUT_MS }, contracts);
}
