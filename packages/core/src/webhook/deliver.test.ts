import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Db } from "@qbitflow/db";
import { type SeededMerchant, seedMerchant, type TestContext, testContext, testDb } from "@qbitflow/testkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createSession } from "../checkout-session/index.ts";
import { transition } from "../checkout-session/transition.ts";
import { rotateWebhookSecret, webhookSecrets } from "../organization/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import { deliver } from "./deliver.ts";
import { replayDelivery } from "./replay.ts";
import { runDelivery } from "./run-delivery.ts";
import { type ClaimedDelivery, claimDeliveries, listDeliveries } from "./store.ts";
import { verifyWebhook } from "./verify.ts";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly path: string;
}

type Answer = (response: ServerResponse, received: Received) => void;

/** A merchant's endpoint; `answer` says how it behaves. */
class Endpoint {
  readonly received: Received[] = [];
  answer: Answer = (response) => response.writeHead(200).end("ok");
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const received = { headers: request.headers, body: Buffer.concat(chunks).toString(), path: request.url ?? "" };
        this.received.push(received);
        this.answer(response, received);
      });
    });
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

let db: Db;
let ctx: TestContext;
let merchant: SeededMerchant;
let endpoint: Endpoint;
const endpoints: Endpoint[] = [];

const openEndpoint = async (): Promise<Endpoint> => {
  const opened = await new Endpoint().open();
  endpoints.push(opened);
  return opened;
};

beforeAll(async () => {
  db = await testDb();
  ctx = await testContext({ db, policy: { webhookTimeoutMs: 1_000 } });
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.query("delete from webhook_attempt");
  await db.query("delete from webhook_delivery");
  merchant = await seedMerchant(ctx);
  endpoint = await openEndpoint();
});
afterEach(async () => {
  await Promise.all(endpoints.splice(0).map((one) => one.close()));
});

async function newSession(webhookUrl = endpoint.url): Promise<string> {
  const session = await createSession(ctx, merchant.principal, { productId: Number(merchant.product.id), webhookUrl });
  return session.uuid;
}

type Step = Parameters<typeof transition>[1][number];

const change = (uuid: string, from: Step["from"], to: Step["to"]) =>
  db.transaction((tx) => transition({ ...ctx, db: tx }, [{ uuid, from, to }]));

const claim = (
  options: { underWay?: Map<string, number>; underWayOf?: Map<bigint, number>; limit?: number } = {},
): Promise<ClaimedDelivery[]> =>
  claimDeliveries(db, {
    now: ctx.clock.now(),
    leaseMs: 10_000,
    limit: options.limit ?? 100,
    maxPerOrigin: ctx.policy.maxWebhooksPerOrigin,
    underWay: options.underWay ?? new Map(),
    maxPerOrganization: 6,
    underWayOf: options.underWayOf ?? new Map(),
  });

/** Claims and makes all attempts that are due; answers how many. */
async function attemptDue(): Promise<number> {
  const claimed = await claim();
  await Promise.all(claimed.map((delivery) => deliver(ctx, delivery, { random: () => 0 })));
  return claimed.length;
}

const deliveriesOf = (subjectUuid: string) => listDeliveries(ctx, merchant.principal, { subjectUuid });

