import { type ChainAdapter, type GaslessWay, type Hex, testTokens } from "@qbitflow/chains";
import { dataFeeOf, feeOracleAddress, feeOracleCode } from "@qbitflow/chains/testing";
import { type SeededMerchant, seedMerchant, type TestContext, testDb } from "@qbitflow/testkit";
import { encodeFunctionData, erc20Abi, parseAbi } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createSession, getPublicSession, setCustomer } from "../checkout-session/index.ts";
import { sessionPayments } from "../payment/index.ts";
import { setPlatformFee } from "../platform-fee/index.ts";
import { lockQuote, type Quote, quoteResource } from "../quote/index.ts";
import { runSender } from "../relay/index.ts";
import { type RelayChain, startRelayChain } from "../relay/relay-chain.testing.ts";
import { setWallet } from "../wallet/index.ts";
import { settleGasless } from "./follow.ts";
import { type RelayPaymentInput, relayPayment } from "./index.ts";

const MERCHANT = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const OPERATOR = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";
const abi = parseAbi(["function mint(address to, uint256 amount)", "function nonces(address) view returns (uint256)"]);
const token = testTokens[0]?.address as Hex;

let chain: RelayChain;
let ctx: TestContext;
let shop: SeededMerchant;
let close: () => Promise<void>;
const payer = privateKeyToAccount(generatePrivateKey());
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  chain = await startRelayChain({ l1DataFee: "op-stack" });
  await chain.testClient.setCode({ address: feeOracleAddress, bytecode: feeOracleCode });
  const opened = await chain.open(await testDb());
  ({ ctx } = opened);
  close = opened.close;
  shop = await seedMerchant(ctx);
  const organizationId = shop.organization.id;
  await setWallet(ctx, { organizationId, network: chain.slug, address: MERCHANT });
  await chain.send({
    to: token,
    data: encodeFunctionData({ abi, functionName: "mint", args: [payer.address, 10n ** 12n] }),
  });
  // The price of gas, which the sender writes down first.
  send();
  await vi.waitFor(async () => expect((await quoted()).gasless).not.toBeNull(), { timeout: 10_000 });
  await stops.pop()?.();
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
afterAll(async () => {
  await close();
  await ctx.db.close();
  await chain.stop();
});

function send(): void {
  const ending = new AbortController();
  const running = runSender(ctx, { network: chain.slug, signal: ending.signal, pollMs: 20, leaseMs: 200 });
  stops.push(async () => {
    ending.abort();
    await running;
  });
}

async function quoted(): Promise<Quote> {
  const { uuid } = await createSession(ctx, shop.principal, { productId: 1 });
  await setCustomer(ctx, { uuid, customer: { name: "A", lastName: "B", email: `${uuid}@example.org` } });
  return lockQuote(ctx, { uuid, currencyId: 2 });
}

async function signed(quote: Quote, way: GaslessWay = "authorization", by = payer): Promise<RelayPaymentInput> {
  const data = quote.gasless?.typedData[way];
  if (!data) throw new Error(`${way} is not offered.`);
  const message = { ...data.message };
  for (const { field, with: what } of data.blanks) {
    const read = { address: token, abi, functionName: "nonces", args: [by.address] } as const;
    message[field] =
      what === "payer" ? by.address : what === "permit2Nonce" ? 5n : await chain.publicClient.readContract(read);
  }
  const { EIP712Domain: _, ...types } = data.types;
  const signature = await by.signTypedData({
    domain: data.domain,
    types,
    primaryType: data.primaryType,
    message,
  } as never);
  const { sessionUuid: uuid, currencyId } = quote;
  const gaslessHash = quote.gasless?.gaslessHash ?? "";
  return {
    uuid,
    currencyId,
    gaslessHash,
    payer: by.address,
    way,
    signature,
    ...(way === "permit2" && { permit2Nonce: "5" }),
  };
}
const statusOf = async (uuid: string) => {
  const { status, statusMessage } = await getPublicSession(ctx, uuid);
  return { status, statusMessage };
};
const callsOf = (uuid: string) =>
  ctx.db.query<{ state: string }>("select state from relay_call where subject_uuid = $1 order by created_at", [uuid]);

