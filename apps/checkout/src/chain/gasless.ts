import type { CheckoutGasless, CheckoutQuote, CheckoutRelayRequest, GaslessTypedData, GaslessWay } from "@qbitflow/api";
import { type Hex, keccak256, size } from "viem";
import type { ShownStepKind } from "../flow/plan.ts";
import { aloneInstead, needsPermit2 } from "../flow/sending.ts";
import type { Step } from "../flow/state.ts";
import { formatBase } from "../format.ts";
import { checkTypes, permitTypes } from "../mandate/check.ts";
import { ProblemError } from "../problem.ts";
import { walletProblem } from "../wallet/errors.ts";
import { type Payer, readBalanceBase, signsForItself } from "./account.ts";
import { uuidBytes } from "./calls.ts";
import { readToken, readTokenAllowance } from "./token.ts";

export interface SignHooks {
  planned(steps: readonly ShownStepKind[]): void;
  step(index: number, status: Step["status"]): void;
  /** The last look before the wallet is asked: throws when the session is no longer to be paid. */
  beforeMoney(): Promise<void>;
}

/**
 * Lets the wallet sign the payment, in the first way that this wallet and token can. Nothing is sent. Throws the wallet's
 * own error, or ProblemError: `tooLittle`; `tooLittleToBeSent` and `cannotBeSent` where the payer can still send it himself.
 */
export async function signGasless(
  payer: Payer,
  gasless: CheckoutGasless,
  hooks: SignHooks,
): Promise<CheckoutRelayRequest> {
  await checkBalance(payer, gasless);
  const way = await firstUsable(payer, gasless);
  const typedData = way && gasless.typedData[way];
  if (!way || !typedData) {
    throw new ProblemError(aloneInstead(payer, needsPermit2(gasless) ? "permit2TooLittle" : "cannotBeSent"));
  }
  hooks.planned(["sign", "hand"]);
  hooks.step(0, "inWallet");
  const { message, permit2Nonce } = await filled(payer, typedData);
  checkShown(payer, gasless, { way, typedData: { ...typedData, message } });
  await hooks.beforeMoney();
  const { blanks: _, ...asked } = typedData;
  const signature = await sign(payer, { ...asked, message });
  hooks.step(0, "done");
  hooks.step(1, "waiting");
  return {
    currencyId: payer.quote.currencyId,
    gaslessHash: gasless.gaslessHash,
    payer: payer.address,
    way,
    signature,
    ...(permit2Nonce === undefined ? {} : { permit2Nonce }),
  };
}

async function checkBalance(payer: Payer, gasless: CheckoutGasless): Promise<void> {
  const { symbol, decimals, terms } = payer.quote;
  const amountBase = BigInt(terms.amount);
  const totalBase = amountBase + BigInt(gasless.relay.fee);
  const balanceBase = await readBalanceBase(payer);
  if (balanceBase >= totalBase) return;
  const text = (base: bigint, rounding: "up" | "down") => `${formatBase(base, decimals, rounding)} ${symbol}`;
  const facts = { symbol, need: text(totalBase, "up"), have: text(balanceBase, "down") };
  if (balanceBase >= amountBase) throw new ProblemError(aloneInstead(payer, "tooLittleToBeSent", facts));
  throw new ProblemError({ code: "tooLittle", facts: { ...facts, missing: text(totalBase - balanceBase, "up") } });
}

async function firstUsable(payer: Payer, gasless: CheckoutGasless): Promise<GaslessWay | undefined> {
  const isKey = await signsForItself(payer);
  for (const way of gasless.ways) {
    if (way === "authorization") return way;
    // A permit is checked against a key; what a contract signs, no token takes.
    if (way === "permit2" ? await permit2Covers(payer, gasless) : isKey) return way;
  }
  return undefined;
}

/** What Permit2 may take of the quote's token from this wallet; nothing where the quote cannot be paid by it. */
export async function readPermit2Base({ provider, address, quote }: Payer): Promise<bigint> {
  const spender = quote.gasless?.permit2;
  return spender === undefined
    ? 0n
    : readTokenAllowance(provider, { token: quote.terms.token, owner: address, spender });
}

async function permit2Covers(payer: Payer, { relay }: CheckoutGasless): Promise<boolean> {
  const allowanceBase = await readPermit2Base(payer).catch(() => 0n);
  return allowanceBase >= BigInt(payer.quote.terms.amount) + BigInt(relay.fee);
}

