/**
 * A page must not ask for a signature over something other than what it shows: before the wallet is asked, every field
 * that decides about money is held against the shown offer. Pure. Throws ProblemError `termsDiffer`.
 */
import type { AllowanceStep, CheckoutCurrency, Duration, MandateOffer, TypedData } from "@qbitflow/api";
import { parseTokenAmount, parseUsdNumber } from "@qbitflow/money";
import { ProblemError } from "../problem.ts";

type Step = Exclude<AllowanceStep, { way: "none" }>;

/** What the page shows and the session says, independent of the data to sign. */
export interface Shown {
  readonly uuid: string;
  readonly kind: "subscription" | "payAsYouGo";
  /** USD per period or per unit. */
  readonly price: number;
  readonly frequency: Duration;
  readonly entry: CheckoutCurrency;
  readonly subscriber: string;
}

const mandateTypes = {
  Mandate: [
    ["uuid", "bytes16"],
    ["subscriber", "address"],
    ["maxPerPeriod", "uint256"],
    ["priceMicroUsd", "uint256"],
    ["firstChargeAt", "uint64"],
    ["endsAt", "uint64"],
    ["nonce", "uint256"],
    ["plan", "Plan"],
  ],
  Plan: [
    ["merchant", "address"],
    ["token", "address"],
    ["kind", "uint8"],
    ["periodUnit", "uint8"],
    ["periodLength", "uint32"],
    ["feeRecipient", "address"],
    ["maxFeeBps", "uint16"],
    ["organization", "address"],
    ["organizationFeeBps", "uint16"],
    ["registry", "address"],
    ["maxExecutionFee", "uint256"],
  ],
};
/** What tokens' own permits say. */
export const permitTypes = {
  eip2612: [
    ["owner", "address"],
    ["spender", "address"],
    ["value", "uint256"],
    ["nonce", "uint256"],
    ["deadline", "uint256"],
  ],
  dai: [
    ["holder", "address"],
    ["spender", "address"],
    ["nonce", "uint256"],
    ["expiry", "uint256"],
    ["allowed", "bool"],
  ],
};
const maximumTypes = {
  SetMaximum: [
    ["mandateHash", "bytes32"],
    ["maximum", "uint256"],
    ["nonce", "uint256"],
    ["deadline", "uint256"],
  ],
};
const highestFeeBps = 1000n;
const secondsOf: Partial<Record<Duration["unit"], number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86_400,
  weeks: 604_800,
};

/** The mandate says what the offer shows, for this session, wallet, token and contract. */
export function checkMandate(offer: MandateOffer, shown: Shown): void {
  const { typedData, decimals } = offer;
  const { message } = typedData;
  const plan = fields(message.plan, "plan");
  checkDomain(typedData, { chainId: offer.chainId, contract: offer.contract, name: "QBitFlow Subscriptions" });
  checkTypes(typedData, "Mandate", mandateTypes);
  same("chain", offer.chainId, shown.entry.network.chainId);
  same("subscription", message.uuid, `0x${shown.uuid.replaceAll("-", "")}`);
  same("wallet", message.subscriber, shown.subscriber);
  same("most per period", message.maxPerPeriod, parseTokenAmount(offer.cap, decimals));
  same("price", message.priceMicroUsd, parseUsdNumber(shown.price));
  same("first charge", message.firstChargeAt, offer.firstChargeAt);
  same("merchant", plan.merchant, offer.merchant);
  same("token", plan.token, shown.entry.currency.address);
  same("kind", plan.kind, shown.kind === "payAsYouGo" ? 1 : 0);
  checkPeriod(plan, shown.frequency);
  same("sending fee", plan.maxExecutionFee, parseTokenAmount(offer.maxExecutionFee, decimals));
  if (BigInt(plan.maxFeeBps as string) > highestFeeBps || BigInt(plan.organizationFeeBps as string) > highestFeeBps) {
    differs("fee");
  }
  if (offer.firstCharge) {
    const { amount, executionFee } = offer.firstCharge;
    const taken = parseTokenAmount(amount, decimals) + parseTokenAmount(executionFee, decimals);
    if (taken > parseTokenAmount(offer.cap, decimals)) differs("first payment");
  }
  if (offer.allowance.way !== "none") {
    const amountBase = parseTokenAmount(offer.allowanceNeeded, decimals);
    checkAllowance(offer.allowance, {
      amountBase,
      chainId: offer.chainId,
      token: shown.entry.currency.address,
      spender: offer.contract,
      owner: shown.subscriber,
    });
  }
}

