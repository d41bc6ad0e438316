import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MandateOffer, TypedData } from "@qbitflow/api";
import {
  createAdapter,
  deployContracts,
  deployExecutorRegistry,
  deployTestTokens,
  LOCAL_MNEMONIC,
  type LocalChain,
  loadNetworks,
  mintTestTokens,
  startLocalChain,
} from "@qbitflow/chains";
import { type SeededMerchant, seedMerchant, type TestContext, testContext } from "@qbitflow/testkit";
import { createPublicClient, createTestClient, createWalletClient, erc20Abi, type Hex, http, toHex } from "viem";
import { generatePrivateKey, mnemonicToAccount, privateKeyToAccount } from "viem/accounts";
import { foundry } from "viem/chains";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { restartScan, watchChain } from "../chain-scan/index.ts";
import { authoriseLater, checkoutState, offerCheckoutMandate, signCheckoutMandate } from "../checkout-page/index.ts";
import { createSession, getPublicSession, statusOf } from "../checkout-session/index.ts";
import { createCustomer } from "../customer/index.ts";
import { endCalls, queuedCalls } from "../relay/store.ts";
import { subscriptionView } from "../subscription/index.ts";
import { settleRelayed } from "./index.ts";

let directory: string;
let chain: LocalChain;
let ctx: TestContext;
let merchant: SeededMerchant;
let slug: string;
let usdcId: number;
let watching: Promise<void>;
const stop = new AbortController();
const SENDER_KEY = toHex(mnemonicToAccount(LOCAL_MNEMONIC, { addressIndex: 9 }).getHdKey().privateKey as Uint8Array);
const monthly = { subscriptionType: "subscription", frequency: { value: 1, unit: "months" } };

type Customer = ReturnType<typeof privateKeyToAccount>;

function clients(account = mnemonicToAccount(LOCAL_MNEMONIC)) {
  const common = { chain: foundry, transport: http(chain.rpcUrl), pollingInterval: 20 } as const;
  return {
    publicClient: createPublicClient(common),
    walletClient: createWalletClient({ ...common, account }),
    testClient: createTestClient({ ...common, mode: "anvil" }),
  };
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "qbitflow-mandates-"));
  chain = await startLocalChain({ directory });
  await deployContracts(clients());
  await deployTestTokens(clients());
  await deployExecutorRegistry(clients(), privateKeyToAccount(SENDER_KEY).address);
  const local = loadNetworks().find(({ network }) => network.local);
  if (!local) throw new Error("There is no local network.");
  const network = {
    ...local.network,
    confirmations: 3,
  };
  slug = network.slug;
  usdcId = network.tokens.find(({ permit }) => permit.kind === "eip2612")?.id ?? 0;
  const adapter = createAdapter({ network, rpcUrls: [chain.rpcUrl], pollMs: 50, senderKey: SENDER_KEY });
  ctx = await testContext({ chains: [adapter] });
  ctx.clock.set(new Date(Number((await clients().publicClient.getBlock()).timestamp) * 1_000));
  merchant = await seedMerchant(ctx);
  watching = watchChain(ctx, slug, { signal: stop.signal, pollMs: 100 });
});
afterAll(async () => {
  stop.abort();
  await watching;
  await Promise.all([...ctx.chains.values()].map((adapter) => adapter.close()));
  await chain.stop();
  await ctx.close();
  await rm(directory, { recursive: true, force: true });
});

/** A wallet with 1000 of each token and no coin for gas. */
async function customer(): Promise<Customer> {
  const account = privateKeyToAccount(generatePrivateKey());
  await mintTestTokens(clients(), { to: [account.address] });
  return account;
}

async function openSession(options: object): Promise<string> {
  const email = `${ctx.ids.uuid()}@mail.example`;
  const { uuid: customerUUID } = await createCustomer(ctx, merchant.principal, { name: "C", lastName: "D", email });
  const session = await createSession(ctx, merchant.principal, {
    productName: "Plan",
    description: "",
    price: 10,
    customerUUID,
    webhookUrl: "http://127.0.0.1:9/hook",
    options,
  });
  return session.uuid;
}