describe("a delivery", () => {
  it("is signed so that /webhooks/verify and a Standard Webhooks library accept it", async () => {
    const uuid = await newSession();
    await change(uuid, "created", "pending");
    expect(await attemptDue()).toBe(1);
    const [got] = endpoint.received;
    const headers = got?.headers ?? {};
    const body = JSON.parse(got?.body ?? "");
    expect(body).toMatchObject({ uuid, status: { type: "payment", status: "pending" }, session: { uuid } });
    expect(headers).toMatchObject({ "content-type": "application/json", "x-webhook-sequence": "1" });
    const receivedSignature = String(headers["x-webhook-signature-256"]);
    const receivedTimestamp = String(headers["x-webhook-timestamp"]);
    const reencoded = JSON.parse(canonicalJson(body));
    await verifyWebhook(ctx, merchant.principal, { payload: reencoded, receivedSignature, receivedTimestamp });
    await verifyWebhook(ctx, merchant.principal, { payload: got?.body, receivedSignature, receivedTimestamp });
    const { current } = await webhookSecrets(ctx, merchant.principal);
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${got?.body}`;
    const key = Buffer.from(current.replace("whsec_", ""), "base64");
    expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
  });

  it("is recorded with status, latency and the first 2 kB of the answer", async () => {
    endpoint.answer = (response) => response.writeHead(204 + 1).end(`\u0000${"x".repeat(5_000)}`);
    const uuid = await newSession();
    await change(uuid, "created", "pending");
    await attemptDue();
    const [delivery] = await deliveriesOf(uuid);
    expect(delivery).toMatchObject({ state: "delivered", deliveredAt: ctx.clock.now(), sequence: 1 });
    expect(delivery?.attempts).toMatchObject([{ number: 1, httpStatus: 205, error: null }]);
    expect(delivery?.attempts[0]?.answer).toHaveLength(2_048);
    expect(delivery?.attempts[0]?.latencyMs).toBeGreaterThanOrEqual(0);
  });

  it("is shown among the newest 100, in their order", async () => {
    const uuid = await newSession();
    for (let pair = 0; pair < 51; pair++) {
      await change(uuid, "created", "pending");
      await change(uuid, "pending", "created");
    }
    const shown = await deliveriesOf(uuid);
    expect(shown.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 100 }, (_, index) => index + 3));
    expect(new Set(shown.map(({ stream }) => stream))).toEqual(new Set(["session"]));
    await ctx.db.query("update webhook_delivery set state = 'given_up' where subject_uuid = $1", [uuid]);
  });

  it("is retried by the schedule with the same id and body, and given up after eleven attempts", async () => {
    endpoint.answer = (response) => response.writeHead(500).end("no");
    const uuid = await newSession();
    await change(uuid, "created", "pending");
    const delaysS = [10, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
    for (const delayS of delaysS) {
      expect(await attemptDue()).toBe(1);
      ctx.clock.advance(delayS * 1_000 - 1);
      expect(await attemptDue()).toBe(0);
      ctx.clock.advance(1);
    }
    expect(await attemptDue()).toBe(1);
    ctx.clock.advance(10 * 86_400_000);
    expect(await attemptDue()).toBe(0);
    expect((await deliveriesOf(uuid))[0]).toMatchObject({ state: "given_up", nextAttemptAt: null });
    const ids = endpoint.received.map(({ headers, body }) => `${headers["x-webhook-id"]} ${body}`);
    expect([ids.length, new Set(ids).size]).toEqual([11, 1]);
    const timestamps = endpoint.received.map(({ headers }) => headers["x-webhook-timestamp"]);
    expect(new Set(timestamps).size).toBe(11);
  });

  it.each([
    [
      "a redirect, which is not followed",
      (response: ServerResponse) => response.writeHead(302, { location: "/other" }).end(),
    ],
    ["a client error", (response: ServerResponse) => response.writeHead(404).end()],
    ["a connection that is cut", (response: ServerResponse) => response.destroy()],
    ["no answer in time", () => undefined],
  ] satisfies [string, Answer][])("is retried after %s", async (_name, answer) => {
    endpoint.answer = answer;
    const uuid = await newSession();
    await change(uuid, "created", "pending");
    await attemptDue();
    expect(endpoint.received).toHaveLength(1);
    const [delivery] = await deliveriesOf(uuid);
    expect(delivery).toMatchObject({ state: "due", nextAttemptAt: new Date(ctx.clock.now().getTime() + 10_000) });
  });

  it("is acknowledged by the status even if the body never ends", async () => {
    endpoint.answer = (response) => void response.writeHead(200).write("x");
    const uuid = await newSession();
    await change(uuid, "created", "pending");
    await attemptDue();
    expect((await deliveriesOf(uuid))[0]?.state).toBe("delivered");
  });

  it("ends at 410, and rests as long as Retry-After asks", async () => {
    const [gone, busy] = [await newSession(), await newSession()];
    endpoint.answer = (response, { body }) =>
      body.includes(gone) ? response.writeHead(410).end() : response.writeHead(503, { "retry-after": "90" }).end();
    await change(gone, "created", "pending");
    await change(busy, "created", "pending");
    await attemptDue();
    expect((await deliveriesOf(gone))[0]?.state).toBe("given_up");
    expect((await deliveriesOf(busy))[0]?.nextAttemptAt).toEqual(new Date(ctx.clock.now().getTime() + 90_000));
  });

  it("never reaches a private address unless the operator allows it", async () => {
    const strict = { ...ctx, policy: { ...ctx.policy, allowPrivateWebhooks: false } };
    const uuid = await newSession();
    await change(uuid, "created", "pending");
    for (const delivery of await claim()) await deliver(strict, delivery);
    expect(endpoint.received).toEqual([]);
    expect((await deliveriesOf(uuid))[0]?.attempts[0]?.error).toMatch(/127\.0\.0\.1.*not a public address/);
  });

  it("connects to the address that was checked, whatever the name resolves to afterwards", async () => {
    const { port } = new URL(endpoint.url);
    const uuid = await newSession(`http://shop.example:${port}/hook`);
    await change(uuid, "created", "pending");
    const resolve = vi.fn(async () => [{ address: "127.0.0.1", family: 4 as const }]);
    for (const delivery of await claim()) await deliver(ctx, delivery, { resolve });
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(endpoint.received.map(({ headers }) => headers.host)).toEqual([`shop.example:${port}`]);
  });

  it("can be replayed with its id, by its own organization and mode only", async () => {
    const uuid = await newSession();
    await change(uuid, "created", "pending");
    await attemptDue();
    const id = (await deliveriesOf(uuid))[0]?.id ?? "";
    const stranger = await seedMerchant(ctx);
    for (const principal of [stranger.principal, { ...merchant.principal, test: false }]) {
      await expect(replayDelivery(ctx, principal, id)).rejects.toMatchObject({ kind: "not_found" });
    }
    await replayDelivery(ctx, merchant.principal, id);
    expect(await attemptDue()).toBe(1);
    expect(endpoint.received.map(({ headers }) => headers["x-webhook-id"])).toEqual([id, id]);
    expect((await deliveriesOf(uuid))[0]?.attempts).toHaveLength(2);
  });
});

