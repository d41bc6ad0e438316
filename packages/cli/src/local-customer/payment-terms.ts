import type { CheckoutQuote } from "@qbitflow/api";
import type { Address, Hex } from "viem";

/** A quote's terms as the checkout contract's functions take them. */
export function paymentTerms({ terms }: CheckoutQuote) {
  return {
    uuid: `0x${terms.uuid.replaceAll("-", "")}` as Hex,
    merchant: terms.merchant as Address,
    token: terms.token as Address,
    amount: BigInt(terms.amount),
    feeRecipient: terms.feeRecipient as Address,
    feeBps: terms.feeBps,
    organization: terms.organization as Address,
    organizationFeeBps: terms.organizationFeeBps,
    deadline: BigInt(terms.deadline),
  };
}