test("a payment is handed over once, however often and by however many it is asked for", async () => {
  const quote = await quoted();
  const input = await signed(quote);
  await Promise.all(Array.from({ length: 4 }, () => relayPayment(ctx, input)));
  expect(await callsOf(input.uuid)).toEqual([{ state: "queued" }]);
  expect(await statusOf(input.uuid)).toMatchObject({ status: "pending" });
  await expect(lockQuote(ctx, { uuid: input.uuid, currencyId: 2 })).rejects.toMatchObject({ code: "conflict" });
  send();
  await expect.poll(() => statusOf(input.uuid), { timeout: 10_000 }).toMatchObject({ status: "waitingConfirmation" });
  await chain.mine(2);
  await expect.poll(() => statusOf(input.uuid), { timeout: 10_000 }).toMatchObject({ status: "completed" });
  await expect.poll(() => settleGasless(ctx), { timeout: 10_000 }).toBe(1);
  expect(await statusOf(input.uuid)).toMatchObject({ status: "completed" });
  await expect(relayPayment(ctx, input)).rejects.toMatchObject({ code: "session_final" });
});

test("one that the chain would refuse by now makes the session payable again, in words, once", async () => {
  const quote = await quoted();
  const poor = privateKeyToAccount(generatePrivateKey());
  const needed = quote.amountBase + BigInt(quote.gasless?.relay.fee ?? 0);
  await chain.send({
    to: token,
    data: encodeFunctionData({ abi, functionName: "mint", args: [poor.address, needed] }),
  });
  const input = await signed(quote, "authorization", poor);
  await relayPayment(ctx, input);
  // Spent elsewhere before it was sent.
  await chain.testClient.setBalance({ address: poor.address, value: 10n ** 18n });
  const transfer = encodeFunctionData({ abi: erc20Abi, functionName: "transfer", args: [MERCHANT, 1n] });
  await chain.send({ to: token, data: transfer }, poor);
  send();
  await expect.poll(async () => (await callsOf(input.uuid))[0]?.state, { timeout: 10_000 }).toBe("refused");
  await Promise.all([settleGasless(ctx), settleGasless(ctx)]);
  const statuses = await ctx.db.query(
    "select 1 from event where subject_uuid = $1 and type = 'checkout_session.created'",
    [input.uuid],
  );
  // When it was created, and now.
  expect(statuses).toHaveLength(2);
  expect(await statusOf(input.uuid)).toEqual({
    status: "created",
    statusMessage: "The payment could not be sent: nothing was paid. You can pay again.",
  });
  await relayPayment(ctx, await signed(quote));
  await expect.poll(() => statusOf(input.uuid), { timeout: 10_000 }).toMatchObject({ status: "waitingConfirmation" });
});

test("after ten that failed in blocks the server sends no more of a session", async () => {
  const input = await signed(await quoted());
  await ctx.db.query(
    `insert into relay_call (uuid, network, purpose, subject_uuid, to_address, data, value_base, state, created_at, settled_at)
     select gen_random_uuid(), $2, 'payment', $1, '0x', '0x', 0, 'reverted', $3, $3 from generate_series(1, 10)`,
    [input.uuid, chain.slug, ctx.clock.now()],
  );
  await expect(relayPayment(ctx, input)).rejects.toMatchObject({ code: "relay_unavailable" });
  expect(await statusOf(input.uuid)).toMatchObject({ status: "created" });
});

test("one that was in no block in time is withdrawn, and an old quote is refused", async () => {
  const quote = await quoted();
  const input = await signed(quote);
  await relayPayment(ctx, input);
  const before = ctx.clock.now();
  ctx.clock.set(quote.expiresAt);
  send();
  await expect.poll(async () => (await callsOf(input.uuid))[0]?.state, { timeout: 10_000 }).toBe("expired");
  await settleGasless(ctx);
  expect((await statusOf(input.uuid)).statusMessage).toMatch(/not in a block in time/);
  await expect(relayPayment(ctx, input)).rejects.toMatchObject({ kind: "gone", code: "quote_expired" });
  ctx.clock.set(before);
});

