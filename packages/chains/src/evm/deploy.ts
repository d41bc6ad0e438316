import {
  type Account,
  type Address,
  type Chain,
  concatHex,
  type Hex,
  type PublicClient,
  type Transport,
  type WalletClient,
} from "viem";
import { checkoutAddress, checkoutCreationCode } from "./generated/checkout.ts";
import { deploymentProxyAddress, deploymentSalt } from "./generated/deployment.ts";
import {
  signatureVerifierAddress,
  signatureVerifierCreationCode,
  subscriptionsAddress,
  subscriptionsCreationCode,
} from "./generated/subscriptions.ts";

/** What a deployment needs: an account that can pay for it, and a view of the same chain. */
export interface Deployer {
  readonly walletClient: WalletClient<Transport, Chain | undefined, Account>;
  readonly publicClient: PublicClient;
}

/** A contract whose address follows from its creation code and our salt. */
export interface DeterministicContract {
  readonly address: Address;
  readonly creationCode: Hex;
}

export interface Deployment {
  readonly address: Address;
  /** The block that we deployed it in just now; null when it was there already. */
  readonly blockNumber: bigint | null;
}

/** The contracts cannot be put where every network has them. The message says why. */
export class DeploymentError extends Error {
  override readonly name = "DeploymentError";
}

async function hasCode(publicClient: PublicClient, address: Address): Promise<boolean> {
  const code = await publicClient.getCode({ address });
  return code !== undefined && code !== "0x";
}

/**
 * Deploys what is not there yet, in one go, through the canonical deployment proxy. Safe to repeat. The address
 * commits to the creation code, and that takes no arguments, so code at the address is the right code.
 * Throws `DeploymentError` when the chain has no deployment proxy or a deployment left no code.
 */
export async function deployDeterministic(
  { walletClient, publicClient }: Deployer,
  contracts: readonly DeterministicContract[],
): Promise<Deployment[]> {
  const sent: { address: Address; hash: Hex | null }[] = [];
  for (const { address, creationCode } of contracts) {
    if (await hasCode(publicClient, address)) {
      sent.push({ address, hash: null });
      continue;
    }
    if (!(await hasCode(publicClient, deploymentProxyAddress))) {
      throw new DeploymentError(
        `This chain has no deployment proxy at ${deploymentProxyAddress}; it has to be deployed there first.`,
      );
    }
    const data = concatHex([deploymentSalt, creationCode]);
    const { account, chain } = walletClient;
    sent.push({
      address,
      hash: await walletClient.sendTransaction({ account, chain: chain ?? null, to: deploymentProxyAddress, data }),
    });
  }
  return Promise.all(sent.map(({ address, hash }) => settle(publicClient, address, hash)));
}

async function settle(publicClient: PublicClient, address: Address, hash: Hex | null): Promise<Deployment> {
  if (hash === null) return { address, blockNumber: null };
  const receipt = await publicClient.waitForTransactionReceipt({ hash });
  if (!(await hasCode(publicClient, address))) {
    throw new DeploymentError(`Transaction ${hash} left no code at ${address}: it ran out of gas, or was replaced.`);
  }
  // It fails when somebody else deployed the same code a moment before, which is as good.
  return { address, blockNumber: receipt.status === "success" ? receipt.blockNumber : null };
}

/** Our contracts that are the same for everybody. */
export interface ContractDeployments {
  readonly checkout: Deployment;
  readonly subscriptions: Deployment;
  readonly signatureVerifier: Deployment;
}

/** Puts our contracts on a chain, where they are not yet. Errors as `deployDeterministic`. */
export async function deployContracts(deployer: Deployer): Promise<ContractDeployments> {
  const [checkout, subscriptions, signatureVerifier] = await deployDeterministic(deployer, [
    { address: checkoutAddress, creationCode: checkoutCreationCode },
    { address: subscriptionsAddress, creationCode: subscriptionsCreationCode },
    { address: signatureVerifierAddress, creationCode: signatureVerifierCreationCode },
  ]);
  if (!checkout || !subscriptions || !signatureVerifier) throw new DeploymentError("Nothing was deployed.");
  return { checkout, subscriptions, signatureVerifier };
}
