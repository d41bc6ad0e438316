/**
 * What subscriptions cost in gas, as gas.ts measures: calendar months, an executor registry, a 1 % fee, no organization,
 * an allowance without end. In batches it is the whole transaction by the number of its charges.
 */
import { type Address, encodeFunctionData, type Hex, maxUint256, zeroAddress } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { anvil } from "viem/chains";
import { deployExecutorRegistry } from "../packages/chains/src/evm/executor-registry.ts";
import { subscriptionsAbi as abi, subscriptionsAddress } from "../packages/chains/src/evm/generated/subscriptions.ts";
import { headOf, mandateTypedData, planHash, planOf } from "../packages/chains/src/evm/mandates/typed-data.ts";
import type { Mandate } from "../packages/chains/src/mandate.ts";
import {
  amount,
  type Bench,
  fee,
  feeBps,
  feeRecipient,
  gasOf,
  type Measured,
  merchant,
  signPermit,
} from "./gas-chain.ts";

const BATCH = 100;
const gasPerTransfer = 100_000n;

const chargeTerms = { period: 0n, amount, feeBps: BigInt(feeBps), executionFee: 0n, viaPermit2: false };

interface Subscription {
  readonly payer: PrivateKeyAccount;
  readonly mandate: Mandate;
  readonly signature: Hex;
}

const whole = (mandate: Mandate) => ({ ...headOf(mandate), plan: planOf(mandate) });
const send = (bench: Bench, data: Hex, account = bench.relayer) =>
  gasOf(bench.client, account, { to: subscriptionsAddress, data });

async function subscribe(bench: Bench, registry: Address, to: Address): Promise<Subscription> {
  const payer = await bench.newPayer();
  const mandate: Mandate = {
    uuid: crypto.randomUUID(),
    subscriber: payer.address,
    merchant: to,
    token: bench.token.address,
    maxPerPeriodBase: 26_250_000n,
    priceMicros: 25_000_000n,
    kind: "fixed",
    period: { unit: "months", length: 1 },
    firstChargeAt: Number(bench.deadline) - 3600,
    endsAt: 0,
    feeRecipient,
    maxFeeBps: feeBps,
    organization: zeroAddress,
    organizationFeeBps: 0,
    registry,
    maxExecutionFeeBase: 100_000n,
    nonce: 0n,
  };
  const { domain, types, message } = mandateTypedData(mandate, { chainId: anvil.id, contract: subscriptionsAddress });
  const signature = await payer.signTypedData({ domain, types, primaryType: "Mandate", message } as never);
  return { payer, mandate, signature };
}

/** Subscribes and approves without end. */
async function active(bench: Bench, registry: Address, to: Address): Promise<Subscription> {
  const subscription = await subscribe(bench, registry, to);
  const { payer, mandate, signature } = subscription;
  for (const spender of [subscriptionsAddress, bench.floor.address]) {
    const data = encodeFunctionData({ abi: bench.token.abi, functionName: "approve", args: [spender, maxUint256] });
    await gasOf(bench.client, payer, { to: bench.token.address, data });
  }
  await send(bench, encodeFunctionData({ abi, functionName: "activate", args: [whole(mandate), signature] }));
  return subscription;
}

async function measureCreation(bench: Bench, registry: Address): Promise<Measured> {
  const { payer, mandate, signature } = await subscribe(bench, registry, merchant);
  const value = mandate.maxPerPeriodBase * 12n;
  const permit = { spender: subscriptionsAddress, value, deadline: bench.deadline };
  const { v, r, s } = await signPermit(bench, payer, permit);
  const args = [whole(mandate), signature, { value, deadline: bench.deadline, v, r, s }] as const;
  const ours = await send(bench, encodeFunctionData({ abi, functionName: "activateWithPermit", args }));
  return { work: "subscription, create (permit, no charge)", floor: null, ours, limit: 114_000 };
}

