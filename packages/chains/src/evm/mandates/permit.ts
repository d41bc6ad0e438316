import type { Address } from "../../adapter.ts";
import type { PermitRequest, TypedData } from "../../mandate.ts";
import type { TokenDomain } from "../token-domain.ts";
import { domainType } from "./typed-data.ts";

const eip2612 = [
  { name: "owner", type: "address" },
  { name: "spender", type: "address" },
  { name: "value", type: "uint256" },
  { name: "nonce", type: "uint256" },
  { name: "deadline", type: "uint256" },
];

const dai = [
  { name: "holder", type: "address" },
  { name: "spender", type: "address" },
  { name: "nonce", type: "uint256" },
  { name: "expiry", type: "uint256" },
  { name: "allowed", type: "bool" },
];

export interface PermitTerms {
  readonly owner: Address;
  readonly spender: Address;
  /** DAI's own permit ignores it: all or nothing. */
  readonly valueBase: bigint;
  /** The token's nonce of the owner. */
  readonly nonce: bigint;
  /** Unix seconds. */
  readonly deadline: number;
}

/** What a token's owner signs so that `spender` may take tokens. Pure. `kind` is the token's. */
export function permitTypedData(kind: PermitRequest["kind"], domain: TokenDomain, terms: PermitTerms): PermitRequest {
  const { owner, spender, valueBase, nonce, deadline } = terms;
  const data = (type: typeof eip2612, message: TypedData["message"]): TypedData => ({
    domain: { ...domain },
    types: { EIP712Domain: domainType, Permit: type },
    primaryType: "Permit",
    message,
  });
  const times = { nonce: nonce.toString(), deadline: deadline.toString() };
  if (kind === "eip2612") {
    const typedData = data(eip2612, { owner, spender, value: valueBase.toString(), ...times });
    return { kind: "eip2612", typedData, valueBase, deadline };
  }
  const message = { holder: owner, spender, nonce: times.nonce, expiry: times.deadline, allowed: true };
  return { kind: "dai", typedData: data(dai, message), nonce, expiry: deadline };
}
