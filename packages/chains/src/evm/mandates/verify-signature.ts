import { type Hex as EvmHex, encodeFunctionData, isAddressEqual, parseAbi, recoverAddress } from "viem";
import type { Address, Hex } from "../../adapter.ts";
import { signatureVerifierAbi } from "../generated/subscriptions.ts";
import type { AgreedReader } from "./read-agreed.ts";

/** What an ERC-6492 signature ends with. */
const MARK = "6492".repeat(16);
const HIGHEST_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
const VALID_ANSWER = `0x1626ba7e${"0".repeat(56)}`;
const TRUE_ANSWER = `0x${"1".padStart(64, "0")}`;
/** Smart wallets' signatures carry passkeys' data or their own deployment; none comes near. */
const MAX_BYTES = 16_384;
const BYTES = /^0x([0-9a-fA-F]{2})+$/;

const walletAbi = parseAbi(["function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)"]);

export interface SignatureQuestion {
  readonly signer: Address;
  readonly digest: Hex;
  readonly signature: Hex;
}

/** As the contract recovers: 65 bytes, the lower s, v 27 or 28. */
async function isByKey({ signer, digest, signature }: SignatureQuestion): Promise<boolean> {
  const v = signature.slice(130);
  if (signature.length !== 132 || BigInt(`0x${signature.slice(66, 130)}`) > HIGHEST_S) return false;
  if (v !== "1b" && v !== "1c") return false;
  try {
    return isAddressEqual(await recoverAddress({ hash: digest, signature }), signer as EvmHex);
  } catch {
    // Not a point of the curve: nobody's signature.
    return false;
  }
}

/**
 * True when the subscriptions contract would take the signature: that of a key, of a smart wallet (EIP-1271), or of one
 * that is not deployed yet (ERC-6492), in the contract's own order. `verifier` is the chain's ISignatureVerifier.
 * Throws ChainUnavailableError.
 */
export async function isSignedBy(
  reader: AgreedReader,
  question: SignatureQuestion,
  verifier: Address | undefined,
): Promise<boolean> {
  if (!BYTES.test(question.signature) || question.signature.length > 2 + 2 * MAX_BYTES) return false;
  const signature = question.signature.toLowerCase() as EvmHex;
  const { signer, digest } = question;
  if (await isByKey({ signer, digest, signature })) return true;
  if (signature.length > 66 && signature.endsWith(MARK)) {
    if (verifier === undefined) return false;
    const args = [signer as EvmHex, digest, signature] as const;
    const data = encodeFunctionData({ abi: signatureVerifierAbi, functionName: "verify", args });
    return (await reader.readOne({ to: verifier, data })) === TRUE_ANSWER;
  }
  const data = encodeFunctionData({ abi: walletAbi, functionName: "isValidSignature", args: [digest, signature] });
  const answer = await reader.readOne({ to: signer, data });
  return answer?.slice(0, VALID_ANSWER.length) === VALID_ANSWER;
}
