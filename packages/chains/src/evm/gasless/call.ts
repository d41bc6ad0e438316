import { type Hex as EvmHex, encodeFunctionData, parseSignature } from "viem";
import type { Hex, PaymentTerms } from "../../adapter.ts";
import type { GaslessPayment } from "../../gasless.ts";
import type { Call } from "../../mandate.ts";
import { checkoutAbi } from "../generated/checkout.ts";
import { checksummedTerms, uuidBytes } from "../terms.ts";

const KEY_SIGNATURE_CHARACTERS = 132;

/** The contract's struct, as viem's ABI encoder takes it. */
function termsOf(given: PaymentTerms) {
  const terms = checksummedTerms(given);
  return {
    uuid: uuidBytes(terms.uuid),
    merchant: terms.merchant,
    token: terms.token,
    amount: terms.amountBase,
    feeRecipient: terms.feeRecipient,
    feeBps: terms.feeBps,
    organization: terms.organization,
    organizationFeeBps: terms.organizationFeeBps,
    deadline: BigInt(terms.deadline),
  };
}

/** Permits know nothing but the 65 bytes of a key. */
function vrs(signature: Hex): readonly [number, EvmHex, EvmHex] {
  if (signature.length !== KEY_SIGNATURE_CHARACTERS) throw new RangeError("A permit's signature has 65 bytes.");
  const { r, s, yParity } = parseSignature(signature);
  return [27 + yParity, r, s];
}

/** What the relay sends. Pure. Throws RangeError. */
export function gaslessCall(payment: GaslessPayment): Call {
  const { contract, relay, payer, way, signature } = payment;
  const common = [
    termsOf(payment.terms),
    { fee: relay.feeBase, recipient: relay.recipient as EvmHex },
    payer as EvmHex,
  ] as const;
  const abi = checkoutAbi;
  const encode = (): Hex => {
    switch (way) {
      case "eip2612":
        return encodeFunctionData({ abi, functionName: "payWithPermitRelayed", args: [...common, ...vrs(signature)] });
      case "dai":
        return encodeFunctionData({
          abi,
          functionName: "payWithDaiPermitRelayed",
          args: [...common, ...vrs(signature)],
        });
      case "authorization":
        return encodeFunctionData({ abi, functionName: "payWithAuthorization", args: [...common, signature] });
      case "permit2": {
        const nonce = payment.permit2Nonce;
        if (nonce === undefined) throw new RangeError("Permit2 needs the nonce that was signed.");
        return encodeFunctionData({ abi, functionName: "payWithPermit2", args: [...common, nonce, signature] });
      }
    }
  };
  return { to: contract, data: encode() };
}