test("one that reverted may be sent again by anybody: once another paid, it is a duplicate to be refunded", async () => {
  const quote = await quoted();
  const input = await signed(quote);
  await relayPayment(ctx, input);
  await chain.testClient.setAutomine(false);
  send();
  await expect.poll(async () => (await chain.testClient.getTxpoolStatus()).pending, { timeout: 10_000 }).toBe(1);
  const code = (await chain.publicClient.getCode({ address: token })) as Hex;
  await chain.testClient.setCode({ address: token, bytecode: "0x5f5ffd" });
  await chain.mine(1);
  await chain.testClient.setCode({ address: token, bytecode: code });
  await chain.testClient.setAutomine(true);
  await chain.mine(2);
  await expect.poll(async () => (await callsOf(input.uuid))[0]?.state, { timeout: 10_000 }).toBe("reverted");
  await settleGasless(ctx);
  expect(await statusOf(input.uuid)).toMatchObject({
    status: "created",
    statusMessage: expect.stringMatching(/failed on the chain/),
  });

  const other = privateKeyToAccount(generatePrivateKey());
  await chain.send({
    to: token,
    data: encodeFunctionData({ abi, functionName: "mint", args: [other.address, 10n ** 9n] }),
  });
  await relayPayment(ctx, await signed(quote, "authorization", other));
  await expect.poll(() => statusOf(input.uuid), { timeout: 10_000 }).toMatchObject({ status: "waitingConfirmation" });
  await chain.mine(2);
  await expect.poll(() => statusOf(input.uuid), { timeout: 10_000 }).toMatchObject({ status: "completed" });
  const [reverted] = await ctx.db.query<{ to: Hex; data: Hex }>(
    `select to_address as "to", data from relay_call where subject_uuid = $1 and state = 'reverted'`,
    [input.uuid],
  );
  await chain.send(reverted as { to: Hex; data: Hex });
  await expect.poll(async () => (await sessionPayments(ctx, input.uuid)).length, { timeout: 10_000 }).toBe(2);
  expect(await sessionPayments(ctx, input.uuid)).toMatchObject([
    { match: "exact", payer: other.address, paysSession: true },
    { match: "duplicate", payer: payer.address, paysSession: false, differenceBase: quote.amountBase },
  ]);
  expect(await statusOf(input.uuid)).toMatchObject({ status: "completed" });
});

test("Permit2 needs its approval, and a server without a key sends nothing", async () => {
  const quote = await quoted();
  expect(quote.gasless?.ways).toEqual(["authorization", "eip2612", "permit2"]);
  const refusal = async (as: TestContext, input: RelayPaymentInput) =>
    (await relayPayment(as, input).catch((error) => error)).code;
  expect(await refusal(ctx, await signed(quote, "permit2"))).toBe("insufficient_allowance");
  const { permit2Nonce: _, ...without } = await signed(quote, "permit2");
  expect(await refusal(ctx, without)).toBe("validation_failed");
  const keyless: ChainAdapter = chain.adapter();
  const other = { ...ctx, chains: new Map([[chain.slug, keyless]]) };
  expect(await refusal(other, await signed(quote))).toBe("relay_unavailable");
  expect(quoteResource(other, { quote, priceMicros: 25_000_000n })?.gasless).toBeUndefined();
  await keyless.close();
});

test("the relay fee is gas at its price and what a rollup asks, with a margin, for the operator's address where there is one", async () => {
  const { gasless } = await quoted();
  const [row] = await ctx.db.query<{ price: string }>("select gas_price_base as price from relay_sender");
  // The dearest way's gas (Permit2) and the rollup's fee for 1000 bytes, a quarter on top, ETH at 3000 USD, in millionths of a
  // dollar, rounded up.
  const costBase = 195_000n * BigInt(row?.price ?? 0) + dataFeeOf(1_000n);
  const exact = costBase * 125n * 3_000n * 10n ** 6n;
  const expected = (exact + 100n * 10n ** 18n - 1n) / (100n * 10n ** 18n);
  expect(BigInt(gasless?.relay.fee ?? 0)).toBe(expected);
  expect(gasless?.relayFeeRecipient).toBe(ctx.chains.get(chain.slug)?.sender?.address);
  await setPlatformFee(ctx, { network: chain.slug, feeBps: 0, recipient: OPERATOR });
  expect((await quoted()).gasless?.relayFeeRecipient).toBe(OPERATOR);
});