/** The message with what only the payer knows. */
async function filled({ provider, address, quote }: Payer, { message, blanks }: GaslessTypedData) {
  const complete: Record<string, unknown> = { ...message };
  let permit2Nonce: string | undefined;
  for (const blank of blanks) {
    if (blank.with === "payer") complete[blank.field] = address;
    else if (blank.with === "tokenNonce") {
      complete[blank.field] = String(await readToken(provider, quote, { functionName: "nonces", args: [address] }));
    } else {
      // One for all signatures of a session: once one of them is used, no other can be.
      permit2Nonce = String(BigInt(keccak256(uuidBytes(quote.terms.uuid))));
      complete[blank.field] = permit2Nonce;
    }
  }
  return { message: complete, permit2Nonce };
}

const primaryTypes: Record<GaslessWay, string> = {
  authorization: "ReceiveWithAuthorization",
  eip2612: "Permit",
  dai: "Permit",
  permit2: "PermitBatchWitnessTransferFrom",
};
const members = (text: string) => text.split(", ").map((member) => member.split(" ").reverse());
const types: Record<GaslessWay, Record<string, string[][]>> = {
  authorization: {
    ReceiveWithAuthorization: members(
      "address from, address to, uint256 value, uint256 validAfter, uint256 validBefore, bytes32 nonce",
    ),
  },
  eip2612: { Permit: permitTypes.eip2612 },
  dai: { Permit: permitTypes.dai },
  permit2: {
    PermitBatchWitnessTransferFrom: members(
      "TokenPermissions[] permitted, address spender, uint256 nonce, uint256 deadline, GaslessPayment witness",
    ),
    TokenPermissions: members("address token, uint256 amount"),
    GaslessPayment: members("PaymentTerms terms, uint256 relayFee, address relayFeeRecipient"),
    PaymentTerms: members(
      "bytes16 uuid, address merchant, address token, uint256 amount, address feeRecipient, uint16 feeBps, address organization, uint16 organizationFeeBps, uint64 deadline",
    ),
  },
};

/** What is signed is what is shown: this token, on this network, to this contract, for no more than the total. */
function checkShown(
  { quote, address }: Payer,
  gasless: CheckoutGasless,
  { way, typedData }: { readonly way: GaslessWay; readonly typedData: GaslessTypedData },
): void {
  const { domain, message } = typedData;
  const { token, amount, deadline } = quote.terms;
  checkTypes(typedData, primaryTypes[way], types[way]);
  const totalBase = BigInt(amount) + BigInt(gasless.relay.fee);
  same("network", domain.chainId, quote.chainId);
  same("token", domain.verifyingContract, way === "permit2" ? gasless.permit2 : token);
  same("recipient", way === "authorization" ? message.to : message.spender, quote.contract);
  if (way !== "permit2") same("wallet", message.from ?? message.owner ?? message.holder, address);
  if (way === "authorization" || way === "permit2") same("time", message.validBefore ?? message.deadline, deadline);
  if (way === "permit2") {
    const parts = message.permitted as readonly { token: string; amount: string }[];
    for (const part of parts) same("token", part.token, token);
    same(
      "amount",
      parts.reduce((sum, part) => sum + BigInt(part.amount), 0n),
      totalBase,
    );
    checkWitness(quote.terms, gasless, message.witness);
  } else if (way !== "dai") same("amount", message.value, totalBase);
  const commits =
    way === "authorization" ? message.nonce : way === "permit2" ? undefined : (message.deadline ?? message.expiry);
  if (commits !== undefined) same("terms", BigInt(String(commits)), BigInt(gasless.gaslessHash));
}

/** Permit2's signature holds the payment itself, where the others hold its hash. */
function checkWitness(terms: CheckoutQuote["terms"], { relay }: CheckoutGasless, given: unknown): void {
  const witness = given as { terms: Record<string, unknown>; relayFee: unknown; relayFeeRecipient: unknown };
  const shown = { ...terms, uuid: uuidBytes(terms.uuid) };
  for (const [name, value] of Object.entries(shown)) same("terms", witness.terms[name], value);
  same("network fee", witness.relayFee, relay.fee);
  same("network fee", witness.relayFeeRecipient, relay.recipient);
}

/** Numbers and addresses in any spelling. */
function same(what: string, given: unknown, shown: unknown): void {
  if (String(given).toLowerCase() === String(shown).toLowerCase()) return;
  throw new ProblemError({ code: "termsDiffer", facts: { what } });
}

async function sign(payer: Payer, typedData: object): Promise<Hex> {
  const { provider, address } = payer;
  try {
    const params = [address, JSON.stringify(typedData)];
    const signature = (await provider.request({ method: "eth_signTypedData_v4", params })) as Hex;
    if (size(signature) > 0) return signature;
  } catch (error) {
    if (walletProblem(error).code !== "walletUnsupported") throw error;
  }
  throw new ProblemError(aloneInstead(payer, "cannotBeSent"));
}