async function measureCharge(bench: Bench, { mandate, payer }: Subscription): Promise<Measured> {
  const ours = await send(
    bench,
    encodeFunctionData({ abi, functionName: "charge", args: [whole(mandate), chargeTerms] }),
  );
  const args = [bench.token.address, payer.address, mandate.merchant, amount - fee, feeRecipient, fee];
  const data = encodeFunctionData({ abi: bench.floor.abi, functionName: "charged", args });
  const floor = await gasOf(bench.client, bench.relayer, { to: bench.floor.address, data });
  return { work: "recurring charge, alone", floor, ours, limit: 69_000 };
}

function groupOf(subscriptions: readonly Subscription[]) {
  const [first] = subscriptions;
  if (!first) throw new Error("A group needs a charge.");
  return {
    plan: planOf(first.mandate),
    feeBps: BigInt(feeBps),
    executionFee: 0n,
    viaPermit2: false,
    charges: subscriptions.map(({ mandate }) => ({ head: headOf(mandate), period: 0n, amount })),
  };
}

async function measureBatch(
  bench: Bench,
  subscriptions: readonly Subscription[],
  kind: "one merchant" | "different merchants",
): Promise<Measured> {
  const apart = kind === "different merchants";
  const payers = subscriptions.map(({ payer }) => payer.address);
  const each = (value: bigint) => subscriptions.map(() => value);
  const floorCall = apart
    ? {
        functionName: "each",
        args: [
          bench.token.address,
          payers,
          subscriptions.map(({ mandate }) => mandate.merchant),
          each(amount - fee),
          feeRecipient,
          each(fee),
        ],
      }
    : {
        functionName: "collected",
        args: [
          bench.token.address,
          payers,
          each(amount),
          merchant,
          (amount - fee) * BigInt(BATCH),
          feeRecipient,
          fee * BigInt(BATCH),
        ],
      };
  const data = encodeFunctionData({ abi: bench.floor.abi, ...floorCall });
  const floor = await gasOf(bench.client, bench.relayer, { to: bench.floor.address, data });
  const groups = apart ? [] : [groupOf(subscriptions)];
  const singles = apart ? subscriptions.map(({ mandate }) => ({ mandate: whole(mandate), terms: chargeTerms })) : [];
  const hash = await bench.client.sendTransaction({
    account: bench.relayer,
    to: subscriptionsAddress,
    data: encodeFunctionData({ abi, functionName: "chargeBatch", args: [groups, singles, gasPerTransfer] }),
    gas: 25_000_000n,
  });
  const { gasUsed, logs } = await bench.client.waitForTransactionReceipt({ hash });
  const charged = logs.filter(({ address }) => address.toLowerCase() === subscriptionsAddress.toLowerCase()).length;
  if (charged !== BATCH) throw new Error(`Only ${charged} of ${BATCH} charges came through.`);
  return {
    work: `recurring charge, each of ${BATCH}, ${kind}`,
    floor: Math.round(floor / BATCH),
    ours: Math.round(Number(gasUsed) / BATCH),
    limit: apart ? 37_000 : 23_000,
  };
}

async function measureCancel(bench: Bench, { payer, mandate }: Subscription): Promise<Measured> {
  const data = encodeFunctionData({ abi, functionName: "cancel", args: [headOf(mandate), planHash(mandate)] });
  return { work: "cancel", floor: null, ours: await send(bench, data, payer), limit: 32_000 };
}

/** Subscribes, charges alone and in batches, cancels. */
export async function measureSubscriptions(bench: Bench): Promise<Measured[]> {
  const deployer = { walletClient: { ...bench.client, account: bench.relayer }, publicClient: bench.client };
  const { address: registry } = await deployExecutorRegistry(deployer as never, bench.relayer.address);
  const creation = await measureCreation(bench, registry);
  const alone = await active(bench, registry, merchant);
  const together: Subscription[] = [];
  const apart: Subscription[] = [];
  for (let i = 0; i < BATCH; i += 1) {
    together.push(await active(bench, registry, merchant));
    const other: Address = `0x${(0xfeed0000 + i).toString(16).padStart(40, "a")}`;
    await bench.endow(other);
    apart.push(await active(bench, registry, other));
  }
  return [
    creation,
    await measureCharge(bench, alone),
    await measureBatch(bench, together, "one merchant"),
    await measureBatch(bench, apart, "different merchants"),
    await measureCancel(bench, alone),
  ];
}
