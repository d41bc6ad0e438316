import { type ChainAdapter, type ChainSender, ChainUnavailableError } from "@qbitflow/chains";
import { dbKinds, type TestContext, testDb } from "@qbitflow/testkit";
import { encodeErrorResult, encodeFunctionData, parseAbi, toHex } from "viem";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  enqueueCalls,
  hasCallsUnderWay,
  relayCalls,
  relayHealth,
  runSender,
  type SenderOptions,
  settledCalls,
} from "./index.ts";
import { mintCall, type RelayChain, startRelayChain, timesMined } from "./relay-chain.testing.ts";

let chain: RelayChain;
beforeAll(async () => {
  chain = await startRelayChain();
});
afterAll(() => chain.stop());

describe.each(dbKinds)("%s", (kind) => {
  let ctx: TestContext;
  let address: `0x${string}`;
  let close: () => Promise<void>;
  const ended: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    ({ ctx, address, close } = await chain.open(await testDb(kind)));
  });
  afterEach(async () => {
    for (const end of ended.splice(0)) await end();
    await close();
    await ctx.db.close();
  });

  /** Runs a sender until the test ends, or what it gives back is called. */
  function send(options: Partial<SenderOptions> = {}, by: TestContext = ctx): () => Promise<void> {
    const ending = new AbortController();
    const running = runSender(by, {
      network: chain.slug,
      signal: ending.signal,
      pollMs: 20,
      leaseMs: 200,
      ...options,
    });
    const end = async () => {
      ending.abort();
      await running;
    };
    ended.push(end);
    return end;
  }
  const stateOf = async (uuid: string) => (await relayCalls(ctx, [uuid])).get(uuid);
  const becomes = (uuid: string, state: string) =>
    expect.poll(async () => (await stateOf(uuid))?.state, { timeout: 15_000, interval: 20 }).toBe(state);
  const nonces = () => chain.publicClient.getTransactionCount({ address });
  const versions = async () =>
    (
      await ctx.db.query<{ nonce: bigint; versions: bigint }>(
        "select nonce, count(*) as versions from relay_transaction group by nonce order by nonce",
      )
    ).map((row) => [Number(row.nonce), Number(row.versions)]);

  test("a call is signed, mined, and ends only once its block has the confirmations", async () => {
    const call = mintCall(ctx);
    send();
    await enqueueCalls(ctx, [call]);
    await expect.poll(() => timesMined(chain, call.receiver), { timeout: 5_000 }).toBe(1n);
    await becomes(call.uuid, "sent");
    expect(await hasCallsUnderWay(ctx, chain.slug)).toBe(true);
    await chain.mine(1);
    await becomes(call.uuid, "mined");
    const { transactionHash } = (await stateOf(call.uuid)) ?? {};
    expect(transactionHash).toMatch(/^0x[0-9a-f]{64}$/);
    expect(await settledCalls(ctx, { purposes: ["charge"] })).toMatchObject([{ uuid: call.uuid, transactionHash }]);
    expect(await hasCallsUnderWay(ctx, chain.slug)).toBe(false);
    await expect
      .poll(async () => (await relayHealth(ctx))[0])
      .toMatchObject({ sender: address, isLow: false, underWay: 0 });
  });

  test("many calls flow without waiting for each other, in order, by one of three senders", async () => {
    const stopMining = await chain.mineEvery(40);
    const calls = Array.from({ length: 30 }, () => mintCall(ctx));
    await enqueueCalls(ctx, calls);
    for (let index = 0; index < 3; index++) send({ maxUnderWay: 8 });
    for (const { uuid } of calls) await becomes(uuid, "mined");
    await stopMining();
    for (const { receiver } of calls) expect(await timesMined(chain, receiver)).toBe(1n);
    expect(await nonces()).toBe(30);
    expect((await versions()).map(([nonce]) => nonce)).toEqual(Array.from({ length: 30 }, (_, nonce) => nonce));
  });

  test("a call that would revert takes no nonce", async () => {
    const { receiver } = mintCall(ctx);
    const data = encodeFunctionData({
      abi: parseAbi(["function transferFrom(address, address, uint256)"]),
      functionName: "transferFrom",
      args: [receiver, address, 5n],
    });
    const bad = mintCall(ctx);
    const refused = { ...bad, call: { to: bad.call.to, data } };
    const good = mintCall(ctx);
    await enqueueCalls(ctx, [refused, good]);
    send();
    await becomes(refused.uuid, "refused");
    expect((await stateOf(refused.uuid))?.message).toMatch(/\w{4}/);
    expect((await stateOf(refused.uuid))?.transactionHash).toBeNull();
    await becomes(good.uuid, "sent");
    await chain.mine(2);
    await becomes(good.uuid, "mined");
    expect(await nonces()).toBe(1);
  });

  test("a signature whose wallet uses up gas at our cost is not sent; many charges may take as much", async () => {
    const greedy = `0x${"9a5".repeat(13)}0` as const;
    // Hashes a megabyte: about 2.7 million gas.
    await chain.testClient.setCode({ address: greedy, bytecode: "0x621117005f2000" });
    const to = { call: { to: greedy, data: "0x" } } as const;
    const signed = (["activation", "change", "permit", "payment"] as const).map((purpose) =>
      mintCall(ctx, { ...to, purpose }),
    );
    const charges = mintCall(ctx, { ...to, purpose: "charge" });
    await enqueueCalls(ctx, [...signed, charges]);
    send();
    for (const { uuid } of signed) await becomes(uuid, "refused");
    expect((await stateOf(signed[0]?.uuid ?? ""))?.message).toContain("gas");
    await becomes(charges.uuid, "sent");
    await chain.mine(2);
    await becomes(charges.uuid, "mined");
    expect(await nonces()).toBe(1);
  });

  test("words of a contract that no database takes hold nobody up", async () => {
    // NUL, a mark that turns text around, and a character that is cut in two where the reason is.
    const words = `\0\u202e${"x".repeat(197)}🦄🦄`;
    const payload = encodeErrorResult({ abi: parseAbi(["error Error(string)"]), errorName: "Error", args: [words] });
    const length = toHex((payload.length - 2) / 2, { size: 2 }).slice(2);
    const rude = `0x${"0e".repeat(20)}` as const;
    // Copies what follows it, and reverts with that.
    const bytecode = `0x61${length}600c5f3961${length}5ffd${payload.slice(2)}` as const;
    await chain.testClient.setCode({ address: rude, bytecode });
    const bad = mintCall(ctx, { call: { to: rude, data: "0x" } });
    const good = mintCall(ctx);
    await enqueueCalls(ctx, [bad, good]);
    send();
    await becomes(bad.uuid, "refused");
    expect((await stateOf(bad.uuid))?.message).toMatch(/^[\ufffdx]+$/);
    await becomes(good.uuid, "sent");
    await chain.mine(2);
    await becomes(good.uuid, "mined");
  });

  test("a call that no endpoint can judge does not hold up those behind it", async () => {
    const [odd, good] = [mintCall(ctx), mintCall(ctx)];
    const adapter = ctx.chains.get(chain.slug) as ChainAdapter & { sender: ChainSender };
    const sender: ChainSender = {
      ...adapter.sender,
      simulate: (call) =>
        call.data === odd.call.data
          ? Promise.reject(new ChainUnavailableError("It takes too long."))
          : adapter.sender.simulate(call),
    };
    const by = { ...ctx, chains: new Map([[chain.slug, { ...adapter, sender }]]) };
    await enqueueCalls(ctx, [odd, good]);
    const end = send({}, by);
    await becomes(good.uuid, "sent");
    expect((await stateOf(odd.uuid))?.state).toBe("queued");
    await end();
    send();
    await becomes(odd.uuid, "sent");
  });

  test("a call that fails on chain although it did not in simulation is reverted", async () => {
    await chain.testClient.setAutomine(false);
    const { call } = mintCall(ctx);
    const encode = (functionName: "mint" | "transfer", to: string) =>
      encodeFunctionData({
        abi: parseAbi(["function mint(address, uint256)", "function transfer(address, uint256)"]),
        functionName,
        args: [to as `0x${string}`, 5n],
      });
    const mint = mintCall(ctx, { call: { to: call.to, data: encode("mint", address) } });
    const [first, second] = [1, 2].map(() =>
      mintCall(ctx, { call: { to: call.to, data: encode("transfer", call.to) } }),
    );
    if (!first || !second) throw new Error("There are two.");
    await enqueueCalls(ctx, [mint]);
    send();
    await becomes(mint.uuid, "sent");
    await expect.poll(async () => (await chain.testClient.getTxpoolStatus()).pending, { timeout: 5_000 }).toBe(1);
    await chain.mine(1);
    await enqueueCalls(ctx, [first, second]);
    await becomes(second.uuid, "sent");
    await expect.poll(async () => (await chain.testClient.getTxpoolStatus()).pending, { timeout: 5_000 }).toBe(2);
    const stopMining = await chain.mineEvery(30);
    await becomes(first.uuid, "mined");
    await becomes(second.uuid, "reverted");
    await stopMining();
  });

  test("what is stuck is replaced at a higher price with the same nonce, and sent once", async () => {
    await chain.testClient.setAutomine(false);
    const calls = [mintCall(ctx), mintCall(ctx)];
    await enqueueCalls(ctx, calls);
    send({ stuckMs: 30 });
    await expect.poll(async () => (await versions())[0]?.[1], { timeout: 5_000 }).toBeGreaterThan(2);
    const stopMining = await chain.mineEvery(30);
    for (const { uuid } of calls) await becomes(uuid, "mined");
    await stopMining();
    for (const { receiver } of calls) expect(await timesMined(chain, receiver)).toBe(1n);
    expect(await nonces()).toBe(2);
  });

  test("a call whose time passes before it is in a block is withdrawn, and its nonce is used", async () => {
    await chain.testClient.setAutomine(false);
    const sendUntil = new Date(ctx.clock.now().getTime() + 60_000);
    const [late, other] = [mintCall(ctx, { sendUntil }), mintCall(ctx)];
    await enqueueCalls(ctx, [late, other]);
    send({ stuckMs: 60_000 });
    await becomes(other.uuid, "sent");
    ctx.clock.advance(61_000);
    const never = mintCall(ctx, { sendUntil });
    await enqueueCalls(ctx, [never]);
    await becomes(never.uuid, "expired");
    await expect.poll(async () => (await versions())[0]?.[1], { timeout: 5_000 }).toBe(2);
    const stopMining = await chain.mineEvery(30);
    await becomes(other.uuid, "mined");
    await becomes(late.uuid, "expired");
    await stopMining();
    expect([await timesMined(chain, late.receiver), await timesMined(chain, other.receiver)]).toEqual([0n, 1n]);
    expect(await nonces()).toBe(2);
  });

  test("a node that forgot its pool is offered everything again", async () => {
    await chain.testClient.setAutomine(false);
    const calls = [mintCall(ctx), mintCall(ctx)];
    await enqueueCalls(ctx, calls);
    send({ rebroadcastMs: 100 });
    await expect.poll(async () => (await chain.testClient.getTxpoolStatus()).pending, { timeout: 5_000 }).toBe(2);
    for (const { uuid } of calls) {
      const hash = (await stateOf(uuid))?.transactionHash as `0x${string}`;
      await chain.testClient.dropTransaction({ hash });
    }
    await expect.poll(async () => (await chain.testClient.getTxpoolStatus()).pending, { timeout: 5_000 }).toBe(2);
    const stopMining = await chain.mineEvery(30);
    for (const { uuid } of calls) await becomes(uuid, "mined");
    await stopMining();
  });

  test("without coin calls wait, the health says so, and they go out once there is some", async () => {
    await chain.testClient.setBalance({ address, value: 1n });
    const call = mintCall(ctx);
    await enqueueCalls(ctx, [call]);
    send();
    await becomes(call.uuid, "sent");
    await expect.poll(async () => (await relayHealth(ctx))[0]?.isLow).toBe(true);
    await chain.testClient.setBalance({ address, value: 10n ** 19n });
    await expect.poll(() => timesMined(chain, call.receiver), { timeout: 5_000 }).toBe(1n);
    await chain.mine(1);
    await becomes(call.uuid, "mined");
  });

  test.each([2, 4])(
    "a reorganisation of %i blocks takes an end back; it is sent again with the same nonce",
    async (depth) => {
      const call = mintCall(ctx);
      await enqueueCalls(ctx, [call]);
      send();
      await becomes(call.uuid, "sent");
      await expect.poll(() => timesMined(chain, call.receiver), { timeout: 5_000 }).toBe(1n);
      await chain.mine(depth - 1);
      await becomes(call.uuid, "mined");
      await chain.testClient.setAutomine(false);
      await chain.reorganise(depth);
      await chain.mine(1);
      await becomes(call.uuid, "sent");
      const stopMining = await chain.mineEvery(30);
      await becomes(call.uuid, "mined");
      await stopMining();
      expect(await timesMined(chain, call.receiver)).toBe(1n);
      expect(await nonces()).toBe(1);
      expect((await settledCalls(ctx, { purposes: ["charge"] })).map(({ state }) => state)).toEqual(["mined"]);
    },
  );

  test("a nonce that somebody else used is given up, and its call is sent with another", async () => {
    await chain.testClient.setAutomine(false);
    const call = mintCall(ctx);
    await enqueueCalls(ctx, [call]);
    const end = send({ stuckMs: 60_000 });
    await becomes(call.uuid, "sent");
    await expect.poll(async () => (await chain.testClient.getTxpoolStatus()).pending, { timeout: 5_000 }).toBe(1);
    await end();
    const hash = (await stateOf(call.uuid))?.transactionHash as `0x${string}`;
    await chain.testClient.dropTransaction({ hash });
    await chain.testClient.impersonateAccount({ address });
    const params = [{ from: address, to: address, value: "0x0", nonce: "0x0", gas: "0xc350" }];
    await chain.testClient.request({ method: "eth_sendTransaction" as never, params: params as never });
    await chain.testClient.stopImpersonatingAccount({ address });
    await chain.mine(1);
    expect(await nonces()).toBe(1);
    send();
    const stopMining = await chain.mineEvery(30);
    await becomes(call.uuid, "mined");
    await stopMining();
    expect(await timesMined(chain, call.receiver)).toBe(1n);
    expect(await nonces()).toBe(2);
  });

  test("a key that was replaced: what it has in a block counts, the rest is sent with the new one, each once", async () => {
    const [mined, left] = [mintCall(ctx), mintCall(ctx)];
    await enqueueCalls(ctx, [mined]);
    const end = send({ stuckMs: 60_000 });
    await expect.poll(() => timesMined(chain, mined.receiver), { timeout: 5_000 }).toBe(1n);
    await chain.testClient.setAutomine(false);
    await enqueueCalls(ctx, [left]);
    await expect.poll(async () => (await chain.testClient.getTxpoolStatus()).pending, { timeout: 5_000 }).toBe(1);
    // Somebody takes the old key's coin; its last transaction is nowhere but with us.
    await end();
    const hash = (await stateOf(left.uuid))?.transactionHash as `0x${string}`;
    await chain.testClient.dropTransaction({ hash });
    await chain.testClient.setBalance({ address, value: 0n });

    const now = await chain.open(ctx.db);
    const fresh = mintCall(ctx);
    await enqueueCalls(ctx, [fresh]);
    send({ stuckMs: 300 }, now.ctx);
    const stopMining = await chain.mineEvery(30);
    for (const { uuid } of [mined, left, fresh]) await becomes(uuid, "mined");
    await stopMining();
    for (const { receiver } of [mined, left, fresh]) expect(await timesMined(chain, receiver)).toBe(1n);
    expect(await nonces()).toBe(1);
    expect(await chain.publicClient.getTransactionCount({ address: now.address })).toBe(2);
    expect(await relayHealth(now.ctx)).toMatchObject([{ sender: now.address, queued: 0, underWay: 0 }]);
    for (const stop of ended.splice(0)) await stop();
    await now.close();
  });
});
