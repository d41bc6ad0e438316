/** Mandates as the server offers them, with real typed data; what is signed is checked for real. */
import type {
  CheckoutCurrency,
  Duration,
  MandateOffer,
  MandateRequest,
  MandateSignature,
  TypedData,
} from "@qbitflow/api";
import { parseTokenAmount, tokenAmountToText } from "@qbitflow/money";
import { type Hex, hashTypedData, parseAbi, verifyTypedData } from "viem";
import { testTokens } from "../../../packages/chains/src/evm/test-tokens.ts";
import type { DevChain } from "./dev-chain.ts";

export const contract = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
export const merchant = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const zero = "0x0000000000000000000000000000000000000000";
const unlimited = 2n ** 256n - 1n;

const member = (list: string) =>
  list
    .split(",")
    .map((each) => each.trim().split(" "))
    .map(([type = "", name = ""]) => ({ name, type }));
const mandateTypes = {
  Mandate: member(
    "bytes16 uuid, address subscriber, uint256 maxPerPeriod, uint256 priceMicroUsd, uint64 firstChargeAt, uint64 endsAt, uint256 nonce, Plan plan",
  ),
  Plan: member(
    "address merchant, address token, uint8 kind, uint8 periodUnit, uint32 periodLength, address feeRecipient, uint16 maxFeeBps, address organization, uint16 organizationFeeBps, address registry, uint256 maxExecutionFee",
  ),
};

export interface Asked {
  readonly uuid: string;
  readonly kind: "subscription" | "payAsYouGo";
  readonly price: number;
  readonly frequency: Duration;
  readonly waits: boolean;
  /** The typed data allows more than the offer shows. */
  readonly lies?: boolean;
}

export interface Offered {
  readonly offer: MandateOffer;
  readonly entry: CheckoutCurrency;
}

/** An offer at made-up rates. */
export async function offerFor(chain: DevChain, asked: Asked, request: MandateRequest): Promise<Offered> {
  const entry = chain.currencies.find(({ currency }) => currency.id === request.currencyId);
  if (!entry) throw new Error("No such currency.");
  const { symbol, decimals, address } = entry.currency;
  const usd = request.maxSpendingPerPeriod ?? asked.price;
  const unit = 10n ** BigInt(decimals);
  const amountBase = (BigInt(Math.round(usd * 100)) * unit) / 100n;
  const capBase = (amountBase * 105n + 99n) / 100n;
  const fixed = asked.kind === "subscription";
  const now = Math.floor(Date.now() / 1000);
  const firstChargeAt = fixed && !asked.waits ? now : now + 1_209_600;
  const { periods = null } = request;
  const allowanceBase = periods === null ? unlimited : capBase * BigInt(periods);
  const funds = await chain.fundsOf(address, request.subscriber, contract);
  const text = (base: bigint) => tokenAmountToText(base, decimals);
  const message = {
    uuid: `0x${asked.uuid.replaceAll("-", "")}`,
    subscriber: request.subscriber,
    maxPerPeriod: String(asked.lies ? capBase * 10n : capBase),
    priceMicroUsd: String(Math.round(asked.price * 1e6)),
    firstChargeAt: String(firstChargeAt),
    endsAt: "0",
    nonce: "1",
    plan: {
      merchant,
      token: address,
      kind: fixed ? 0 : 1,
      periodUnit: 1,
      periodLength: asked.frequency.value,
      feeRecipient: merchant,
      maxFeeBps: 100,
      organization: zero,
      organizationFeeBps: 0,
      registry: zero,
      maxExecutionFee: "0",
    },
  };
  const domain = { name: "QBitFlow Subscriptions", version: "1", chainId: 31337, verifyingContract: contract };
  const typedData = { domain, types: mandateTypes, primaryType: "Mandate", message };
  const first = fixed && !asked.waits;
  const offer: MandateOffer = {
    mandateHash: hashTypedData(typedData as never),
    currencyId: request.currencyId,
    symbol,
    decimals,
    network: entry.network.slug,
    chainId: 31337,
    contract,
    subscriber: request.subscriber,
    merchant,
    periods,
    amount: text(amountBase),
    amountUsd: usd,
    bufferPercent: 5,
    cap: text(capBase),
    capUsd: Math.round(usd * 105) / 100,
    allowanceNow: text(funds.allowanceBase),
    allowanceNeeded: text(allowanceBase),
    allowanceNeededUsd: periods === null ? 0 : Math.round(usd * 105 * periods) / 100,
    balance: text(funds.balanceBase),
    maxExecutionFee: "0",
    ...(first ? { firstCharge: { amount: text(amountBase), amountUsd: usd, executionFee: "0" } } : {}),
    firstChargeAt,
    rate: "1",
    rateSources: ["fixed"],
    expiresAt: now + 900,
    serverTime: now,
    typedData,
    allowance: await allowanceFor(chain, { entry, owner: request.subscriber, allowanceBase, now }),
  };
  return { offer, entry };
}

