import type { CheckoutQuote } from "@qbitflow/api";
import { encodeFunctionData, type Hex } from "viem";
import { checkoutAbi, tokenAbi } from "./abi.ts";

export interface Call {
  readonly to: Hex;
  readonly data: Hex;
  readonly valueBase: bigint;
}

/** A permit's signature in the parts the contract takes. */
export interface SplitSignature {
  readonly v: number;
  readonly r: Hex;
  readonly s: Hex;
}

/** The session's uuid as the contract's bytes16. */
export function uuidBytes(uuid: string): Hex {
  return `0x${uuid.replaceAll("-", "").toLowerCase()}`;
}

export function contractTerms({ terms }: CheckoutQuote) {
  return {
    uuid: uuidBytes(terms.uuid),
    merchant: terms.merchant as Hex,
    token: terms.token as Hex,
    amount: BigInt(terms.amount),
    feeRecipient: terms.feeRecipient as Hex,
    feeBps: terms.feeBps,
    organization: terms.organization as Hex,
    organizationFeeBps: terms.organizationFeeBps,
    deadline: BigInt(terms.deadline),
  };
}

export function payNativeCall(quote: CheckoutQuote): Call {
  const data = encodeFunctionData({ abi: checkoutAbi, functionName: "payNative", args: [contractTerms(quote)] });
  return { to: quote.contract as Hex, data, valueBase: BigInt(quote.terms.amount) };
}

export function payTokenCall(quote: CheckoutQuote): Call {
  const data = encodeFunctionData({ abi: checkoutAbi, functionName: "payToken", args: [contractTerms(quote)] });
  return { to: quote.contract as Hex, data, valueBase: 0n };
}

export function payWithPermitCall(quote: CheckoutQuote, { v, r, s }: SplitSignature): Call {
  const functionName = quote.permit.kind === "dai" ? "payWithDaiPermit" : "payWithPermit";
  const data = encodeFunctionData({ abi: checkoutAbi, functionName, args: [contractTerms(quote), v, r, s] });
  return { to: quote.contract as Hex, data, valueBase: 0n };
}

/** Allows the checkout contract exactly `amountBase`, never more. */
export function approveCall(quote: CheckoutQuote, amountBase: bigint): Call {
  const args = [quote.contract as Hex, amountBase] as const;
  const data = encodeFunctionData({ abi: tokenAbi, functionName: "approve", args });
  return { to: quote.terms.token as Hex, data, valueBase: 0n };
}

/** The permit alone, to be tried before the payment: the payment's own failure would not say what is wrong. */
export function permitCall(
  quote: CheckoutQuote,
  owner: Hex,
  { nonce, signature: { v, r, s } }: { readonly nonce: bigint; readonly signature: SplitSignature },
): Call {
  const spender = quote.contract as Hex;
  const { amount, deadline } = contractTerms(quote);
  const data =
    quote.permit.kind === "dai"
      ? encodeFunctionData({
          abi: tokenAbi,
          functionName: "permit",
          args: [owner, spender, nonce, deadline, true, v, r, s],
        })
      : encodeFunctionData({
          abi: tokenAbi,
          functionName: "permit",
          args: [owner, spender, amount, deadline, v, r, s],
        });
  return { to: quote.terms.token as Hex, data, valueBase: 0n };
}
