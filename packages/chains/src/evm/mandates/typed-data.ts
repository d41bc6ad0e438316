import { type Address as EvmAddress, hashStruct, hashTypedData } from "viem";
import type { Address, Hex } from "../../adapter.ts";
import type { Mandate, SignedMandateChange, TypedData } from "../../mandate.ts";
import { uuidBytes } from "../terms.ts";

/** Which contract on which chain a signature is for; it is worth nothing on any other. */
export interface SigningPlace {
  readonly chainId: number;
  readonly contract: Address;
}

export const domainType = [
  { name: "name", type: "string" },
  { name: "version", type: "string" },
  { name: "chainId", type: "uint256" },
  { name: "verifyingContract", type: "address" },
];

/** The contract's structs, member by member. */
const mandateTypes = {
  Mandate: [
    { name: "uuid", type: "bytes16" },
    { name: "subscriber", type: "address" },
    { name: "maxPerPeriod", type: "uint256" },
    { name: "priceMicroUsd", type: "uint256" },
    { name: "firstChargeAt", type: "uint64" },
    { name: "endsAt", type: "uint64" },
    { name: "nonce", type: "uint256" },
    { name: "plan", type: "Plan" },
  ],
  Plan: [
    { name: "merchant", type: "address" },
    { name: "token", type: "address" },
    { name: "kind", type: "uint8" },
    { name: "periodUnit", type: "uint8" },
    { name: "periodLength", type: "uint32" },
    { name: "feeRecipient", type: "address" },
    { name: "maxFeeBps", type: "uint16" },
    { name: "organization", type: "address" },
    { name: "organizationFeeBps", type: "uint16" },
    { name: "registry", type: "address" },
    { name: "maxExecutionFee", type: "uint256" },
  ],
};

const changeTypes = {
  SetMaximum: [
    { name: "mandateHash", type: "bytes32" },
    { name: "maximum", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
  Stop: [
    { name: "mandateHash", type: "bytes32" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
  Cancel: [
    { name: "mandateHash", type: "bytes32" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
};

/** The contract's `Plan` of a mandate, as viem's ABI encoder takes it. */
export function planOf(mandate: Mandate) {
  return {
    merchant: mandate.merchant as EvmAddress,
    token: mandate.token as EvmAddress,
    kind: mandate.kind === "fixed" ? 0 : 1,
    periodUnit: mandate.period.unit === "seconds" ? 0 : 1,
    periodLength: mandate.period.length,
    feeRecipient: mandate.feeRecipient as EvmAddress,
    maxFeeBps: mandate.maxFeeBps,
    organization: mandate.organization as EvmAddress,
    organizationFeeBps: mandate.organizationFeeBps,
    registry: mandate.registry as EvmAddress,
    maxExecutionFee: mandate.maxExecutionFeeBase,
  };
}

/** The contract's `MandateHead`. */
export function headOf(mandate: Mandate) {
  return {
    uuid: uuidBytes(mandate.uuid),
    subscriber: mandate.subscriber as EvmAddress,
    maxPerPeriod: mandate.maxPerPeriodBase,
    priceMicroUsd: mandate.priceMicros,
    firstChargeAt: BigInt(mandate.firstChargeAt),
    endsAt: BigInt(mandate.endsAt),
    nonce: mandate.nonce,
  };
}

/** The contract's `hashPlan`. */
export function planHash(mandate: Mandate): Hex {
  return hashStruct({ data: planOf(mandate), primaryType: "Plan", types: { Plan: mandateTypes.Plan } });
}

/** The contract's `hashMandate`: a mandate's identity. Throws for values that its struct cannot hold. */
export function mandateHash(mandate: Mandate): Hex {
  const data = { ...headOf(mandate), plan: planOf(mandate) };
  return hashStruct({ data, primaryType: "Mandate", types: mandateTypes });
}

function domainOf({ chainId, contract }: SigningPlace) {
  return { name: "QBitFlow Subscriptions", version: "1", chainId, verifyingContract: contract };
}

function decimals(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === "bigint" || typeof value === "number") return [name, value.toString()];
      if (typeof value === "object" && value !== null) return [name, decimals(value as Record<string, unknown>)];
      return [name, value];
    }),
  );
}

/** What the subscriber signs to allow the mandate. Pure. Throws for values that the contract's struct cannot hold. */
export function mandateTypedData(mandate: Mandate, place: SigningPlace): TypedData {
  mandateHash(mandate);
  return {
    domain: domainOf(place),
    types: { EIP712Domain: domainType, ...mandateTypes },
    primaryType: "Mandate",
    message: decimals({ ...headOf(mandate), plan: planOf(mandate) }),
  };
}

/** What the subscriber signs to change the mandate without sending anything. Pure. */
export function changeTypedData(signed: Omit<SignedMandateChange, "signature">, place: SigningPlace): TypedData {
  const { change, nonce, deadline } = signed;
  const primaryType = ({ setMaximum: "SetMaximum", stop: "Stop", cancel: "Cancel" } as const)[change.type];
  const maximum = change.type === "setMaximum" ? { maximum: change.maximumBase } : {};
  return {
    domain: domainOf(place),
    types: { EIP712Domain: domainType, [primaryType]: changeTypes[primaryType] },
    primaryType,
    message: decimals({ mandateHash: mandateHash(signed.mandate), ...maximum, nonce, deadline }),
  };
}

/** The 32 bytes that a wallet signs. */
export function signingHash(typedData: TypedData): Hex {
  return hashTypedData(typedData as unknown as Parameters<typeof hashTypedData>[0]);
}