const wallet = (account: Customer, typedData: TypedData) =>
  account.signTypedData(JSON.parse(JSON.stringify(typedData)) as never);

async function signed(account: Customer, offer: MandateOffer) {
  const { allowance } = offer;
  return {
    mandateHash: offer.mandateHash,
    signature: await wallet(account, offer.typedData),
    ...(allowance.way === "permit" && { permitSignature: await wallet(account, allowance.typedData) }),
  };
}

const offerTo = (account: Customer, uuid: string, more: object = {}) =>
  offerCheckoutMandate(ctx, {
    uuid,
    request: { currencyId: usdcId, subscriber: account.address, periods: 3, ...more },
  });

/** What the relay does with what is queued: sends it, once. */
async function relay(): Promise<void> {
  const sender = ctx.chains.get(slug)?.sender;
  if (!sender) throw new Error("There is no sender.");
  for (const { uuid, call } of await queuedCalls(ctx.db, slug, 10)) {
    const simulation = await sender.simulate(call);
    const ends = { uuid, from: "queued" as const };
    if (!simulation.ok) {
      await endCalls(ctx, [{ ...ends, to: "refused", transactionHash: null, message: simulation.reason }]);
      continue;
    }
    const nonce = await sender.minedNonce();
    const price = await sender.gasPrice();
    const { hash, raw } = await sender.sign({ call, nonce, gas: simulation.gas * 2n, price });
    await sender.broadcast(raw);
    await clients().publicClient.waitForTransactionReceipt({ hash });
    await endCalls(ctx, [{ ...ends, to: "mined", transactionHash: hash, message: null }]);
  }
  await settleRelayed(ctx);
}

async function becomes(uuid: string, status: object): Promise<void> {
  await vi.waitFor(async () => expect(await statusOf(ctx, await getPublicSession(ctx, uuid))).toMatchObject(status), {
    timeout: 10_000,
    interval: 50,
  });
}

async function told(uuid: string): Promise<string[]> {
  const rows = await ctx.db.query<{ body: string }>(
    "select body from webhook_delivery where subject_uuid = $1 order by sequence",
    [uuid],
  );
  const statuses = rows.map(({ body }) => JSON.parse(body).status ?? {});
  return statuses.filter(({ type }) => type === "createSubscription").map(({ status }) => status);
}

const balanceOf = (address: string) => {
  const token = ctx.chains.get(slug)?.network.tokens.find(({ id }) => id === usdcId)?.address as Hex;
  const args = [address as Hex] as const;
  return clients().publicClient.readContract({ abi: erc20Abi, address: token, functionName: "balanceOf", args });
};

