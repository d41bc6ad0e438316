import { deployContracts, type Network } from "@qbitflow/chains";
import { createPublicClient, createWalletClient, type Hex, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";

export interface DeployInput {
  readonly network: Network;
  readonly rpcUrl: string;
  readonly privateKey: Hex;
}

/** Puts the checkout contract on a network, and says how to configure it. Safe to repeat. */
export async function deployTo({ network, rpcUrl, privateKey }: DeployInput): Promise<object> {
  const transport = http(rpcUrl);
  const publicClient = createPublicClient({ transport });
  const chainId = await publicClient.getChainId();
  if (chainId !== network.chainId) {
    throw new Error(`The RPC URL answers for chain ${chainId}, but ${network.name} is ${network.chainId}.`);
  }
  // Nothing of this server can be older than the moment before the deployment.
  const before = await publicClient.getBlockNumber();
  const account = privateKeyToAccount(privateKey);
  const { checkout } = await deployContracts({
    publicClient,
    walletClient: createWalletClient({ account, transport }),
  });
  const fromBlock = Number(checkout.blockNumber ?? before);
  const variable = `CHECKOUT_CONTRACT_${network.slug.toUpperCase().replaceAll("-", "_")}`;
  return {
    network: network.slug,
    address: checkout.address,
    deployed: checkout.blockNumber !== null,
    fromBlock,
    next: `Set ${variable}=${checkout.address}@${fromBlock} and start the server again.`,
  };
}
