import {
  decodeFunctionData,
  encodeAbiParameters,
  encodeEventTopics,
  type Hex,
  hashStruct,
  keccak256,
  pad,
  toHex,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { describe, expect, it } from "vitest";
import type { Mandate, MandateChange } from "../../mandate.ts";
import { newUuid } from "../evm-chain.testing.ts";
import { subscriptionsAbi } from "../generated/subscriptions.ts";
import type { Log } from "../payment-log.ts";
import { createCalls } from "./calls.ts";
import { mandate, signTypedData } from "./mandate.testing.ts";
import { decodeMandateEvent, MANDATE_TOPICS } from "./mandate-log.ts";
import { changeTypedData, headOf, mandateHash, mandateTypedData, planHash, planOf, signingHash } from "./typed-data.ts";

const account = privateKeyToAccount(`0x${"11".repeat(32)}`);
const place = { chainId: 31_337, contract: "0x90F79bf6EB2c4f870365E785982E1f101E93b906" };
const other = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65";
const given = mandate({ subscriber: account.address });

describe("a mandate's hash", () => {
  it("is EIP-712's, by the types that the contract writes out", () => {
    const planType =
      "Plan(address merchant,address token,uint8 kind,uint8 periodUnit,uint32 periodLength,address feeRecipient,uint16 maxFeeBps,address organization,uint16 organizationFeeBps,address registry,uint256 maxExecutionFee)";
    const mandateType = `Mandate(bytes16 uuid,address subscriber,uint256 maxPerPeriod,uint256 priceMicroUsd,uint64 firstChargeAt,uint64 endsAt,uint256 nonce,Plan plan)${planType}`;
    const hashWords = (type: string, words: (Hex | bigint | number)[]) =>
      keccak256(
        `${keccak256(toHex(type))}${words.map((word) => (typeof word === "string" ? pad(word) : toHex(word, { size: 32 })).slice(2)).join("")}`,
      );
    const plan = hashWords(planType, Object.values(planOf(given)));
    expect(planHash(given)).toBe(plan);
    const [uuid, ...rest] = Object.values(headOf(given));
    expect(mandateHash(given)).toBe(hashWords(mandateType, [pad(uuid as Hex, { dir: "right" }), ...rest, plan]));
  });

  it("changes with every part of it", () => {
    const changes: Partial<Mandate>[] = [
      { uuid: newUuid() },
      { subscriber: other },
      { merchant: other },
      { token: other },
      { maxPerPeriodBase: given.maxPerPeriodBase + 1n },
      { priceMicros: given.priceMicros + 1n },
      { kind: "payAsYouGo" },
      { period: { unit: "seconds", length: 1 } },
      { period: { unit: "months", length: 2 } },
      { firstChargeAt: given.firstChargeAt + 1 },
      { endsAt: 2_000_000_000 },
      { feeRecipient: place.contract },
      { maxFeeBps: given.maxFeeBps + 1 },
      { organization: other },
      { organizationFeeBps: given.organizationFeeBps + 1 },
      { registry: other },
      { maxExecutionFeeBase: given.maxExecutionFeeBase + 1n },
      { nonce: given.nonce + 1n },
    ];
    const hashes = changes.map((change) => mandateHash({ ...given, ...change }));
    expect(new Set([mandateHash(given), ...hashes]).size).toBe(changes.length + 1);
  });

  it.each([
    { uuid: "no uuid" },
    { maxPerPeriodBase: -1n },
    { maxPerPeriodBase: 2n ** 256n },
    { period: { unit: "seconds", length: 2 ** 32 } },
    { maxFeeBps: 65_536 },
    { merchant: "0x12" },
  ] as const)("%# is refused for what the contract's struct cannot hold", (change) => {
    expect(() => mandateHash({ ...given, ...change })).toThrow();
  });
});

describe("typed data", () => {
  it("survives JSON, and what a wallet signs of it is what the contract checks", async () => {
    const typedData = mandateTypedData(given, place);
    const domain = { name: "QBitFlow Subscriptions", version: "1", ...place };
    const separator = hashStruct({
      data: { ...domain, verifyingContract: place.contract },
      primaryType: "EIP712Domain",
      types: { EIP712Domain: typedData.types.EIP712Domain as never },
    } as never);
    const digest = keccak256(`0x1901${separator.slice(2)}${mandateHash(given).slice(2)}`);
    expect(signingHash(JSON.parse(JSON.stringify(typedData)))).toBe(digest);
    expect(await signTypedData(account, typedData)).toBe(await account.sign({ hash: digest }));
  });

  it("is another on another chain and for another contract", () => {
    const hashes = [place, { ...place, chainId: 1 }, { ...place, contract: other }].map((where) =>
      signingHash(mandateTypedData(given, where)),
    );
    expect(new Set(hashes).size).toBe(3);
  });

  it("of a change is bound to mandate, change, nonce and deadline", () => {
    const changed = (change: MandateChange, nonce = 0n, deadline = 10, of = given) =>
      signingHash(changeTypedData({ mandate: of, change, nonce, deadline }, place));
    const hashes = [
      changed({ type: "stop" }),
      changed({ type: "cancel" }),
      changed({ type: "setMaximum", maximumBase: 1n }),
      changed({ type: "setMaximum", maximumBase: 2n }),
      changed({ type: "stop" }, 1n),
      changed({ type: "stop" }, 0n, 11),
      changed({ type: "stop" }, 0n, 10, { ...given, nonce: 8n }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe("calls", () => {
  const calls = createCalls(place.contract);
  const decode = (data: Hex) => decodeFunctionData({ abi: subscriptionsAbi, data });
  const charge = (of: Mandate, amountBase = 25n) => ({
    mandate: of,
    periodIndex: 3,
    amountBase,
    feeBps: 100,
    executionFeeBase: 5n,
  });

  it("group charges of one plan and one fee, from three on, and take the others alone", () => {
    const same = mandate({ subscriber: other, firstChargeAt: 1_900_000_000, maxPerPeriodBase: 1n });
    const elsewhere = mandate({ subscriber: other, merchant: other });
    const third = mandate({ subscriber: elsewhere.merchant, nonce: 8n });
    const all = [charge(given), charge(elsewhere), charge(same), { ...charge(given), feeBps: 90 }, charge(third)];
    const { functionName, args } = decode(calls.chargeCall(all).data);
    expect(functionName).toBe("chargeBatch");
    const groups = args?.[0] as unknown as { plan: { merchant: string }; feeBps: bigint; charges: unknown[] }[];
    expect(groups.map(({ plan, feeBps, charges }) => [plan.merchant, feeBps, charges.length])).toEqual([
      [given.merchant, 100n, 3],
    ]);
    const singles = args?.[1] as unknown as { mandate: { plan: { merchant: string } }; terms: { feeBps: bigint } }[];
    expect(singles.map(({ mandate: { plan }, terms }) => [plan.merchant, terms.feeBps])).toEqual([
      [other, 100n],
      [given.merchant, 90n],
    ]);
  });

  it("activate with what there is", () => {
    const signature = `0x${"22".repeat(65)}` as const;
    const permit = { kind: "eip2612", valueBase: 9n, deadline: 8, signature } as const;
    const named = (input: object) =>
      decode(calls.activationCall({ mandate: given, signature, ...input }).data).functionName;
    expect(named({})).toBe("activate");
    expect(named({ permit })).toBe("activateWithPermit");
    expect(named({ permit: { kind: "dai", nonce: 1n, expiry: 8, signature } })).toBe("activateWithAllowance");
    expect(named({ firstCharge: charge(given) })).toBe("activateAndCharge");
    const all = decode(calls.activationCall({ mandate: given, signature, permit, firstCharge: charge(given) }).data);
    expect(all.args?.[2]).toMatchObject({ kind: 1, value: 9n, deadline: 8n, signature });
    expect(all.args?.[3]).toMatchObject({ period: 3n, amount: 25n, feeBps: 100n, executionFee: 5n });
  });
});

describe("events", () => {
  const at = {
    address: place.contract.toLowerCase(),
    blockNumber: 5,
    blockHash: `0x${"aa".repeat(32)}`,
    transactionHash: `0x${"bb".repeat(32)}`,
    logIndex: 2,
  } as const;
  const hash = mandateHash(given);
  const uuid = headOf(given).uuid;
  const topicsOf = (eventName: "Charged" | "ChargeFailed") =>
    encodeEventTopics({ abi: subscriptionsAbi, eventName, args: { mandateHash: hash, uuid } } as never) as string[];
  const words = (...values: bigint[]) =>
    encodeAbiParameters(
      values.map(() => ({ type: "uint256" }) as const),
      values,
    );
  const charged: Log = { ...at, topics: topicsOf("Charged"), data: words(3n, 25_000_000n, 250_000n, 123_750n, 9n) };

  it("of a charge are read to the unit", () => {
    expect(decodeMandateEvent(charged).mandateEvent).toEqual({
      blockNumber: 5,
      blockHash: at.blockHash,
      transactionHash: at.transactionHash,
      logIndex: 2,
      contract: place.contract,
      mandateHash: hash,
      uuid: given.uuid,
      type: "charged",
      periodIndex: 3,
      amountBase: 25_000_000n,
      feeBase: 250_000n,
      organizationFeeBase: 123_750n,
      executionFeeBase: 9n,
    });
  });

  it("have a reason for every number that the contract knows, and no other", () => {
    const failed = (reason: bigint) =>
      decodeMandateEvent({ ...at, topics: topicsOf("ChargeFailed"), data: words(3n, reason) }).mandateEvent;
    for (let reason = 1n; reason <= 14n; reason++) expect(failed(reason)).toHaveProperty("reason");
    expect(failed(11n)).toMatchObject({ type: "charge_failed", periodIndex: 3, reason: "insufficient_balance" });
    for (const reason of [0n, 15n, 2n ** 200n]) expect(() => failed(reason)).toThrow("bad mandate log");
  });

  it.each([
    { data: "0x" },
    { data: `${charged.data}00` },
    { data: charged.data.replace("0", "g") },
    { topics: charged.topics.slice(0, 2) },
    { topics: [...charged.topics, hash] },
    { topics: [charged.topics[0] ?? "", "0x12", charged.topics[2] ?? ""] },
    { data: words(2n ** 60n, 1n, 0n, 0n, 0n) },
  ])("%# that the contract cannot have written are refused", (change) => {
    expect(() => decodeMandateEvent({ ...charged, ...change } as Log)).toThrow("bad mandate log");
  });

  it("that are read are those that name a mandate", () => {
    const naming = subscriptionsAbi.filter(
      (entry) => entry.type === "event" && entry.inputs.some((input) => input.name === "mandateHash"),
    );
    expect(MANDATE_TOPICS).toHaveLength(naming.length);
  });
});