describe("on a real chain", () => {
  it("a fixed subscription is charged at once by two signatures, and exists when that is confirmed", async () => {
    const account = await customer();
    const uuid = await openSession({ ...monthly, minPeriods: 2 });
    const offer = await offerTo(account, uuid);
    expect(offer).toMatchObject({
      amount: "10",
      cap: "10.5",
      allowanceNow: "0",
      allowanceNeeded: "31.5",
      firstCharge: { amount: "10", amountUsd: 10, executionFee: "0" },
      allowance: { way: "permit" },
    });
    expect((await offerTo(account, uuid)).mandateHash).toBe(offer.mandateHash);
    const before = await balanceOf(account.address);
    const signatures = await signed(account, offer);
    await signCheckoutMandate(ctx, { uuid, signatures });
    await signCheckoutMandate(ctx, { uuid, signatures });
    await becomes(uuid, { type: "createSubscription", status: "pending" });
    await relay();
    await becomes(uuid, { status: "waitingConfirmation", message: "1 of 3 confirmations" });
    await expect(subscriptionView(ctx, uuid)).rejects.toMatchObject({ code: "not_found" });
    await chain.mine(2);
    await becomes(uuid, { status: "completed" });
    expect(before - (await balanceOf(account.address))).toBe(10_000_000n);
    expect(await subscriptionView(ctx, uuid)).toMatchObject({
      status: "active",
      network: slug,
      mandateHash: offer.mandateHash,
      nextPeriodIndex: 1,
    });
    expect(await ctx.db.query("select status, amount_micros from bill where subscription_uuid = $1", [uuid])).toEqual([
      { status: "paid", amount_micros: 10_000_000n },
    ]);
    expect(await told(uuid)).toEqual(["pending", "waitingConfirmation", "completed"]);
    // Once more, after all: nothing changes.
    await signCheckoutMandate(ctx, { uuid, signatures });
    expect(await queuedCalls(ctx.db, slug, 10)).toEqual([]);
  });

  it("a trial is authorised now and charged later, pay-as-you-go starts with nothing to pay", async () => {
    const account = await customer();
    const before = await balanceOf(account.address);
    const trial = await openSession({ ...monthly, trialPeriod: { value: 7, unit: "days" } });
    const trialOffer = await offerTo(account, trial);
    expect(trialOffer.firstCharge).toBeUndefined();
    const metered = await openSession({ ...monthly, subscriptionType: "payAsYouGo" });
    await signCheckoutMandate(ctx, { uuid: trial, signatures: await signed(account, trialOffer) });
    await relay();
    // The trial's need stands, so that both are allowed together.
    const meteredOffer = await offerTo(account, metered, { maxSpendingPerPeriod: 20, periods: 2 });
    expect(meteredOffer).toMatchObject({ cap: "21", allowanceNow: "31.5", allowanceNeeded: "73.5" });
    await signCheckoutMandate(ctx, { uuid: metered, signatures: await signed(account, meteredOffer) });
    await relay();
    await chain.mine(2);
    await becomes(trial, { status: "completed" });
    await becomes(metered, { type: "createPAYGSubscription", status: "completed" });
    expect(await subscriptionView(ctx, trial)).toMatchObject({ status: "trial" });
    expect(await subscriptionView(ctx, metered)).toMatchObject({
      status: "active",
      kind: "payAsYouGo",
      maxSpendingMicros: 20_000_000n,
    });
    expect(await balanceOf(account.address)).toBe(before);
  });

  it("offers are made a hundred times an hour: whoever has a link cannot fill the database", async () => {
    const account = await customer();
    const uuid = await openSession(monthly);
    const offer = await offerTo(account, uuid);
    const rows = await ctx.db.query<{ column_name: string }>(
      "select column_name from information_schema.columns where table_name = 'mandate' and column_name <> 'hash'",
    );
    const others = rows.map(({ column_name }) => column_name).join(", ");
    await ctx.db.query(
      `insert into mandate (hash, ${others})
       select '0x' || lpad(n::text, 64, '0'), ${others} from mandate, generate_series(1, 99) as n where uuid = $1`,
      [uuid],
    );
    await expect(offerTo(account, uuid, { periods: 4 })).rejects.toMatchObject({ code: "rate_limited" });
    expect((await offerTo(account, uuid)).mandateHash).toBe(offer.mandateHash);
    await ctx.db.query("update mandate set created_at = created_at - interval '1 hour' where uuid = $1", [uuid]);
    expect((await offerTo(account, uuid, { periods: 4 })).periods).toBe(4);
  });

  it("a subscription that cannot begin, whatever the reason, holds up no other one, and begins when it can", async () => {
    const uuids: string[] = [];
    for (const account of [await customer(), await customer()]) {
      const uuid = await openSession(monthly);
      await signCheckoutMandate(ctx, { uuid, signatures: await signed(account, await offerTo(account, uuid)) });
      await relay();
      uuids.push(uuid);
    }
    const [stuck = "", fine = ""] = uuids;
    const [row] = await ctx.db.query<{ customer_uuid: string }>(
      "select customer_uuid from checkout_session where uuid = $1",
      [stuck],
    );
    await ctx.db.query("update checkout_session set customer_uuid = null where uuid = $1", [stuck]);
    await chain.mine(2);
    await becomes(fine, { status: "completed" });
    await becomes(stuck, { status: "waitingConfirmation" });
    await ctx.db.query("update checkout_session set customer_uuid = $2 where uuid = $1", [stuck, row?.customer_uuid]);
    await chain.mine(1);
    await becomes(stuck, { status: "completed" });
  });

  it("a trial begins without a signature, once", async () => {
    const uuid = await openSession({ ...monthly, trialPeriod: { value: 7, unit: "days" } });
    await authoriseLater(ctx, uuid);
    expect(await statusOf(ctx, await getPublicSession(ctx, uuid))).toMatchObject({ status: "completed" });
    expect(await subscriptionView(ctx, uuid)).toMatchObject({ status: "trial", mandateHash: null, nextBillAt: null });
    await expect(authoriseLater(ctx, uuid)).rejects.toMatchObject({ code: "session_final" });
    const noTrial = await openSession(monthly);
    await expect(authoriseLater(ctx, noTrial)).rejects.toMatchObject({ code: "unprocessable" });
  });

  it("what is signed wrongly, not covered or too late is refused, and changes nothing", async () => {
    const account = await customer();
    const stranger = privateKeyToAccount(generatePrivateKey());
    const uuid = await openSession(monthly);
    const offer = await offerTo(account, uuid);
    const good = await signed(account, offer);
    const sign = (change: object, at = uuid) =>
      signCheckoutMandate(ctx, { uuid: at, signatures: { ...good, ...change } });
    await expect(sign({ signature: await wallet(stranger, offer.typedData) })).rejects.toMatchObject({
      code: "signature_invalid",
    });
    await expect(sign({ signature: "0x" })).rejects.toMatchObject({ code: "signature_invalid" });
    const { permitSignature: _left, ...without } = good;
    const unpermitted = signCheckoutMandate(ctx, { uuid, signatures: without });
    await expect(unpermitted).rejects.toMatchObject({ code: "insufficient_allowance" });
    for (const permitSignature of [good.signature, "0x", `0x${"00".repeat(65)}`, `0x${"ff".repeat(65)}`]) {
      await expect(sign({ permitSignature })).rejects.toMatchObject({ code: "signature_invalid" });
    }
    await expect(sign({ mandateHash: `0x${"1".repeat(64)}` })).rejects.toMatchObject({ code: "not_found" });
    // Another session's offer.
    await expect(sign({}, await openSession(monthly))).rejects.toMatchObject({ code: "not_found" });
    const poor = privateKeyToAccount(generatePrivateKey());
    const poorOffer = await offerTo(poor, uuid);
    const poorSignatures = await signed(poor, poorOffer);
    const broke = signCheckoutMandate(ctx, { uuid, signatures: poorSignatures });
    await expect(broke).rejects.toMatchObject({ code: "insufficient_balance" });
    expect(await statusOf(ctx, await getPublicSession(ctx, uuid))).toMatchObject({ status: "created" });
    const now = ctx.clock.now();
    ctx.clock.advance(16 * 60_000);
    await expect(sign({})).rejects.toMatchObject({ code: "offer_expired" });
    ctx.clock.set(now);
    expect(await queuedCalls(ctx.db, slug, 10)).toEqual([]);
  });

  it("of two tabs one is taken; one that the network refuses leaves the session payable, with the reason", async () => {
    const [first, second] = [await customer(), await customer()];
    const uuid = await openSession(monthly);
    const both = [
      await signed(first, await offerTo(first, uuid)),
      await signed(second, await offerTo(second, uuid)),
    ] as const;
    const taken = await Promise.allSettled(both.map((signatures) => signCheckoutMandate(ctx, { uuid, signatures })));
    expect(taken.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await queuedCalls(ctx.db, slug, 10)).toHaveLength(1);
    // The money is gone before the relay comes to it.
    const payer = taken[0]?.status === "fulfilled" ? first : second;
    const token = ctx.chains.get(slug)?.network.tokens.find(({ id }) => id === usdcId)?.address as Hex;
    const { testClient, walletClient, publicClient } = clients();
    await testClient.setBalance({ address: payer.address, value: 10n ** 18n });
    const args = [walletClient.account.address, await balanceOf(payer.address)] as const;
    const away = { abi: erc20Abi, address: token, functionName: "transfer", args } as const;
    const hash = await createWalletClient({
      chain: foundry,
      transport: http(chain.rpcUrl),
      account: payer,
    }).writeContract(away);
    await publicClient.waitForTransactionReceipt({ hash });
    await relay();
    await becomes(uuid, { status: "created" });
    expect((await checkoutState(ctx, uuid)).subscription).toMatchObject({ failure: { code: "activation_refused" } });
    const other = payer === first ? second : first;
    await signCheckoutMandate(ctx, { uuid, signatures: await signed(other, await offerTo(other, uuid)) });
    await relay();
    await chain.mine(2);
    await becomes(uuid, { status: "completed" });
    expect((await checkoutState(ctx, uuid)).subscription?.failure).toBeUndefined();
  });

  it.each([1, 2, 3, 4])(
    "a reorganisation of depth %i takes an activation back; mined again it counts again",
    async (depth) => {
      const account = await customer();
      const uuid = await openSession(monthly);
      await signCheckoutMandate(ctx, { uuid, signatures: await signed(account, await offerTo(account, uuid)) });
      const [call] = await queuedCalls(ctx.db, slug, 1);
      await relay();
      if (depth > 1) await chain.mine(depth - 1);
      await becomes(uuid, { status: depth < 3 ? "waitingConfirmation" : "completed" });
      const { testClient } = clients();
      await testClient.request({ method: "anvil_reorg" as never, params: [depth, []] as never });
      await chain.mine(1);
      await becomes(uuid, { status: depth < 3 ? "pending" : "failed" });
      if (depth >= 3) {
        expect(await ctx.db.query("select status from bill where subscription_uuid = $1", [uuid])).toEqual([
          { status: "charging" },
        ]);
      }
      const again = { to: call?.call.to as Hex, data: call?.call.data as Hex };
      await createWalletClient({
        chain: foundry,
        transport: http(chain.rpcUrl),
        account: privateKeyToAccount(SENDER_KEY),
      }).sendTransaction(again);
      await chain.mine(3);
      await becomes(uuid, { status: "completed" });
      const bills = await ctx.db.query("select status from bill where subscription_uuid = $1", [uuid]);
      expect(bills).toEqual([{ status: "paid" }]);
      expect(await subscriptionView(ctx, uuid)).toMatchObject({ status: "active", nextPeriodIndex: 1 });
    },
  );

  it("of a local chain that began anew nothing is believed that was read, until it is read again", async () => {
    const account = await customer();
    const uuid = await openSession(monthly);
    await signCheckoutMandate(ctx, { uuid, signatures: await signed(account, await offerTo(account, uuid)) });
    await relay();
    await chain.mine(2);
    await becomes(uuid, { status: "completed" });
    await restartScan(ctx, slug);
    await vi.waitFor(
      async () =>
        expect((await told(uuid)).slice(2)).toEqual(["completed", "failed", "waitingConfirmation", "completed"]),
      {
        timeout: 10_000,
        interval: 50,
      },
    );
    const bills = await ctx.db.query("select status from bill where subscription_uuid = $1", [uuid]);
    expect(bills).toEqual([{ status: "paid" }]);
  });
});
