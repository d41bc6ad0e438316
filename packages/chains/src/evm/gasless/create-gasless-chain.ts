import { splitFees } from "@qbitflow/money";
import { type Hex as EvmHex, encodeFunctionData, erc20Abi, parseAbi } from "viem";
import { type Address, ChainUnavailableError, type Hex, type Network, type TokenSpec } from "../../adapter.ts";
import type { GaslessChain, GaslessPayment, GaslessTerms, GaslessTypedData, GaslessWay } from "../../gasless.ts";
import type { AgreedReader } from "../mandates/read-agreed.ts";
import { signingHash } from "../mandates/typed-data.ts";
import { isSignedBy } from "../mandates/verify-signature.ts";
import { readTokenDomain, type TokenDomain } from "../token-domain.ts";
import { gaslessCall } from "./call.ts";
import { gaslessHash, permit2TypedData, tokenTypedData } from "./typed-data.ts";

/**
 * Gas of a payment with both fees and a relay fee, everything included. Measured (contracts/snapshots) with plain tokens,
 * and half as much again for tokens behind proxies and first-time recipients.
 */
const GAS: Readonly<Record<GaslessWay, bigint>> = {
  authorization: 160_000n,
  eip2612: 165_000n,
  dai: 190_000n,
  permit2: 195_000n,
};

const noncesAbi = parseAbi(["function nonces(address owner) view returns (uint256)"]);

/** What a token's data file says it can do; Permit2 can do it with every token. */
function waysOf(network: Network, spec: TokenSpec): GaslessWay[] {
  const ways: GaslessWay[] = [];
  if (spec.authorization) ways.push("authorization");
  if (spec.permit.kind !== "none") ways.push(spec.permit.kind);
  if (network.permit2 !== undefined) ways.push("permit2");
  return ways;
}

/** Null where there is no checkout contract. */
export function createGaslessChain(network: Network, reader: AgreedReader): GaslessChain | null {
  if (network.checkoutContracts.length === 0) return null;
  const specOf = (token: Address) =>
    network.tokens.find(({ address }) => address.toLowerCase() === token.toLowerCase()) ?? null;
  return {
    gas(token) {
      const spec = specOf(token);
      const ways = spec === null ? [] : waysOf(network, spec);
      return ways.map((way) => GAS[way]).toSorted((a, b) => (a < b ? 1 : -1))[0] ?? null;
    },
    async offer(given) {
      const spec = specOf(given.terms.token);
      if (spec === null) return null;
      const typedData = await typedDataOf({ network, reader, spec }, given);
      const ways = waysOf(network, spec).filter((way) => typedData[way] !== undefined);
      if (ways.length === 0) return null;
      const permit2 = ways.includes("permit2") && network.permit2 !== undefined ? { permit2: network.permit2 } : {};
      return { hash: gaslessHash(given), ways, ...permit2, typedData };
    },
    check: (payment, typedData) => check({ network, reader }, payment, typedData),
    call: gaslessCall,
  };
}

interface Place {
  readonly network: Network;
  readonly reader: AgreedReader;
}

async function typedDataOf(
  { network, reader, spec }: Place & { readonly spec: TokenSpec },
  given: GaslessTerms,
): Promise<Partial<Record<GaslessWay, GaslessTypedData>>> {
  const { chainId, permit2 } = network;
  const all: Partial<Record<GaslessWay, GaslessTypedData>> = {};
  const own = waysOf(network, spec).filter((way) => way !== "permit2");
  const domain = own.length === 0 ? null : await domainOf({ network, reader }, spec);
  for (const way of domain === null ? [] : own) all[way] = tokenTypedData[way](given, domain as TokenDomain);
  if (permit2 !== undefined) all.permit2 = permit2TypedData(given, { permit2, chainId, parts: partsOf(given) });
  return all;
}

/** As the contract splits: merchant, platform, organization, relay; those who get nothing left out. */
function partsOf({ terms, relay }: GaslessTerms): bigint[] {
  const { merchantBase, feeBase, organizationFeeBase } = splitFees(terms);
  return [merchantBase, feeBase, organizationFeeBase, relay.feeBase].filter((part) => part > 0n);
}

async function domainOf({ network, reader }: Place, spec: TokenSpec): Promise<TokenDomain | null> {
  let unavailable: ChainUnavailableError | null = null;
  const read = async (to: string, data: Hex) => {
    const answer = await reader.readOne({ to, data }).catch((error: unknown) => {
      if (error instanceof ChainUnavailableError) unavailable = error;
      throw error;
    });
    return answer ?? "0x";
  };
  const hint = spec.permit.name === undefined ? (spec.authorization ?? spec.permit) : spec.permit;
  const domain = await readTokenDomain(read, { token: spec.address, chainId: network.chainId, hint });
  // To `readTokenDomain` a chain that is away looks like a token without a domain.
  if (unavailable !== null) throw unavailable;
  return domain;
}

async function readNumber(reader: AgreedReader, to: Address, data: Hex): Promise<bigint | null> {
  const answer = await reader.readOne({ to, data });
  return answer !== null && /^0x[0-9a-f]{64}/.test(answer) ? BigInt(answer.slice(0, 66)) : null;
}

async function check(
  { network, reader }: Place,
  payment: GaslessPayment,
  typedData: GaslessTypedData,
): ReturnType<GaslessChain["check"]> {
  const { terms, relay, way, signature } = payment;
  const payer = payment.payer as EvmHex;
  const token = terms.token;
  const nonces = encodeFunctionData({ abi: noncesAbi, functionName: "nonces", args: [payer] });
  const tokenNonce = typedData.blanks.some((blank) => blank.with === "tokenNonce")
    ? await readNumber(reader, token, nonces)
    : 0n;
  if (tokenNonce === null) return "signature_invalid";
  const filled = { payer, tokenNonce: String(tokenNonce), permit2Nonce: String(payment.permit2Nonce ?? 0n) };
  const blanks = Object.fromEntries(typedData.blanks.map((blank) => [blank.field, filled[blank.with]]));
  const digest = signingHash({ ...typedData, message: { ...typedData.message, ...blanks } });
  if (!(await isSignedBy(reader, { signer: payer, digest, signature }, undefined))) return "signature_invalid";
  const needed = terms.amountBase + relay.feeBase;
  const balance = encodeFunctionData({ abi: erc20Abi, functionName: "balanceOf", args: [payer] });
  if (((await readNumber(reader, token, balance)) ?? 0n) < needed) return "insufficient_balance";
  if (way !== "permit2" || network.permit2 === undefined) return "ok";
  const args = [payer, network.permit2 as EvmHex] as const;
  const allowance = encodeFunctionData({ abi: erc20Abi, functionName: "allowance", args });
  return ((await readNumber(reader, token, allowance)) ?? 0n) < needed ? "insufficient_allowance" : "ok";
}