describe("the order of a session's statuses", () => {
  it("a status is first tried after the one before was tried once, and not held up by its retries", async () => {
    endpoint.answer = (response) => response.writeHead(500).end();
    const uuid = await newSession();
    await change(uuid, "created", "pending");
    await change(uuid, "pending", "created");
    await change(uuid, "created", "cancelled");
    const sequences = () => endpoint.received.map(({ headers }) => Number(headers["x-webhook-sequence"]));
    const [first] = await claim();
    expect(await claim()).toEqual([]);
    if (first) await deliver(ctx, first);
    expect(sequences()).toEqual([1]);
    await attemptDue();
    await attemptDue();
    expect(sequences()).toEqual([1, 2, 3]);
  });
});

describe("claims", () => {
  it("are never shared by two workers, and come back when a worker dies", async () => {
    for (let count = 0; count < 3; count++) await change(await newSession(), "created", "pending");
    const [mine, theirs] = await Promise.all([claim(), claim()]);
    expect(mine.length + theirs.length).toBe(3);
    expect(await claim()).toEqual([]);
    await db.query("update webhook_delivery set locked_until = clock_timestamp() - interval '1 second'");
    const again = await claim();
    expect(again.map(({ attempt }) => attempt)).toEqual([2, 2, 2]);
    const attempts = await db.query("select 1 from webhook_attempt where http_status is null");
    expect(attempts).toHaveLength(6);
  });

  it("leave room for others beside an endpoint with a long queue", async () => {
    const slow = await openEndpoint();
    for (let count = 0; count < 12; count++) await change(await newSession(slow.url), "created", "pending");
    await change(await newSession(), "created", "pending");
    const claimed = await claim();
    expect(claimed.filter(({ url }) => url === slow.url)).toHaveLength(ctx.policy.maxWebhooksPerOrigin);
    expect(claimed.filter(({ url }) => url === endpoint.url)).toHaveLength(1);
    expect(await claim({ underWay: new Map([[new URL(slow.url).origin, 4]]) })).toEqual([]);
    expect(await claim({ underWay: new Map([[new URL(slow.url).origin, 3]]) })).toHaveLength(1);
  });
});

describe("an organization with endpoints on any number of hosts", () => {
  it("gets its share of the attempts, and another's webhook goes before its second", async () => {
    const greedy = merchant;
    for (let count = 0; count < 20; count++)
      await change(await newSession(`http://host-${count}.example/hook`), "created", "pending");
    merchant = await seedMerchant(ctx);
    await change(await newSession(), "created", "pending");
    const of = (claimed: readonly ClaimedDelivery[], { organization }: SeededMerchant) =>
      claimed.filter(({ organizationId }) => organizationId === organization.id);

    const first = await claim({ limit: 2 });
    expect([of(first, greedy).length, of(first, merchant).length]).toEqual([1, 1]);
    const busy = new Map([[greedy.organization.id, 1]]);
    expect(await claim({ underWayOf: busy })).toHaveLength(5);
    expect(await claim({ underWayOf: new Map([[greedy.organization.id, 6]]) })).toEqual([]);
  });
});

