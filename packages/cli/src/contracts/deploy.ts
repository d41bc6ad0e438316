import { type Deployment, deployContracts, deployExecutorRegistry, type Network } from "@qbitflow/chains";
import { type Address, createPublicClient, createWalletClient, type Hex, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import type { Answer, Environment } from "../command.ts";
import { variableOf } from "./variables.ts";

export interface DeployInput {
  readonly network: Network;
  readonly rpcUrl: string;
  readonly privateKey: Hex;
  /** The key that will send charges; without one the owner adds it to the registry later. */
  readonly executor: Address | null;
  /** What is set already. */
  readonly env: Environment;
}

/** Puts the contracts on a network, and says how to configure it. Safe to repeat. */
export async function deployTo({ network, rpcUrl, privateKey, executor, env }: DeployInput): Promise<Answer> {
  const transport = http(rpcUrl);
  const publicClient = createPublicClient({ transport });
  const chainId = await publicClient.getChainId();
  if (chainId !== network.chainId) {
    throw new Error(`The RPC URL answers for chain ${chainId}, but ${network.name} is ${network.chainId}.`);
  }
  // Nothing of this server can be older than the moment before the deployment.
  const before = await publicClient.getBlockNumber();
  const account = privateKeyToAccount(privateKey);
  const deployer = { publicClient, walletClient: createWalletClient({ account, transport }) };
  const { checkout, subscriptions } = await deployContracts(deployer);
  const registry = await deployExecutorRegistry(deployer, executor);
  const at = (prefix: string, { address, blockNumber }: Deployment) => {
    const name = variableOf(prefix, network.slug);
    const known = env[name]?.trim() ?? "";
    // A later block than the one that is set would hide what was paid in between.
    const isKnown = known.toLowerCase().startsWith(`${address.toLowerCase()}@`);
    return `${name}=${isKnown ? known : `${address}@${blockNumber ?? before}`}`;
  };
  const settings = [
    at("CHECKOUT_CONTRACT", checkout),
    at("SUBSCRIPTION_CONTRACT", subscriptions),
    `${variableOf("EXECUTOR_REGISTRY", network.slug)}=${registry.address}`,
  ];
  const charges = executor === null ? "No key may send charges yet" : `${executor} may send charges`;
  return {
    body: {
      network: network.slug,
      address: checkout.address,
      deployed: checkout.blockNumber !== null,
      fromBlock: Number(checkout.blockNumber ?? before),
      subscriptions: { address: subscriptions.address, deployed: subscriptions.blockNumber !== null },
      executorRegistry: { address: registry.address, owner: account.address, executor },
      next: `Set ${settings.join(" ")} and start the server again.`,
    },
    // Lines of an environment file, to be appended as they are.
    text: [`# ${network.name}. ${charges}; ${account.address} says which do.`, ...settings].join("\n"),
  };
}
