import { decodeFunctionResult, domainSeparator, encodeFunctionData, isAddressEqual, parseAbi } from "viem";
import type { Address, Hex } from "../adapter.ts";

/** Name and version of a token's EIP-712 domain; a network's data file has them where they are certain. */
export interface DomainHint {
  readonly name?: string;
  readonly version?: string;
}

/** The EIP-712 domain that a token checks permits (EIP-2612, DAI) and authorizations (EIP-3009) against. */
export interface TokenDomain {
  readonly name: string;
  readonly version: string;
  readonly chainId: number;
  readonly verifyingContract: Address;
}

export interface TokenDomainQuestion {
  readonly token: Address;
  readonly chainId: number;
  readonly hint?: DomainHint;
}

/** `eth_call` of `data` to a contract; may reject, which counts as no answer. */
export type ReadContract = (to: Address, data: Hex) => Promise<string>;

const abi = parseAbi([
  "function DOMAIN_SEPARATOR() view returns (bytes32)",
  "function name() view returns (string)",
  "function version() view returns (string)",
  "function eip712Domain() view returns (bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)",
]);

/** EIP-5267's bits for exactly name, version, chain id and contract. */
const PLAIN_FIELDS = "0x0f";
/** OpenZeppelin's ERC20Permit, which has no `version()`. USDT0's, too. */
const UNSAID_VERSION = "1";

/**
 * The domain whose separator is the one the token itself answers, or null: then a signature would not be taken, and
 * nobody should be asked for one. The hint is tried first, then what the token says of itself (EIP-5267, name and
 * version). Never rejects; an endpoint that is away is a token that does not answer.
 */
export async function readTokenDomain(
  read: ReadContract,
  { token, chainId, hint = {} }: TokenDomainQuestion,
): Promise<TokenDomain | null> {
  const separator = await ask(read, token, "DOMAIN_SEPARATOR");
  if (separator === null) return null;
  const proven = (name: string | null, version: string | null): TokenDomain | null => {
    if (name === null || version === null) return null;
    const domain = { name, version, chainId, verifyingContract: token };
    return domainSeparator({ domain: domain as never }) === separator ? domain : null;
  };
  const hinted = proven(hint.name ?? null, hint.version ?? null);
  if (hinted) return hinted;
  const [name, version, said] = await Promise.all([
    ask(read, token, "name"),
    ask(read, token, "version"),
    ask(read, token, "eip712Domain"),
  ]);
  const [fields, saidName, saidVersion, saidChainId, saidContract] = said ?? [];
  const plain =
    fields === PLAIN_FIELDS && saidChainId === BigInt(chainId) && isAddressEqual(saidContract as Hex, token as Hex);
  return (
    (plain ? proven(saidName ?? null, saidVersion ?? null) : null) ??
    proven(name, version) ??
    proven(name, UNSAID_VERSION)
  );
}

type Question = (typeof abi)[number]["name"];
type Answer<Q extends Question> = ReturnType<typeof decodeFunctionResult<typeof abi, Q>>;

/** Null for a token that reverts, answers nothing, or answers what is not of the function's type. */
async function ask<Q extends Question>(read: ReadContract, token: Address, functionName: Q): Promise<Answer<Q> | null> {
  try {
    const data = await read(token, encodeFunctionData({ abi, functionName } as never));
    return decodeFunctionResult({ abi, functionName, data } as never) as Answer<Q>;
  } catch {
    return null;
  }
}