export interface ShownAllowance {
  readonly amountBase: bigint;
  readonly chainId: number;
  readonly token: string;
  readonly spender: string;
  readonly owner: string;
}

/** The allowance is for our contract, from this wallet, in this token, and of the amount shown. */
export function checkAllowance(step: Step, shown: ShownAllowance): void {
  if (step.way === "approve") {
    same("token", step.token, shown.token);
    same("spender", step.spender, shown.spender);
    same("allowance", step.amountBase, shown.amountBase);
    return;
  }
  const { typedData } = step;
  const { message } = typedData;
  checkDomain(typedData, { chainId: shown.chainId, contract: shown.token });
  same("spender", message.spender, shown.spender);
  if ("holder" in message) {
    // DAI's own permit knows all or nothing; the page says so.
    checkTypes(typedData, "Permit", { Permit: permitTypes.dai });
    same("wallet", message.holder, shown.owner);
    same("allowance", String(message.allowed), String(shown.amountBase > 0n));
    return;
  }
  checkTypes(typedData, "Permit", { Permit: permitTypes.eip2612 });
  same("wallet", message.owner, shown.owner);
  same("allowance", message.value, shown.amountBase);
}

/** The change sets this mandate's maximum to what is shown, and nothing else. */
export function checkMaximum(
  typedData: TypedData,
  shown: { mandateHash: string; maximumBase: bigint; chainId: number; contract: string },
): void {
  checkDomain(typedData, { chainId: shown.chainId, contract: shown.contract, name: "QBitFlow Subscriptions" });
  checkTypes(typedData, "SetMaximum", maximumTypes);
  same("mandate", typedData.message.mandateHash, shown.mandateHash);
  same("most per period", typedData.message.maximum, shown.maximumBase);
}

function checkPeriod(plan: Record<string, unknown>, { value, unit }: Duration): void {
  const seconds = secondsOf[unit];
  same("period", plan.periodUnit, seconds === undefined ? 1 : 0);
  same("period", plan.periodLength, seconds === undefined ? value * (unit === "years" ? 12 : 1) : value * seconds);
}

function checkDomain({ domain }: TypedData, shown: { chainId: number; contract: string; name?: string }): void {
  same("chain", domain.chainId, shown.chainId);
  same("contract", domain.verifyingContract, shown.contract);
  if (shown.name) same("contract's name", domain.name, shown.name);
}

/** The types decide how a message is read: exactly these, their members in this order. Throws ProblemError `termsDiffer`. */
export function checkTypes(typedData: TypedData, primaryType: string, expected: Record<string, string[][]>): void {
  const { EIP712Domain: _domain, ...types } = typedData.types;
  const given = Object.entries(types).map(([name, members]) => [name, members.map(({ name, type }) => [name, type])]);
  const order = (a: unknown[], b: unknown[]) => String(a[0]).localeCompare(String(b[0]));
  const text = (list: unknown[][]) => JSON.stringify(list.sort(order));
  if (typedData.primaryType !== primaryType || text(given) !== text(Object.entries(expected))) differs("form");
}

function fields(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null) return differs(what);
  return value as Record<string, unknown>;
}

function same(what: string, given: unknown, shown: string | number | bigint): void {
  if (plain(given) !== plain(shown)) differs(what);
}

/** Numbers, decimal texts and addresses in any spelling, made comparable. */
function plain(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint"
    ? String(value).toLowerCase()
    : "";
}

function differs(what: string): never {
  throw new ProblemError({ code: "termsDiffer", facts: { what } });
}
