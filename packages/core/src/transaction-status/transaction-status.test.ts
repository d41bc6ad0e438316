import { type SeededMerchant, seedMerchant, type TestContext, testContext } from "@qbitflow/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enqueueCalls, type RelayPurpose } from "../relay/index.ts";
import { type CallEnd, endCalls, markSent } from "../relay/store.ts";
import { forceCancel, stopByCustomer } from "../subscription/index.ts";
import { NETWORK, seedSubscription } from "../subscription/subscription.testing.ts";
import { type TransactionName, transactionProgress } from "./progress.ts";
import { requireTransaction } from "./require.ts";

const HASH = `0x${"5".repeat(64)}`;
let ctx: TestContext;
let merchant: SeededMerchant;

beforeAll(async () => {
  ctx = await testContext();
  merchant = await seedMerchant(ctx);
});
afterAll(() => ctx.close());

async function handOver(subjectUuid: string, purpose: RelayPurpose): Promise<string> {
  const uuid = ctx.ids.uuid();
  const call = { to: `0x${"a".repeat(40)}`, data: "0x1234" } as const;
  await enqueueCalls(ctx, [{ uuid, network: NETWORK, purpose, subjectUuid, call }]);
  return uuid;
}

const sent = (uuid: string) => markSent(ctx.db, [{ uuid, transactionHash: HASH }]);
const end = (uuid: string, to: CallEnd["to"], transactionHash: string | null = HASH) =>
  endCalls(ctx, [{ uuid, from: transactionHash === null ? "queued" : "sent", to, transactionHash, message: "no" }]);

const progressOf = (uuid: string, type: TransactionName["type"]) => transactionProgress(ctx, { uuid, type });

test("a larger allowance is what became of the newest one that was sent", async () => {
  const { uuid } = await seedSubscription(ctx, merchant);
  const type = "increaseAllowance";
  const of = async () => progressOf(uuid, type);
  expect(await of()).toEqual({ status: { type, status: "created" }, isUnderWay: false });
  const refused = await handOver(uuid, "permit");
  expect(await of()).toEqual({ status: { type, status: "created" }, isUnderWay: true });
  await end(refused, "refused", null);
  expect(await of()).toEqual({
    status: { type, status: "failed", message: expect.stringContaining("Nothing was changed") },
    isUnderWay: false,
  });

  ctx.clock.advance(1_000);
  const next = await handOver(uuid, "permit");
  await sent(next);
  expect(await of()).toEqual({ status: { type, status: "pending", txHash: HASH }, isUnderWay: true });
  await end(next, "mined");
  expect(await of()).toEqual({ status: { type, status: "completed", txHash: HASH }, isUnderWay: false });

  ctx.clock.advance(1_000);
  await end(await handOver(uuid, "permit"), "expired", null);
  expect((await of()).status).toMatchObject({ type, status: "expired" });
  // The maximum is another matter.
  expect((await progressOf(uuid, "updateMaxAmount")).status.status).toBe("created");
});

test("another maximum is completed when its event is confirmed, not when the relay saw its block", async () => {
  const { uuid, mandateHash } = await seedSubscription(ctx, merchant);
  const call = await handOver(uuid, "change");
  await sent(call);
  await end(call, "mined");
  const of = async () => (await progressOf(uuid, "updateMaxAmount")).status;
  expect(await of()).toMatchObject({ status: "waitingConfirmation", txHash: HASH });
  const now = ctx.clock.now();
  await ctx.db.query(
    `insert into mandate_event (network, contract, block_number, block_hash, transaction_hash, log_index, mandate_hash, uuid,
       type, data, mined_at, seen_at, confirmed_at) values ($1, '0x0', 1, '0x1', $2, 0, $3, $4, 'maximum_changed', '{}', $5, $5, $5)`,
    [NETWORK, HASH, mandateHash, uuid, now],
  );
  expect(await of()).toEqual({ type: "updateMaxAmount", status: "completed", txHash: HASH });
});

test("the end waits for what is paid for, and then for the mandate's", async () => {
  const type = "cancelSubscription";
  const { uuid } = await seedSubscription(ctx, merchant);
  // Of a wallet that was replaced: nothing ends by that.
  await sent(await handOver(uuid, "cancel"));
  expect(await progressOf(uuid, type)).toEqual({ status: { type, status: "created" }, isUnderWay: false });
  await stopByCustomer(ctx, uuid);
  expect((await progressOf(uuid, type)).status).toMatchObject({
    status: "pending",
    message: expect.stringContaining("period"),
  });
  ctx.clock.advance(1_000);
  await forceCancel(ctx, merchant.principal, uuid);
  const call = await handOver(uuid, "cancel");
  expect(await progressOf(uuid, type)).toEqual({ status: { type, status: "pending" }, isUnderWay: true });
  await sent(call);
  expect((await progressOf(uuid, type)).status).toEqual({ type, status: "pending", txHash: HASH });
  await end(call, "reverted");
  expect((await progressOf(uuid, type)).status).toMatchObject({
    status: "failed",
    message: expect.stringContaining("mandate"),
  });
  await ctx.db.query("update mandate set state = 'cancelled' where uuid = $1", [uuid]);
  expect((await progressOf(uuid, type)).status).toEqual({ type, status: "completed" });
});

test("another organization's, another mode's and another kind's is not there", async () => {
  const { uuid } = await seedSubscription(ctx, merchant);
  const stranger = await seedMerchant(ctx);
  const require = (type: TransactionName["type"], principal = merchant.principal) =>
    requireTransaction(ctx, principal, { uuid, type });
  for (const type of ["executeSubscription", "cancelSubscription", "increaseAllowance", "updateMaxAmount"] as const) {
    await require(type);
    await expect(require(type, stranger.principal)).rejects.toMatchObject({ code: "not_found" });
    await expect(require(type, { ...merchant.principal, test: false })).rejects.toMatchObject({ code: "not_found" });
  }
  await expect(require("cancelPAYGSubscription")).rejects.toMatchObject({ code: "not_found" });
  await expect(require("payment")).rejects.toMatchObject({ code: "not_found" });
});
