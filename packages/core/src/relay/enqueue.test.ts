import { dbKinds, type TestContext, testContext } from "@qbitflow/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acknowledgeCalls, enqueueCalls, type NewRelayCall, relayCalls, settledCalls } from "./index.ts";
import { endCalls, reopenCalls } from "./store.ts";

const call = (ctx: TestContext, change: Partial<NewRelayCall> = {}): NewRelayCall => ({
  uuid: ctx.ids.uuid(),
  network: "test",
  purpose: "charge",
  subjectUuid: ctx.ids.uuid(),
  call: { to: `0x${"a".repeat(40)}`, data: "0x1234" },
  ...change,
});

describe.each(dbKinds)("%s", (kind) => {
  let ctx: TestContext;
  beforeAll(async () => {
    ctx = await testContext({ kind });
  });
  afterAll(() => ctx.close());

  test("a call is there with what wanted it, or not at all, and once", async () => {
    const one = call(ctx);
    const failing = ctx.db.transaction(async (tx) => {
      await enqueueCalls({ ...ctx, db: tx }, [one]);
      throw new Error("after all not");
    });
    await expect(failing).rejects.toThrow("after all not");
    expect((await relayCalls(ctx, [one.uuid])).size).toBe(0);
    const two = call(ctx, { sendUntil: new Date(0) });
    await enqueueCalls(ctx, [one, two, one]);
    await enqueueCalls(ctx, [one]);
    await enqueueCalls(ctx, []);
    const queued = { state: "queued", transactionHash: null, message: null };
    expect(await relayCalls(ctx, [one.uuid, two.uuid, ctx.ids.uuid()])).toEqual(
      new Map([
        [one.uuid, queued],
        [two.uuid, queued],
      ]),
    );
  });

  test("an end is told until it was acknowledged, by one, and told anew when it was taken back", async () => {
    const told: string[] = [];
    const stop = await ctx.db.listen("relay_settled", (uuid) => told.push(uuid));
    const one = call(ctx, { purpose: "permit" });
    await enqueueCalls(ctx, [one]);
    const end = { uuid: one.uuid, from: "queued", to: "refused", transactionHash: null, message: "no" } as const;
    await endCalls(ctx, [end]);
    await endCalls(ctx, [{ ...end, to: "expired" }]);
    const expected = {
      uuid: one.uuid,
      subjectUuid: one.subjectUuid,
      purpose: "permit",
      state: "refused",
      message: "no",
    };
    const ended = await settledCalls(ctx, { purposes: ["permit"] });
    expect(ended).toMatchObject([expected]);
    expect(await settledCalls(ctx, { purposes: ["payment"] })).toEqual([]);
    expect(await acknowledgeCalls(ctx, [{ uuid: one.uuid, state: "mined" }])).toEqual([]);
    const both = await Promise.all([acknowledgeCalls(ctx, ended), acknowledgeCalls(ctx, ended)]);
    expect(both.flat()).toEqual([one.uuid]);
    expect(await settledCalls(ctx, { purposes: ["permit"] })).toEqual([]);
    await reopenCalls(ctx, [one.uuid], "queued");
    await endCalls(ctx, [end]);
    expect(await settledCalls(ctx, { purposes: ["permit"] })).toMatchObject([expected]);
    await expect.poll(() => told).toEqual([one.uuid, one.uuid, one.uuid]);
    await stop();
  });
});