export async function allowanceFor(
  chain: DevChain,
  { entry, owner, allowanceBase, now }: { entry: CheckoutCurrency; owner: string; allowanceBase: bigint; now: number },
): Promise<MandateOffer["allowance"]> {
  const { symbol, address } = entry.currency;
  const permit = testTokens.find((token) => token.symbol === symbol)?.permit;
  const funds = await chain.fundsOf(address, owner, contract);
  if (!permit || permit.kind === "none" || allowanceBase === 0n) {
    const amountBase = allowanceBase.toString();
    return {
      way: "approve",
      token: address,
      spender: contract,
      amountBase,
      resetFirst: funds.allowanceBase > 0n && allowanceBase > 0n,
    };
  }
  const domain = { name: permit.name, version: permit.version, chainId: 31337, verifyingContract: address };
  const nonce = await chain.nonceOf(address, owner);
  const typedData: TypedData =
    permit.kind === "dai"
      ? {
          domain,
          types: { Permit: member("address holder, address spender, uint256 nonce, uint256 expiry, bool allowed") },
          primaryType: "Permit",
          message: {
            holder: owner,
            spender: contract,
            nonce: nonce.toString(),
            expiry: String(now + 3600),
            allowed: true,
          },
        }
      : {
          domain,
          types: { Permit: member("address owner, address spender, uint256 value, uint256 nonce, uint256 deadline") },
          primaryType: "Permit",
          message: {
            owner,
            spender: contract,
            value: allowanceBase.toString(),
            nonce: nonce.toString(),
            deadline: String(now + 3600),
          },
        };
  return { way: "permit", typedData };
}

/** What is wrong with the signatures; undefined when nothing is. */
export async function refusalOf(
  chain: DevChain,
  { offer, entry }: Offered,
  given: MandateSignature,
): Promise<string | undefined> {
  const signedBy = (typedData: TypedData, signature: string) =>
    verifyTypedData({ ...typedData, address: offer.subscriber as Hex, signature: signature as Hex } as never);
  if (!(await signedBy(offer.typedData, given.signature))) return "The mandate's signature is not the wallet's.";
  const { allowance } = offer;
  if (allowance.way === "permit") {
    return (await signedBy(allowance.typedData, given.permitSignature ?? "0x"))
      ? undefined
      : "The permit is not signed.";
  }
  const funds = await chain.fundsOf(entry.currency.address, offer.subscriber, contract);
  const neededBase = parseTokenAmount(offer.allowanceNeeded, offer.decimals);
  return funds.allowanceBase >= neededBase ? undefined : "The approval is missing.";
}

export const tokenReads = parseAbi([
  "function balanceOf(address) view returns (uint256)",
  "function allowance(address, address) view returns (uint256)",
  "function nonces(address) view returns (uint256)",
]);
