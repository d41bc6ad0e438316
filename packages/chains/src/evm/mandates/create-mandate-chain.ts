import { decodeFunctionResult, type Hex as EvmHex, encodeFunctionData, erc20Abi, parseAbi } from "viem";
import { ChainUnavailableError, type Hex, type Network } from "../../adapter.ts";
import type { Funds, FundsQuestion, MandateChain, MandateState } from "../../mandate.ts";
import { subscriptionsAbi } from "../generated/subscriptions.ts";
import { readTokenDomain } from "../token-domain.ts";
import { createCalls } from "./calls.ts";
import { permitTypedData } from "./permit.ts";
import type { AgreedReader } from "./read-agreed.ts";
import { changeTypedData, mandateHash, mandateTypedData, signingHash } from "./typed-data.ts";
import { isSignedBy } from "./verify-signature.ts";

/**
 * A charge that is alone in its batch and pays all three recipients takes 85 000 of a plain token, and 28 000 more of one
 * behind a proxy, like USDC; a test measures it. One of twenty in a batch takes a third.
 */
const CHARGE_GAS = 115_000n;
const STATES_PER_CALL = 500;
/** The contract's numbers of `MandateStatus`. */
const STATUSES: readonly MandateState["status"][] = ["unknown", "active", "stopped", "stopped", "cancelled"];
const WORD = /^0x[0-9a-f]{64}/;

const noncesAbi = parseAbi(["function nonces(address owner) view returns (uint256)"]);

/** Null where the network lacks the contract or the registry. */
export function createMandateChain(network: Network, reader: AgreedReader): MandateChain | null {
  const contract = network.subscriptionContracts.at(-1)?.address;
  const registry = network.executorRegistry;
  if (contract === undefined || registry === undefined) return null;
  const place = { chainId: network.chainId, contract };
  const isSigned = (signer: string, digest: Hex, signature: Hex) =>
    isSignedBy(reader, { signer, digest, signature }, network.signatureVerifier);
  return {
    contract,
    registry,
    chargeGas: CHARGE_GAS,
    ...createCalls(contract),
    hash: mandateHash,
    toSign: (mandate) => mandateTypedData(mandate, place),
    changeToSign: (change) => changeTypedData(change, place),
    permitToSign: createPermitToSign(network, reader, contract),
    verify: (mandate, signature) =>
      isSigned(mandate.subscriber, signingHash(mandateTypedData(mandate, place)), signature),
    verifyChange: (change) =>
      isSigned(change.mandate.subscriber, signingHash(changeTypedData(change, place)), change.signature),
    funds: (questions) => readFunds(reader, contract, questions),
    states: (hashes) => readStates(reader, contract, hashes),
  };
}

function createPermitToSign(network: Network, reader: AgreedReader, spender: string): MandateChain["permitToSign"] {
  const { chainId, tokens } = network;
  return async ({ token, owner, valueBase, deadline }) => {
    const spec = tokens.find(({ address }) => address.toLowerCase() === token.toLowerCase());
    if (!spec || spec.permit.kind === "none") return null;
    let unavailable: ChainUnavailableError | null = null;
    const read = async (to: string, data: Hex) => {
      const answer = await reader.readOne({ to, data }).catch((error: unknown) => {
        // To `readTokenDomain` a chain that is away looks like a token without a domain.
        if (error instanceof ChainUnavailableError) unavailable = error;
        throw error;
      });
      return answer ?? "0x";
    };
    const domain = await readTokenDomain(read, { token: spec.address, chainId, hint: spec.permit });
    if (unavailable !== null) throw unavailable;
    if (!domain) return null;
    const data = encodeFunctionData({ abi: noncesAbi, functionName: "nonces", args: [owner as EvmHex] });
    const nonce = await reader.readOne({ to: spec.address, data });
    if (nonce === null || !WORD.test(nonce)) return null;
    const terms = { owner, spender, valueBase, nonce: BigInt(nonce.slice(0, 66)), deadline };
    return permitTypedData(spec.permit.kind, domain, terms);
  };
}

/** Each token and owner is asked for once, however often a batch needs to know. */
async function readFunds(reader: AgreedReader, spender: string, questions: readonly FundsQuestion[]): Promise<Funds[]> {
  const keyOf = ({ token, owner }: FundsQuestion) => `${token}${owner}`.toLowerCase();
  const distinct = [...new Map(questions.map((question) => [keyOf(question), question])).values()];
  const calls = distinct.flatMap(({ token, owner }) => [
    {
      to: token,
      data: encodeFunctionData({
        abi: erc20Abi,
        functionName: "allowance",
        args: [owner as EvmHex, spender as EvmHex],
      }),
    },
    { to: token, data: encodeFunctionData({ abi: erc20Abi, functionName: "balanceOf", args: [owner as EvmHex] }) },
  ]);
  const answers = await reader.readAll(calls);
  const amountAt = (index: number) => {
    const answer = answers[index] ?? "0x";
    if (!WORD.test(answer)) throw new ChainUnavailableError("A token does not say what an account holds.");
    return BigInt(answer.slice(0, 66));
  };
  const known = new Map(
    distinct.map((question, index) => [
      keyOf(question),
      { allowanceBase: amountAt(index * 2), balanceBase: amountAt(index * 2 + 1) },
    ]),
  );
  return questions.map((question) => known.get(keyOf(question)) as Funds);
}

async function readStates(reader: AgreedReader, contract: string, hashes: readonly Hex[]): Promise<MandateState[]> {
  const groups = Array.from({ length: Math.ceil(hashes.length / STATES_PER_CALL) }, (_, index) =>
    hashes.slice(index * STATES_PER_CALL, (index + 1) * STATES_PER_CALL),
  );
  const calls = groups.map((group) => ({
    to: contract,
    data: encodeFunctionData({ abi: subscriptionsAbi, functionName: "mandateStates", args: [group] }),
  }));
  const answers = await reader.readAll(calls);
  const states = answers.flatMap((data) => {
    if (data === "0x") throw new ChainUnavailableError(`There is no subscriptions contract at ${contract}.`);
    return decodeFunctionResult({ abi: subscriptionsAbi, functionName: "mandateStates", data });
  });
  if (states.length !== hashes.length) throw new ChainUnavailableError("An endpoint left out mandates' states.");
  return states.map(({ status, nextPeriod, maximum, signatureNonce }) => ({
    status: STATUSES[status] ?? "unknown",
    nextPeriodIndex: Number(nextPeriod),
    maximumBase: maximum,
    nonce: signatureNonce,
  }));
}
