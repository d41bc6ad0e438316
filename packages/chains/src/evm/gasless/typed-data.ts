import { hashStruct } from "viem";
import type { Address, Hex, PaymentTerms } from "../../adapter.ts";
import type { GaslessTerms, GaslessTypedData, GaslessWay } from "../../gasless.ts";
import { domainType } from "../mandates/typed-data.ts";
import { checksummedTerms, uuidBytes } from "../terms.ts";
import type { TokenDomain } from "../token-domain.ts";

const field = (text: string) => {
  const [type = "", name = ""] = text.split(" ");
  return { name, type };
};
const fields = (text: string) => text.split(", ").map(field);

const termsType = fields(
  "bytes16 uuid, address merchant, address token, uint256 amount, address feeRecipient, uint16 feeBps, address organization, uint16 organizationFeeBps, uint64 deadline",
);
const gaslessType = fields("PaymentTerms terms, uint256 relayFee, address relayFeeRecipient");
function termsMessage(given: PaymentTerms) {
  const terms = checksummedTerms(given);
  return {
    uuid: uuidBytes(terms.uuid),
    merchant: terms.merchant,
    token: terms.token,
    amount: String(terms.amountBase),
    feeRecipient: terms.feeRecipient,
    feeBps: String(terms.feeBps),
    organization: terms.organization,
    organizationFeeBps: String(terms.organizationFeeBps),
    deadline: String(terms.deadline),
  };
}

function gaslessMessage({ terms, relay }: GaslessTerms) {
  return { terms: termsMessage(terms), relayFee: String(relay.feeBase), relayFeeRecipient: relay.recipient };
}

/** The contract's `hashGasless`: what every signature commits to. Throws for values that its structs cannot hold. */
export function gaslessHash(given: GaslessTerms): Hex {
  const types = { GaslessPayment: gaslessType, PaymentTerms: termsType };
  return hashStruct({ data: gaslessMessage(given), primaryType: "GaslessPayment", types });
}

/** EIP-3009: the nonce is the hash, so that nothing else can be done with the signature. */
function authorization(given: GaslessTerms, domain: TokenDomain): GaslessTypedData {
  return {
    domain: { ...domain },
    types: {
      EIP712Domain: domainType,
      ReceiveWithAuthorization: fields(
        "address from, address to, uint256 value, uint256 validAfter, uint256 validBefore, bytes32 nonce",
      ),
    },
    primaryType: "ReceiveWithAuthorization",
    message: {
      to: given.contract,
      value: String(given.terms.amountBase + given.relay.feeBase),
      validAfter: "0",
      validBefore: String(given.terms.deadline),
      nonce: gaslessHash(given),
    },
    blanks: [{ field: "from", with: "payer" }],
  };
}

/** The deadline is the hash, so that the permit is good for these terms alone. */
function eip2612(given: GaslessTerms, domain: TokenDomain): GaslessTypedData {
  return {
    domain: { ...domain },
    types: {
      EIP712Domain: domainType,
      Permit: fields("address owner, address spender, uint256 value, uint256 nonce, uint256 deadline"),
    },
    primaryType: "Permit",
    message: {
      spender: given.contract,
      value: String(given.terms.amountBase + given.relay.feeBase),
      deadline: String(BigInt(gaslessHash(given))),
    },
    blanks: [
      { field: "owner", with: "payer" },
      { field: "nonce", with: "tokenNonce" },
    ],
  };
}

function dai(given: GaslessTerms, domain: TokenDomain): GaslessTypedData {
  return {
    domain: { ...domain },
    types: {
      EIP712Domain: domainType,
      Permit: fields("address holder, address spender, uint256 nonce, uint256 expiry, bool allowed"),
    },
    primaryType: "Permit",
    message: { spender: given.contract, expiry: String(BigInt(gaslessHash(given))), allowed: true },
    blanks: [
      { field: "holder", with: "payer" },
      { field: "nonce", with: "tokenNonce" },
    ],
  };
}

export interface Permit2Place {
  readonly permit2: Address;
  readonly chainId: number;
  /** What each recipient gets, in the contract's order; those who get nothing left out. */
  readonly parts: readonly bigint[];
}

/** Permit2 with the terms as witness: one entry for each recipient that gets something. */
export function permit2TypedData(given: GaslessTerms, place: Permit2Place): GaslessTypedData {
  const { terms, contract } = given;
  return {
    domain: { name: "Permit2", chainId: place.chainId, verifyingContract: place.permit2 },
    types: {
      EIP712Domain: domainType.filter(({ name }) => name !== "version"),
      PermitBatchWitnessTransferFrom: fields(
        "TokenPermissions[] permitted, address spender, uint256 nonce, uint256 deadline, GaslessPayment witness",
      ),
      TokenPermissions: fields("address token, uint256 amount"),
      GaslessPayment: gaslessType,
      PaymentTerms: termsType,
    },
    primaryType: "PermitBatchWitnessTransferFrom",
    message: {
      permitted: place.parts.map((amount) => ({ token: terms.token, amount: String(amount) })),
      spender: contract,
      deadline: String(terms.deadline),
      witness: gaslessMessage(given),
    },
    blanks: [{ field: "nonce", with: "permit2Nonce" }],
  };
}

/** By the token's own signatures. */
export const tokenTypedData: Readonly<
  Record<Exclude<GaslessWay, "permit2">, (given: GaslessTerms, domain: TokenDomain) => GaslessTypedData>
> = { authorization, eip2612, dai };
