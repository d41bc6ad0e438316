import type { CheckoutQuote } from "@qbitflow/api";
import { readTokenDomain, type TokenDomain } from "@qbitflow/chains/token-domain";
import { type Hex, parseSignature, size } from "viem";
import { ProblemError } from "../problem.ts";
import type { Payer } from "./account.ts";
import type { SplitSignature } from "./calls.ts";
import { readToken } from "./token.ts";

/** What a permit's signature is bound to, read from the token. */
export interface PermitBase {
  readonly domain: TokenDomain;
  readonly nonce: bigint;
}

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

/** Null where the token does not prove its EIP-712 domain: the quote's names are only a hint, and a guess would fail. */
export async function readPermitBase({ provider, address, quote }: Payer): Promise<PermitBase | null> {
  const { kind, ...hint } = quote.permit;
  if (kind === "none") return null;
  const call = (to: string, data: Hex) =>
    provider.request({ method: "eth_call", params: [{ to, data }, "latest"] }) as Promise<string>;
  const [domain, nonce] = await Promise.all([
    readTokenDomain(call, { token: quote.terms.token, chainId: quote.chainId, hint }),
    readToken(provider, quote, { functionName: "nonces", args: [address] }).catch(() => null),
  ]);
  return domain && nonce !== null ? { domain, nonce } : null;
}

/** What the wallet shows and signs. EIP-2612 allows the exact amount; DAI's own kind knows only yes or no. */
export function permitTypedData(quote: CheckoutQuote, owner: Hex, { domain, nonce }: PermitBase) {
  const { terms, contract, permit } = quote;
  const dai = permit.kind === "dai";
  const shared = { spender: contract, nonce: nonce.toString() };
  return {
    domain,
    primaryType: "Permit" as const,
    types: { EIP712Domain: domainFields, Permit: dai ? daiFields : eip2612Fields },
    message: dai
      ? { ...shared, holder: owner, expiry: String(terms.deadline), allowed: true }
      : { ...shared, owner, value: terms.amount, deadline: String(terms.deadline) },
  };
}

/** Asks the wallet to sign. Throws ProblemError `walletUnsupported` for a signature that is not a plain account's. */
export async function signPermit(payer: Payer, base: PermitBase): Promise<SplitSignature> {
  const typedData = permitTypedData(payer.quote, payer.address, base);
  const signature = (await payer.provider.request({
    method: "eth_signTypedData_v4",
    params: [payer.address, JSON.stringify(typedData)],
  })) as Hex;
  if (size(signature) !== 65) throw new ProblemError({ code: "walletUnsupported" });
  const { r, s, yParity } = parseSignature(signature);
  return { r, s, v: 27 + yParity };
}
