import { getAddress, isAddress, keccak256, toHex } from "viem/utils";
import type { Address, Hex, PaymentTerms } from "../adapter.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ZERO_ADDRESS = "0x0000000000000000000000000000000000000000";
export const TERMS_WORDS = 9;

const TYPE_HASH = keccak256(
  toHex(
    "PaymentTerms(bytes16 uuid,address merchant,address token,uint256 amount,address feeRecipient,uint16 feeBps,address organization,uint16 organizationFeeBps,uint64 deadline)",
  ),
);

/** A uuid as the contracts' bytes16. Throws RangeError for anything but a lower-case uuid. */
export function uuidBytes(uuid: string): Hex {
  if (!UUID.test(uuid)) throw new RangeError("The contracts need a lower-case uuid.");
  return `0x${uuid.replaceAll("-", "")}`;
}

function addressWord(address: Address): string {
  if (!isAddress(address, { strict: false })) throw new RangeError("Payment terms need addresses.");
  return address.slice(2).toLowerCase().padStart(64, "0");
}

function numberWord(value: bigint, bits: bigint): string {
  if (value < 0n || value >= 1n << bits) throw new RangeError(`Payment terms need numbers of at most ${bits} bits.`);
  return value.toString(16).padStart(64, "0");
}

/** EIP-712 hashStruct of the nine encoded words of the contract's terms, without 0x. */
export function hashTermsWords(words: string): Hex {
  return keccak256(`${TYPE_HASH}${words}` as Hex);
}

/** The contract's `hashTerms`. Throws RangeError for terms that the contract's struct cannot hold. */
export function termsHash(terms: PaymentTerms): Hex {
  return hashTermsWords(
    [
      uuidBytes(terms.uuid).slice(2).padEnd(64, "0"),
      addressWord(terms.merchant),
      addressWord(terms.token),
      numberWord(terms.amountBase, 256n),
      addressWord(terms.feeRecipient),
      numberWord(BigInt(terms.feeBps), 16n),
      addressWord(terms.organization),
      numberWord(BigInt(terms.organizationFeeBps), 16n),
      numberWord(BigInt(terms.deadline), 64n),
    ].join(""),
  );
}

/** The first 16 bytes of a word, as a uuid. */
export function uuidFromWord(word: string): string {
  const hex = word.slice(0, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The checksummed address in the last 20 bytes of a word. */
export function addressFromWord(word: string): Address {
  return getAddress(`0x${word.slice(-40)}`);
}

/** Addresses as viem's encoders take them, with terms of any letter case. Throws for what is no address. */
export function checksummedTerms<T extends Pick<PaymentTerms, "merchant" | "token" | "feeRecipient" | "organization">>(
  terms: T,
) {
  const checksummed = (address: Address) => getAddress(address.toLowerCase());
  return {
    ...terms,
    merchant: checksummed(terms.merchant),
    token: checksummed(terms.token),
    feeRecipient: checksummed(terms.feeRecipient),
    organization: checksummed(terms.organization),
  };
}

/**
 * An address typed by a person → checksummed. Null for anything else, for a mixed-case address whose checksum is
 * wrong (a typo), and for the zero address, which nobody can be paid at.
 */
export function parseAddress(text: string): Address | null {
  const trimmed = text.trim();
  if (!/^0x[0-9a-fA-F]{40}$/.test(trimmed)) return null;
  const digits = trimmed.slice(2);
  const address = getAddress(trimmed.toLowerCase());
  if (address === ZERO_ADDRESS) return null;
  const oneCase = digits === digits.toLowerCase() || digits === digits.toUpperCase();
  return oneCase || address === trimmed ? address : null;
}
