import type { AllowanceStep, CheckoutNetwork, TypedData } from "@qbitflow/api";
import { ProblemError } from "../problem.ts";
import { ensureNetwork } from "../wallet/network.ts";
import type { Eip1193Provider } from "../wallet/provider.ts";
import type { SignKind, SignStep } from "./state.ts";

export interface Signer {
  readonly provider: Eip1193Provider;
  readonly address: string;
  readonly network: CheckoutNetwork;
}

export interface SignHooks {
  planned(kinds: readonly SignKind[]): void;
  step(index: number, status: SignStep["status"]): void;
}

/** On the right network with the account that was shown. Throws ProblemError. */
export async function signerOn(
  provider: Eip1193Provider | undefined,
  { address, network }: { address: string | undefined; network: CheckoutNetwork },
): Promise<Signer> {
  if (!provider || !address) throw new ProblemError({ code: "walletGone" });
  await ensureNetwork(provider, network);
  const accounts = (await provider.request({ method: "eth_accounts" })) as string[];
  if (accounts[0]?.toLowerCase() !== address.toLowerCase()) {
    throw new ProblemError({ code: "otherWallet", facts: { address } });
  }
  return { provider, address, network };
}

/** Exactly this data, as it was checked; wallets want the domain's type beside the others. */
export async function signTypedData({ provider, address }: Signer, typedData: TypedData): Promise<string> {
  const data = typedData.types.EIP712Domain
    ? typedData
    : { ...typedData, types: { EIP712Domain: domainType(typedData.domain), ...typedData.types } };
  const signature = await provider.request({ method: "eth_signTypedData_v4", params: [address, JSON.stringify(data)] });
  return String(signature);
}

const domainMembers = [
  { name: "name", type: "string" },
  { name: "version", type: "string" },
  { name: "chainId", type: "uint256" },
  { name: "verifyingContract", type: "address" },
  { name: "salt", type: "bytes32" },
];

function domainType(domain: TypedData["domain"]) {
  return domainMembers.filter(({ name }) => domain[name] !== undefined);
}

/** Sends the approval and waits until it is in force; first zero where the token wants that. Throws ProblemError. */
export async function approve(
  signer: Signer,
  step: Extract<AllowanceStep, { way: "approve" }>,
  onStep: (kind: "reset" | "approve", status: SignStep["status"]) => void,
): Promise<void> {
  const { setAllowance } = await import("../chain/allowance.ts");
  const amounts = step.resetFirst ? ([["reset", 0n]] as const) : [];
  for (const [kind, amountBase] of [...amounts, ["approve", BigInt(step.amountBase)] as const]) {
    onStep(kind, "inWallet");
    await setAllowance(signer, { ...step, amountBase, onSent: () => onStep(kind, "waiting") });
    onStep(kind, "done");
  }
}
