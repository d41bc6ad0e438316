import { decodeFunctionResult, encodeFunctionData, type Hex, keccak256 } from "viem";
import type { Address, Network } from "../adapter.ts";
import { type Examined, openAlone } from "./examine-endpoint.ts";
import { checkoutAddress, checkoutCodeHash } from "./generated/checkout.ts";
import {
  executorRegistryAbi,
  executorRegistryCodeHash,
  signatureVerifierAddress,
  signatureVerifierCodeHash,
  subscriptionsAddress,
  subscriptionsCodeHash,
} from "./generated/subscriptions.ts";
import { RpcError } from "./rpc-error.ts";

export type ContractName = "checkout" | "subscriptions" | "signatureVerifier" | "executorRegistry";

/** What lies at a contract's address, beside what this version deploys. */
export interface ContractState {
  readonly contract: ContractName;
  readonly address: Address;
  readonly code: "equal" | "different" | "none";
}

const codeHashes: Readonly<Record<ContractName, Hex>> = {
  checkout: checkoutCodeHash,
  subscriptions: subscriptionsCodeHash,
  signatureVerifier: signatureVerifierCodeHash,
  executorRegistry: executorRegistryCodeHash,
};

/** Where the network's contracts are said to be: the newest of each kind. */
export function contractsOf(network: Network): { readonly contract: ContractName; readonly address: Address }[] {
  const places: [ContractName, Address | undefined][] = [
    ["checkout", network.checkoutContracts.at(-1)?.address],
    ["subscriptions", network.subscriptionContracts.at(-1)?.address],
    ["signatureVerifier", network.signatureVerifier],
    ["executorRegistry", network.executorRegistry],
  ];
  return places.flatMap(([contract, address]) => (address === undefined ? [] : [{ contract, address }]));
}

/** Where this version's contracts are on every network, whoever deployed them. */
export const deterministicAddresses: Readonly<Record<Exclude<ContractName, "executorRegistry">, Address>> = {
  checkout: checkoutAddress,
  subscriptions: subscriptionsAddress,
  signatureVerifier: signatureVerifierAddress,
};

/**
 * Reads the code at each address and compares it with what this version deploys, byte for byte (our contracts hold no
 * immutables). @throws RpcError when the endpoint does not answer or serves another chain
 */
export async function examineContracts(
  examined: Examined,
  contracts: readonly { readonly contract: ContractName; readonly address: Address }[],
): Promise<ContractState[]> {
  const calls = contracts.map(({ address }) => ({ method: "eth_getCode", params: [address, "latest"] }));
  const codes = await openAlone(examined).batch(calls);
  return contracts.map(({ contract, address }, index) => {
    const code = codes[index];
    if (typeof code !== "string" || !/^0x([0-9a-fA-F]{2})*$/.test(code))
      throw new RpcError("malformed", "An endpoint answered with something that is no code.");
    const isEqual = keccak256(code as Hex) === codeHashes[contract];
    return { contract, address, code: code === "0x" ? "none" : isEqual ? "equal" : "different" };
  });
}

/** Whether the registry lets the key send charges; false too where no registry answers. @throws RpcError */
export async function isExecutor(
  examined: Examined,
  { registry, executor }: { readonly registry: Address; readonly executor: Address },
): Promise<boolean> {
  const question = { abi: executorRegistryAbi, functionName: "isExecutor" } as const;
  const data = encodeFunctionData({ ...question, args: [executor as Hex] });
  const answer = await openAlone(examined).call("eth_call", [{ to: registry, data }, "latest"]);
  if (typeof answer !== "string" || answer === "0x") return false;
  return decodeFunctionResult({ ...question, data: answer as Hex });
}
