import { type Address, encodeDeployData, getContractAddress } from "viem";
import {
  type Deployer,
  type Deployment,
  DeploymentError,
  type DeterministicContract,
  deployDeterministic,
} from "./deploy.ts";
import { deploymentProxyAddress, deploymentSalt } from "./generated/deployment.ts";
import { executorRegistryAbi, executorRegistryCreationCode } from "./generated/subscriptions.ts";

/** The registry whose first owner is `owner`: its address is the same on every chain. Pure. */
export function executorRegistryOf(owner: Address): DeterministicContract {
  const creationCode = encodeDeployData({
    abi: executorRegistryAbi,
    bytecode: executorRegistryCreationCode,
    args: [owner],
  });
  const address = getContractAddress({
    opcode: "CREATE2",
    from: deploymentProxyAddress,
    salt: deploymentSalt,
    bytecode: creationCode,
  });
  return { address, creationCode };
}

/**
 * Puts the deployer's own registry on a chain, where it is not yet, and lets `executor` send charges. Safe to repeat.
 * Throws `DeploymentError` when the key cannot be added: the registry has another owner by now.
 */
export async function deployExecutorRegistry(deployer: Deployer, executor: Address | null): Promise<Deployment> {
  const { publicClient, walletClient } = deployer;
  const { account, chain } = walletClient;
  const [deployment] = await deployDeterministic(deployer, [executorRegistryOf(account.address)]);
  if (!deployment) throw new DeploymentError("Nothing was deployed.");
  if (executor === null) return deployment;
  const registry = { address: deployment.address, abi: executorRegistryAbi } as const;
  if (await publicClient.readContract({ ...registry, functionName: "isExecutor", args: [executor] })) return deployment;
  const owner = await publicClient.readContract({ ...registry, functionName: "owner" });
  if (owner !== account.address) throw new DeploymentError(`Only ${owner} may add a key to ${deployment.address}.`);
  const hash = await walletClient.writeContract({
    ...registry,
    account,
    chain: chain ?? null,
    functionName: "setExecutor",
    args: [executor, true],
  });
  const { status } = await publicClient.waitForTransactionReceipt({ hash });
  if (status !== "success") throw new DeploymentError(`Transaction ${hash}, which adds ${executor}, failed.`);
  return deployment;
}
