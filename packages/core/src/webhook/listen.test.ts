import { dbKinds, type SeededMerchant, seedMerchant, type TestContext, testContext } from "@qbitflow/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSession } from "../checkout-session/index.ts";
import { transition } from "../checkout-session/transition.ts";
import type { Principal } from "../context.ts";
import { listEvents } from "../event/index.ts";
import { forceCancel } from "../subscription/index.ts";
import { seedSubscription } from "../subscription/subscription.testing.ts";
import { closeListener, openListener, readListener } from "./listen.ts";
import { ListenerBells } from "./listener-bells.ts";
import { replayDelivery } from "./replay.ts";
import { claimDeliveries, listDeliveries } from "./store.ts";
import { verifyWebhook } from "./verify.ts";

type Step = Parameters<typeof transition>[1][number];

describe.each(dbKinds)("%s", (kind) => {
  let ctx: TestContext;
  let shop: SeededMerchant;
  beforeAll(async () => {
    ctx = await testContext({ kind });
  });
  afterAll(() => ctx.close());
  beforeEach(async () => {
    shop = await seedMerchant(ctx);
  });

  const create = async (webhookUrl?: string, merchant = shop) =>
    (await createSession(ctx, merchant.principal, { productId: Number(merchant.product.id), webhookUrl })).uuid;
  const change = (uuid: string, from: Step["from"], to: Step["to"]) =>
    ctx.db.transaction((tx) => transition({ ...ctx, db: tx }, [{ uuid, from, to }]));
  const open = (principal: Principal = shop.principal) => openListener(ctx, principal);
  const read = (id: string, taken: readonly bigint[] = [], principal: Principal = shop.principal) =>
    readListener(ctx, principal, { id, taken, wallClock: ctx.clock });
  const deliveriesOf = (uuid: string) => listDeliveries(ctx, shop.principal, { subjectUuid: uuid });

  test("a listener gets every webhook of its organization and mode, in order and signed, with a URL or without", async () => {
    const [before, uuid, addressed] = [await create(), await create(), await create("https://shop.example/hook")];
    await change(before, "created", "pending");
    const stranger = await seedMerchant(ctx);
    const [id, theirs] = [await open(), await open(stranger.principal)];
    const live = await open({ ...shop.principal, test: false });
    await change(uuid, "created", "pending");
    await change(addressed, "created", "pending");
    await change(uuid, "pending", "waitingConfirmation");

    const heard = await read(id);
    expect(heard.map(({ subjectUuid, type, sequence }) => [subjectUuid, type, sequence])).toEqual([
      [uuid, "checkout_session.pending", 1],
      [addressed, "checkout_session.pending", 1],
      [uuid, "checkout_session.waitingConfirmation", 2],
    ]);
    for (const { id: webhookId, body, headers, sequence } of heard) {
      expect(headers).toMatchObject({ "X-Webhook-ID": webhookId, "X-Webhook-Sequence": String(sequence) });
      await verifyWebhook(ctx, shop.principal, {
        payload: body,
        receivedSignature: headers["X-Webhook-Signature-256"] ?? "",
        receivedTimestamp: headers["X-Webhook-Timestamp"] ?? "",
      });
    }
    expect(await read(theirs, [], stranger.principal)).toEqual([]);
    expect(await read(live, [], { ...shop.principal, test: false })).toEqual([]);
    // Where webhooks go otherwise has not changed: what has no URL is never due.
    expect((await deliveriesOf(uuid)).map(({ url, state }) => [url, state])).toEqual([
      [null, "no_url"],
      [null, "no_url"],
    ]);
    expect((await deliveriesOf(addressed)).map(({ state }) => state)).toEqual(["due"]);
    expect(await deliveriesOf(before)).toEqual([]);
    await ctx.db.query("update webhook_delivery set state = 'given_up' where state = 'due'");
  });

  test("what was not taken comes again, what was taken does not; ten at once", async () => {
    const id = await open();
    const uuid = await create();
    for (let pair = 0; pair < 6; pair++) {
      await change(uuid, "created", "pending");
      await change(uuid, "pending", "created");
    }
    const first = await read(id);
    expect(first.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect((await read(id)).map(({ position }) => position)).toEqual(first.map(({ position }) => position));
    const rest = await read(
      id,
      first.filter(({ sequence }) => sequence !== 3).map(({ position }) => position),
    );
    expect(rest.map(({ sequence }) => sequence)).toEqual([3, 11, 12]);
    expect(
      await read(
        id,
        rest.map(({ position }) => position),
      ),
    ).toEqual([]);
  });

  test("bills and statuses of a subscription are heard, each with the event it is of", async () => {
    const id = await open();
    const { uuid } = await seedSubscription(ctx, shop, { webhookUrl: null });
    await forceCancel(ctx, shop.principal, uuid);
    const heard = await read(id);
    expect(heard.map(({ type }) => type)).toEqual(["bill.paid", "subscription.cancelled"]);
    const events = (await listEvents(ctx, shop.principal, {})).items;
    for (const { eventId, type } of heard) expect(events.find((event) => event.id === eventId)?.type).toBe(type);
  });

  test("sent again by the webhook's id or its event's number, to whoever listens; nowhere to go is said", async () => {
    const uuid = await create();
    await change(uuid, "created", "pending");
    const [unsent] = (await listEvents(ctx, shop.principal, { subjectUuid: uuid })).items;
    const id = await open();
    await change(uuid, "pending", "created");
    const [heard] = await read(id);
    if (heard === undefined || unsent === undefined) throw new Error("nothing was heard");
    await read(id, [heard.position]);
    for (const name of [heard.id, String(heard.eventId)]) {
      await replayDelivery(ctx, shop.principal, name);
      const [again] = await read(id);
      expect(again).toMatchObject({ id: heard.id, body: heard.body, sequence: heard.sequence });
      await read(id, [again?.position ?? 0n]);
    }
    await expect(replayDelivery(ctx, shop.principal, String(unsent.id))).rejects.toMatchObject({ code: "conflict" });
    const stranger = await seedMerchant(ctx);
    for (const name of [heard.id, String(heard.eventId), "0", "9".repeat(19), "x", ctx.ids.uuid()]) {
      await expect(replayDelivery(ctx, stranger.principal, name)).rejects.toMatchObject({ code: "not_found" });
    }
    await closeListener(ctx, shop.principal, id);
    await expect(replayDelivery(ctx, shop.principal, heard.id)).rejects.toMatchObject({ code: "conflict" });
    expect((await deliveriesOf(uuid)).map(({ state }) => state)).toEqual(["no_url"]);
  });

  test("a webhook with a URL is sent there again, too, by its event's number", async () => {
    const uuid = await create("https://shop.example/hook");
    await change(uuid, "created", "pending");
    await ctx.db.query("update webhook_delivery set state = 'delivered' where subject_uuid = $1", [uuid]);
    const [event] = (await listEvents(ctx, shop.principal, { subjectUuid: uuid })).items;
    await replayDelivery(ctx, shop.principal, String(event?.id));
    expect((await deliveriesOf(uuid)).map(({ state }) => state)).toEqual(["due"]);
    await ctx.db.query("update webhook_delivery set state = 'given_up' where state = 'due'");
  });

  test("a listener is its key's alone, and gone when closed or silent for too long", async () => {
    const [id, silent] = [await open(), await open()];
    await expect(read(id, [], { ...shop.principal, keyId: 999n })).rejects.toMatchObject({ code: "not_found" });
    await expect(closeListener(ctx, { ...shop.principal, test: false }, id)).rejects.toMatchObject({
      code: "not_found",
    });
    await change(await create(), "created", "pending");
    await closeListener(ctx, shop.principal, id);
    await expect(read(id)).rejects.toMatchObject({ code: "not_found" });
    const old = "clock_timestamp() - interval '16 minutes'";
    await ctx.db.query(`update webhook_listener set heard_from_at = ${old} where id = $1`, [silent]);
    const uuid = await create();
    await change(uuid, "created", "pending");
    expect(await deliveriesOf(uuid)).toEqual([]);
    await open();
    await expect(read(silent)).rejects.toMatchObject({ code: "not_found" });
    const kept = await ctx.db.query("select 1 from webhook_unheard where listener_id = any($1::uuid[])", [
      [id, silent],
    ]);
    expect(kept).toEqual([]);
  });

  test("five of a key and twenty of an organization listen at once, also when they all begin together", async () => {
    for (let count = 0; count < 5; count++) await open();
    await expect(open()).rejects.toMatchObject({ code: "rate_limited" });
    const other = (keyId: bigint) => ({ ...shop.principal, keyId });
    const opened = await Promise.allSettled(
      Array.from({ length: 24 }, (_, index) => open(other(1_000_000n + BigInt(index)))),
    );
    for (let more = 0; more < 20; more++) await open(other(2_000_000n + BigInt(more))).catch(() => undefined);
    expect(opened.some(({ status }) => status === "fulfilled")).toBe(true);
    const [row] = await ctx.db.query<{ count: bigint }>(
      "select count(*) from webhook_listener where organization_id = $1",
      [shop.principal.organizationId],
    );
    expect(row?.count).toBe(20n);
    await expect(open((await seedMerchant(ctx)).principal)).resolves.toBeTypeOf("string");
  });

  test("one that waits hears at once, in whichever process it waits, and the end of waiting is an empty answer", async () => {
    const bells = [new ListenerBells(), new ListenerBells()];
    for (const one of bells) await one.start(ctx.db);
    const id = await open();
    const signal = new AbortController().signal;
    const wait = (index: number, waitMs = 20_000) => bells[index]?.look(id, () => read(id), { waitMs, signal });
    const [here, there, uuid] = [wait(0), wait(1), await create()];
    await change(uuid, "created", "pending");
    for (const heard of [await here, await there]) expect(heard?.map(({ sequence }) => sequence)).toEqual([1]);
    await read(
      id,
      (await read(id)).map(({ position }) => position),
    );
    expect(await wait(0, 5)).toEqual([]);
    const replaced = wait(1);
    const last = wait(1);
    expect(await replaced).toEqual([]);
    await Promise.all(bells.map((one) => one.stop()));
    expect(await last).toEqual([]);
  });

  // PGlite has one connection: there nothing commits beside another transaction.
  if (kind === "postgres")
    test("what commits later than its neighbours is not passed over", async () => {
      const id = await open();
      const [slow, quick] = [await create(), await create()];
      const slowDone = Promise.withResolvers<void>();
      const slowBegun = Promise.withResolvers<void>();
      const holding = ctx.db.transaction(async (tx) => {
        await transition({ ...ctx, db: tx }, [{ uuid: slow, from: "created", to: "pending" }]);
        slowBegun.resolve();
        await slowDone.promise;
      });
      await slowBegun.promise;
      await change(quick, "created", "pending");
      const first = await read(id);
      expect(first.map(({ subjectUuid }) => subjectUuid)).toEqual([quick]);
      slowDone.resolve();
      await holding;
      const second = await read(
        id,
        first.map(({ position }) => position),
      );
      expect(second.map(({ subjectUuid }) => subjectUuid)).toEqual([slow]);
      expect(second[0]?.position).toBeLessThan(first[0]?.position ?? 0n);
    });

  test("a status that rolls back is heard by nobody; claiming deliveries never meets what has no URL", async () => {
    const id = await open();
    const uuid = await create();
    const failing = ctx.db.transaction(async (tx) => {
      await transition({ ...ctx, db: tx }, [{ uuid, from: "created", to: "pending" }]);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await read(id)).toEqual([]);
    await change(uuid, "created", "pending");
    const counts = { limit: 10, maxPerOrigin: 4, maxPerOrganization: 4, underWay: new Map(), underWayOf: new Map() };
    expect(await claimDeliveries(ctx.db, { now: ctx.clock.now(), leaseMs: 1_000, ...counts })).toEqual([]);
  });
});
