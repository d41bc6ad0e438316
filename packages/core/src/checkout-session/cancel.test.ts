import { dbKinds, type SeededMerchant, seedMerchant, type TestContext, testContext } from "@qbitflow/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cancelSession, createSession, expireSession, getPublicSession, transition } from "./index.ts";

describe.each(dbKinds)("%s", (kind) => {
  let ctx: TestContext;
  let shop: SeededMerchant;
  beforeAll(async () => {
    ctx = await testContext({ kind });
    shop = await seedMerchant(ctx);
  });
  afterAll(() => ctx.close());

  const create = async () =>
    (await createSession(ctx, shop.principal, { productId: 1, webhookUrl: "https://shop.example/hook" })).uuid;
  const deliveries = (uuid: string) =>
    ctx.db.query<{ sequence: number }>("select sequence from webhook_delivery where subject_uuid = $1", [uuid]);
  const move = (uuid: string, to: "pending" | "waitingConfirmation") =>
    ctx.db.transaction((tx) => transition({ ...ctx, db: tx }, [{ uuid, from: "created", to }]));

  test("a customer cancels once; the merchant is told once", async () => {
    const uuid = await create();
    expect((await cancelSession(ctx, { uuid })).status).toBe("cancelled");
    expect((await cancelSession(ctx, { uuid })).status).toBe("cancelled");
    expect(await deliveries(uuid)).toHaveLength(1);
  });

  test("cancelled by many at once, it is told once", async () => {
    const uuid = await create();
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => cancelSession(ctx, { uuid })));
    expect(results.some(({ status }) => status === "fulfilled")).toBe(true);
    expect((await getPublicSession(ctx, uuid)).statusSequence).toBe(1);
    expect(await deliveries(uuid)).toHaveLength(1);
  });

  test("a session with a payment on its way is not cancelled", async () => {
    const uuid = await create();
    await move(uuid, "pending");
    await expect(cancelSession(ctx, { uuid })).rejects.toMatchObject({ kind: "conflict", code: "conflict" });
  });

  test("one that is paid, expired or unknown is not cancelled", async () => {
    const paid = await create();
    await move(paid, "waitingConfirmation");
    await expect(cancelSession(ctx, { uuid: paid })).rejects.toMatchObject({ code: "session_final" });
    const late = await create();
    ctx.clock.advance(24 * 3_600_000);
    await expect(cancelSession(ctx, { uuid: late })).rejects.toMatchObject({ code: "session_expired" });
    await expect(cancelSession(ctx, { uuid: "x" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("the merchant ends a session before its time, and cannot end it twice", async () => {
    const uuid = await create();
    expect((await expireSession(ctx, shop.principal, uuid)).status).toBe("expired");
    await expect(expireSession(ctx, shop.principal, uuid)).rejects.toMatchObject({ code: "session_expired" });
    expect(await deliveries(uuid)).toHaveLength(1);
  });
});
