/** A mandate that is active on a chain for real, with an allowance: what the exit page ends. */
import { type Address, createPublicClient, createWalletClient, erc20Abi, type Hex, http, zeroAddress } from "viem";
import { subscriptionsAbi, subscriptionsAddress } from "../../../packages/chains/src/evm/generated/subscriptions.ts";
import { testTokens } from "../../../packages/chains/src/evm/test-tokens.ts";
import type { ExitTerms } from "../src/exit/terms.ts";

export const exitToken = testTokens.find(({ symbol }) => symbol === "tUSDC")?.address as Address;

interface Parties {
  readonly subscriber: Address;
  /** Merchant, recipient of the fee and sender of the activation. */
  readonly other: Address;
}

function mandateOf({ subscriber, other }: Parties) {
  return {
    uuid: "0x01997c89d0e97c9a9886fe7709919695",
    subscriber,
    maxPerPeriod: "30450000",
    priceMicroUsd: "29000000",
    firstChargeAt: String(Math.floor(Date.now() / 1000) + 86_400),
    endsAt: "0",
    nonce: "7",
    plan: {
      merchant: other,
      token: exitToken,
      kind: 0,
      periodUnit: 1,
      periodLength: 1,
      feeRecipient: other,
      maxFeeBps: 100,
      organization: zeroAddress,
      organizationFeeBps: 0,
      registry: zeroAddress,
      maxExecutionFee: "0",
    },
  };
}

const structs = (name: string) => {
  const entry = subscriptionsAbi.find((each) => each.type === "function" && each.name === "activate");
  const mandate = entry && "inputs" in entry ? entry.inputs[0] : undefined;
  const components = mandate && "components" in mandate ? mandate.components : [];
  const plan = components.find((each) => each.name === "plan");
  const members = name === "Mandate" ? components : plan && "components" in plan ? plan.components : [];
  return members.map((each) => ({ name: each.name, type: each.type === "tuple" ? "Plan" : each.type }));
};

/** Signs and activates, allows 365.40 tUSDC, and answers the terms of the exit link. */
export async function activeTerms(url: string, parties: Parties): Promise<ExitTerms> {
  const mandate = mandateOf(parties);
  const [wallet, anyone] = [parties.subscriber, parties.other].map((account) =>
    createWalletClient({ account, transport: http(url) }),
  ) as [ReturnType<typeof createWalletClient>, ReturnType<typeof createWalletClient>];
  const typedData = {
    domain: { name: "QBitFlow Subscriptions", version: "1", chainId: 31337, verifyingContract: subscriptionsAddress },
    types: { Mandate: structs("Mandate"), Plan: structs("Plan") },
    primaryType: "Mandate",
    message: mandate,
  };
  const signature = await wallet.signTypedData(typedData as never);
  const sent = [
    await anyone.writeContract({
      chain: null,
      address: subscriptionsAddress,
      abi: subscriptionsAbi,
      functionName: "activate",
      args: [mandate as never, signature],
    } as never),
    await wallet.writeContract({
      chain: null,
      address: exitToken,
      abi: erc20Abi,
      functionName: "approve",
      args: [subscriptionsAddress, 365_400_000n],
    } as never),
  ];
  const chain = createPublicClient({ transport: http(url), pollingInterval: 100 });
  for (const hash of sent) {
    const receipt = await chain.waitForTransactionReceipt({ hash: hash as Hex });
    if (receipt.status !== "success") throw new Error(`${hash} was reverted.`);
  }
  return {
    version: 1,
    chainId: 31337,
    network: "Local test chain",
    contract: subscriptionsAddress,
    product: "Studio <b>plan</b>",
    organization: "Nordlicht Audio",
    symbol: "tUSDC",
    mandate,
  };
}