describe("verifying", () => {
  const payload = { uuid: "x", price: 1.5 };

  async function signed(secret: string, timestamp: number) {
    const mac = createHmac("sha256", secret)
      .update(`${timestamp}.${canonicalJson(payload)}`)
      .digest("hex");
    return { payload, receivedSignature: `sha256=${mac}`, receivedTimestamp: String(timestamp) };
  }

  it("accepts the present and the overlapping previous secret, with or without prefix, of this organization alone", async () => {
    const nowS = Math.floor(ctx.clock.now().getTime() / 1000);
    const { current: old } = await webhookSecrets(ctx, merchant.principal);
    const { principal } = merchant;
    const fresh = await rotateWebhookSecret(ctx, { organizationId: principal.organizationId, test: true });
    for (const secret of [old, fresh]) {
      const input = await signed(secret, nowS);
      await verifyWebhook(ctx, principal, input);
      await verifyWebhook(ctx, principal, { ...input, receivedSignature: input.receivedSignature.slice(7) });
      await expect(verifyWebhook(ctx, { ...principal, test: false }, input)).rejects.toMatchObject({ kind: "invalid" });
    }
    ctx.clock.advance(25 * 3_600_000);
    const later = await signed(old, nowS + 25 * 3_600);
    await expect(verifyWebhook(ctx, principal, later)).rejects.toMatchObject({ code: "webhook_signature_invalid" });
  });

  it("refuses what is old, from the future, altered, or no webhook at all", async () => {
    const nowS = Math.floor(ctx.clock.now().getTime() / 1000);
    const { current } = await webhookSecrets(ctx, merchant.principal);
    const verify = (input: Parameters<typeof verifyWebhook>[2]) => verifyWebhook(ctx, merchant.principal, input);
    await verify(await signed(current, nowS - 300));
    await verify({ ...(await signed(current, nowS)), payload: { reference: null, ...payload } });
    const good = await signed(current, nowS);
    const bad = [
      await signed(current, nowS - 301),
      await signed(current, nowS + 301),
      { ...good, payload: { ...payload, price: 2 } },
      { ...good, payload: "{" },
      { ...good, payload: { text: "\u0000" } },
      { ...good, receivedTimestamp: "1e9" },
      { ...good, receivedTimestamp: "" },
      { ...good, receivedSignature: "" },
      { ...good, receivedSignature: `${good.receivedSignature}0` },
    ];
    for (const input of bad)
      await expect(verify(input)).rejects.toMatchObject({ name: "DomainError", kind: "invalid" });
  });
});

describe("the loop", () => {
  it("delivers as soon as a status changes, though another endpoint never answers, and stops when told", async () => {
    const dead = await openEndpoint();
    dead.answer = () => undefined;
    const stop = new AbortController();
    const running = runDelivery(ctx, { signal: stop.signal });
    for (let count = 0; count < 8; count++) await change(await newSession(dead.url), "created", "pending");
    const uuid = await newSession();
    await change(uuid, "created", "pending");
    await vi.waitFor(() => expect(endpoint.received).toHaveLength(1), { timeout: 900 });
    await vi.waitFor(async () => expect((await deliveriesOf(uuid))[0]?.state).toBe("delivered"));
    const stoppedAt = performance.now();
    stop.abort();
    await running;
    expect(performance.now() - stoppedAt).toBeLessThan(2_000);
  });

  it("goes on after the database failed", async () => {
    let failures = 3;
    const flaky: Db = {
      ...db,
      query: (...args) => (failures-- > 0 ? Promise.reject(new Error("connection lost")) : db.query(...args)),
    } as Db;
    const stop = new AbortController();
    const running = runDelivery({ ...ctx, db: flaky }, { signal: stop.signal });
    await change(await newSession(), "created", "pending");
    await vi.waitFor(() => expect(endpoint.received).toHaveLength(1), { timeout: 10_000 });
    stop.abort();
    await running;
  });
});
