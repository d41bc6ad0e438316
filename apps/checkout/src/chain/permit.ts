import type { CheckoutQuote } from "@qbitflow/api";
import { type Hex, parseSignature, size } from "viem";
import { ProblemError } from "../problem.ts";
import { type Payer, readPermitNonce } from "./account.ts";
import type { SplitSignature } from "./calls.ts";

const domainFields = [
  { name: "name", type: "string" },
  { name: "version", type: "string" },
  { name: "chainId", type: "uint256" },
  { name: "verifyingContract", type: "address" },
];

const eip2612Fields = [
  { name: "owner", type: "address" },
  { name: "spender", type: "address" },
  { name: "value", type: "uint256" },
  { name: "nonce", type: "uint256" },
  { name: "deadline", type: "uint256" },
];

const daiFields = [
  { name: "holder", type: "address" },
  { name: "spender", type: "address" },
  { name: "nonce", type: "uint256" },
  { name: "expiry", type: "uint256" },
  { name: "allowed", type: "bool" },
];

/** What the wallet shows and signs. EIP-2612 allows the exact amount; DAI's own kind knows only yes or no. */
export function permitTypedData(quote: CheckoutQuote, owner: Hex, nonce: bigint) {
  const { terms, contract, permit } = quote;
  const dai = permit.kind === "dai";
  const shared = { spender: contract, nonce: nonce.toString() };
  return {
    domain: {
      name: permit.name ?? "",
      version: permit.version ?? "1",
      chainId: quote.chainId,
      verifyingContract: terms.token,
    },
    primaryType: "Permit" as const,
    types: { EIP712Domain: domainFields, Permit: dai ? daiFields : eip2612Fields },
    message: dai
      ? { ...shared, holder: owner, expiry: String(terms.deadline), allowed: true }
      : { ...shared, owner, value: terms.amount, deadline: String(terms.deadline) },
  };
}

/** Asks the wallet to sign. Throws ProblemError `walletUnsupported` for a signature that is not a plain account's. */
export async function signPermit(payer: Payer): Promise<SplitSignature> {
  const typedData = permitTypedData(payer.quote, payer.address, await readPermitNonce(payer));
  const signature = (await payer.provider.request({
    method: "eth_signTypedData_v4",
    params: [payer.address, JSON.stringify(typedData)],
  })) as Hex;
  if (size(signature) !== 65) throw new ProblemError({ code: "walletUnsupported" });
  const { r, s, yParity } = parseSignature(signature);
  return { r, s, v: 27 + yParity };
}
