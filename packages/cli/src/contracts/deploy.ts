import { type Deployment, deployContracts, deployExecutorRegistry, type Network } from "@qbitflow/chains";
import { type Address, createPublicClient, createWalletClient, type Hex, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";

export interface DeployInput {
  readonly network: Network;
  readonly rpcUrl: string;
  readonly privateKey: Hex;
  /** The key that will send charges; without one the owner adds it to the registry later. */
  readonly executor?: Address;
}

/** Puts the contracts on a network, and says how to configure it. Safe to repeat. */
export async function deployTo({ network, rpcUrl, privateKey, executor }: DeployInput): Promise<object> {
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
  const registry = await deployExecutorRegistry(deployer, executor ?? null);
  const at = ({ address, blockNumber }: Deployment) => `${address}@${blockNumber ?? before}`;
  const suffix = network.slug.toUpperCase().replaceAll("-", "_");
  const settings = {
    [`CHECKOUT_CONTRACT_${suffix}`]: at(checkout),
    [`SUBSCRIPTION_CONTRACT_${suffix}`]: at(subscriptions),
    [`EXECUTOR_REGISTRY_${suffix}`]: registry.address,
  };
  return {
    network: network.slug,
    address: checkout.address,
    deployed: checkout.blockNumber !== null,
    fromBlock: Number(checkout.blockNumber ?? before),
    subscriptions: { address: subscriptions.address, deployed: subscriptions.blockNumber !== null },
    executorRegistry: { address: registry.address, owner: account.address, executor: executor ?? null },
    next: `Set ${Object.entries(settings)
      .map(([name, value]) => `${name}=${value}`)
      .join(" ")} and start the server again.`,
  };
}
