import type { AddressInfo } from "node:net";
import { portalLink, revokePortalLinks, type Subscription } from "@qbitflow/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { type PortalWorld, startPortalWorld } from "../../../../../packages/core/src/portal/portal-world.testing.ts";
import { type Seeding, seedSubscription } from "../../../../../packages/core/src/subscription/subscription.testing.ts";
import { type TestServer, testServer } from "../../../test/server.ts";

const seeded = (server: TestServer, seeding?: Seeding) => seedSubscription(server.ctx, server.merchant, seeding);
const tokenOf = (server: TestServer, subscription: Pick<Subscription, "uuid" | "portalVersion">) =>
  portalLink(server.ctx, subscription).split("/").at(-1) ?? "";
/** As the customer's browser asks: without a key. */
const publicCall = (server: TestServer, method: "GET" | "POST", url: string, body?: unknown) =>
  server.call(method, url, { key: null, ...(body !== undefined && { body }) });

describe("a link", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer({ env: { RATE_LIMIT_PER_ADDRESS: "10000" } });
    await server.app.listen({ port: 0, host: "127.0.0.1" });
  });
  afterAll(() => server.close());
  beforeEach(() => server.ctx.clock.set("2026-03-01T12:00:00Z"));
  afterEach(() => vi.restoreAllMocks());

  const call = (method: "GET" | "POST", url: string, body?: unknown) => publicCall(server, method, url, body);

  test("shows the subscription to whoever has it, and keeps it out of caches", async () => {
    const subscription = await seeded(server);
    const answer = await call("GET", `/v1/portal/${tokenOf(server, subscription)}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.json()).toMatchObject({
      uuid: subscription.uuid,
      status: "active",
      productName: "Plan",
      nextBillAt: "2026-04-01T12:00:00Z",
      bills: [{ status: "paid", amountUsd: 25 }],
    });
    expect(answer.body).not.toContain("Carla");
  });

  test("takes no empty text for a number: no number of periods means until cancelled", async () => {
    const path = `/v1/portal/${tokenOf(server, await seeded(server))}`;
    const bodies = { mandate: { currencyId: 1, subscriber: "0x", periods: "" }, allowance: { periods: "" } };
    for (const [place, body] of Object.entries(bodies)) {
      const refused = (await call("POST", `${path}/${place}`, body)).json();
      expect(refused, place).toMatchObject({ code: "validation_failed", errors: [{ field: "periods" }] });
    }
  });

  test("altered at any one place is none", async () => {
    const token = tokenOf(server, await seeded(server));
    for (let index = 0; index < token.length; index += 1) {
      const other = token[index] === "1" ? "2" : "1";
      const altered = token.slice(0, index) + other + token.slice(index + 1);
      const answer = await call("GET", `/v1/portal/${altered}`);
      expect([answer.statusCode, answer.json().code], altered).toEqual([404, "portal_link_invalid"]);
    }
    for (const cut of [token.slice(0, -1), `${token}a`, token.toUpperCase(), "", "."]) {
      expect((await call("GET", `/v1/portal/${cut}`)).statusCode, cut).toBe(404);
    }
  });

  test("of another subscription's signature, of another version, or revoked is none, for every route", async () => {
    const [mine, others] = [await seeded(server), await seeded(server)];
    const [uuid, version] = tokenOf(server, mine).split(".");
    const signature = tokenOf(server, others).split(".")[2];
    const foreign = `${uuid}.${version}.${signature}`;
    const newer = tokenOf(server, { ...mine, portalVersion: 2 });
    const old = tokenOf(server, mine);
    expect((await call("GET", `/v1/portal/${newer}`)).statusCode).toBe(404);
    await revokePortalLinks(server.ctx, mine.uuid);
    expect((await call("GET", `/v1/portal/${newer}`)).statusCode).toBe(200);
    const hash = `0x${"1".repeat(64)}`;
    const typedData = { domain: {}, types: {}, primaryType: "Permit", message: {} };
    const bodies: Record<string, unknown> = {
      mandate: { currencyId: 9002, subscriber: `0x${"ab".repeat(20)}` },
      "mandate/signature": { mandateHash: hash, signature: "0x00" },
      maximum: { maximumUsd: 30 },
      "maximum/signature": { maximumBase: "1", nonce: "0", deadline: 1, signature: "0x00" },
      allowance: { periods: 3 },
      "allowance/signature": { typedData, signature: "0x00" },
      "allowance/check": undefined,
      stop: undefined,
      cancel: undefined,
    };
    for (const token of [foreign, old]) {
      for (const [verb, body] of Object.entries(bodies)) {
        const answer = await call("POST", `/v1/portal/${token}/${verb}`, body);
        expect([verb, answer.statusCode, answer.json().code]).toEqual([verb, 404, "portal_link_invalid"]);
      }
      const page = await call("GET", `/manage/${token}`);
      expect([page.statusCode, page.headers["content-type"]]).toEqual([404, "text/html; charset=utf-8"]);
      expect(page.body).toContain("This link does not work");
    }
  });

  test("is in no line of the log", async () => {
    const token = tokenOf(server, await seeded(server));
    const said: unknown[] = [];
    for (const level of ["info", "warn", "error"] as const) {
      vi.spyOn(server.app.log, level).mockImplementation((...line: unknown[]) => void said.push(line));
    }
    vi.spyOn(server.ctx.db, "query").mockRejectedValueOnce(new Error("down"));
    expect((await call("GET", `/v1/portal/${token}`)).statusCode).toBe(500);
    await call("GET", `/v1/portal/${token}`);
    await call("GET", `/manage/${token}`);
    await call("POST", `/v1/portal/${token}/nonsense`);
    await call("POST", `/v1/portal/${token}/cancel`);
    expect(said.length).toBeGreaterThan(5);
    const text = JSON.stringify(said, (_key, value) => (value instanceof Error ? String(value.stack) : value));
    expect(text).toContain("/v1/portal/:token");
    expect(text).not.toContain(token.split(".")[2]);
  });

  test("leads to a page that loads nothing from elsewhere and tells nobody where it was", async () => {
    const token = tokenOf(server, await seeded(server));
    const page = await call("GET", `/manage/${token}`);
    expect(page.statusCode).toBe(200);
    expect(page.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-frame-options": "DENY",
    });
    expect(page.headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(page.headers["content-security-policy"]).not.toMatch(/unsafe|\*|nonce/);
    expect(page.body).toContain("<title>Manage Plan");
    expect(page.body).not.toContain(token);
  });

  test("ends it: until the period is over, once, and not before what was promised", async () => {
    const subscription = await seeded(server);
    const path = `/v1/portal/${tokenOf(server, subscription)}`;
    expect((await call("GET", path)).json()).toMatchObject({ canCancel: true, endsAt: "2026-04-01T12:00:00Z" });
    const stopped = { stopped: true, canCancel: false, status: "active", endsAt: "2026-04-01T12:00:00Z" };
    expect((await call("POST", `${path}/cancel`)).json()).toMatchObject(stopped);
    expect((await call("POST", `${path}/stop`)).json()).toMatchObject(stopped);
    const bound = await seeded(server, { options: { minPeriods: 3 } });
    const boundPath = `/v1/portal/${tokenOf(server, bound)}`;
    expect((await call("GET", boundPath)).json()).toMatchObject({
      canCancel: false,
      minimumCancellationDate: "2026-06-01T12:00:00Z",
    });
    server.ctx.clock.set("2026-06-01T11:59:59Z");
    for (const verb of ["stop", "cancel"]) {
      const answer = await call("POST", `${boundPath}/${verb}`);
      expect([answer.statusCode, answer.json().code]).toEqual([409, "minimum_period"]);
      expect(answer.json().error).toContain("2026-06-01T12:00:00Z");
    }
    expect((await call("GET", boundPath)).json()).toMatchObject({ stopped: false });
    server.ctx.clock.set("2026-06-01T12:00:00Z");
    expect((await call("POST", `${boundPath}/cancel`)).json()).toMatchObject({ stopped: true });
  });

  test("is followed by a socket, which ends when the link is revoked", async () => {
    const subscription = await seeded(server);
    const token = tokenOf(server, subscription);
    const { port } = server.app.server.address() as AddressInfo;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/portal/${token}/ws`);
    const frames: Record<string, unknown>[] = [];
    const closed = new Promise((resolve) => socket.on("close", resolve));
    socket.on("message", (data) => frames.push(JSON.parse(String(data))));
    await vi.waitFor(() => expect(frames).toMatchObject([{ uuid: subscription.uuid, stopped: false }]));
    await call("POST", `/v1/portal/${token}/cancel`);
    await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ stopped: true }));
    await revokePortalLinks(server.ctx, subscription.uuid);
    await closed;
    expect(frames.at(-1)).toMatchObject({ code: "portal_link_invalid", status: 404 });
    expect(frames).toHaveLength(3);
  });

  test("asks for signatures only where the server is safe for them, and not without end", async () => {
    await using unsafe = await testServer({ liveBlockers: ["PUBLIC_URL is not https"] });
    const { uuid } = await seeded(unsafe);
    await unsafe.ctx.db.query("update subscription set test = false where uuid = $1", [uuid]);
    const path = `/v1/portal/${tokenOf(unsafe, { uuid, portalVersion: 1 })}`;
    const refused = await publicCall(unsafe, "POST", `${path}/maximum`, { maximumUsd: 30 });
    expect([refused.statusCode, refused.json().code]).toEqual([422, "currency_unavailable"]);
    const busy = `/v1/portal/${tokenOf(server, await seeded(server))}/allowance/check`;
    const answers = await Promise.all(Array.from({ length: 31 }, () => call("POST", busy)));
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(30);
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(1);
  });
});

describe("on a real chain and PostgreSQL", () => {
  let world: PortalWorld;
  let server: TestServer;
  beforeAll(async () => {
    world = await startPortalWorld({ kind: "postgres" });
    server = await testServer({ on: world, env: { RATE_LIMIT_PER_ADDRESS: "10000" } });
  });
  afterAll(async () => {
    await server?.close();
    await world?.stop();
  });

  test("limit and allowance go over the wire, signed by the wallet that pays and by no other", async () => {
    const [who, stranger] = [await world.customer(), await world.customer()];
    const uuid = await world.subscribe(who);
    const path = `/v1/portal/${tokenOf(server, { uuid, portalVersion: 1 })}`;
    const call = async (verb: string, body: unknown) => publicCall(server, "POST", `${path}/${verb}`, body);
    const offer = (await call("maximum", { maximumUsd: 20 })).json();
    const { maximumBase, nonce, deadline, typedData } = offer;
    expect(offer).toMatchObject({ maximum: "21", maximumBase: "21000000", symbol: "tUSDC", nonce: "0" });
    const signed = { maximumBase, nonce, deadline };
    const wrong = await call("maximum/signature", { ...signed, signature: await world.sign(stranger, typedData) });
    expect([wrong.statusCode, wrong.json().code]).toEqual([422, "signature_invalid"]);
    const taken = await call("maximum/signature", { ...signed, signature: await world.sign(who, typedData) });
    expect(taken.json()).toMatchObject({ underWay: [{ type: "updateMaxAmount" }] });
    const { allowance } = (await call("allowance", { periods: 12 })).json();
    const permit = {
      periods: 12,
      typedData: allowance.typedData,
      signature: await world.sign(who, allowance.typedData),
    };
    expect((await call("allowance/signature", permit)).statusCode).toBe(200);
    await world.becomes(uuid, { underWay: [], mandate: { cap: "21", allowance: "126" } });
    for (const [verb, body] of [
      ["maximum", { maximumUsd: 0 }],
      ["maximum", { maximumUsd: "20" }],
      ["maximum", {}],
      ["allowance", { periods: 121 }],
      ["allowance", { periods: -1 }],
      ["maximum/signature", { ...signed, maximumBase: "9".repeat(78), signature: "0x" }],
      ["maximum/signature", { ...signed, deadline: -1, signature: "0x1" }],
      ["allowance/signature", { ...permit, typedData: {} }],
      ["allowance/signature", { ...permit, typedData: { ...permit.typedData, primaryType: "\u0001\ud800" } }],
    ] as const) {
      const answer = await call(verb, body);
      expect([400, 410], `${verb} ${JSON.stringify(body)}`).toContain(answer.statusCode);
    }
  });

  test("of many pages that sign at once one changes the limit, and one the wallet", async () => {
    const [who, other] = [await world.customer(), await world.customer()];
    const uuid = await world.subscribe(who);
    const path = `/v1/portal/${tokenOf(server, { uuid, portalVersion: 1 })}`;
    const call = async (verb: string, body: unknown) => publicCall(server, "POST", `${path}/${verb}`, body);
    const limits = await Promise.all(
      [20, 30, 40, 50].map(async (maximumUsd) => {
        const { maximumBase, nonce, deadline, typedData } = (await call("maximum", { maximumUsd })).json();
        return { maximumBase, nonce, deadline, signature: await world.sign(who, typedData) };
      }),
    );
    const mandates = await Promise.all(
      [3, 6, 12].map(async (periods) => {
        const asked = { currencyId: world.usdcId, subscriber: other.address, periods };
        return world.signaturesOf(other, (await call("mandate", asked)).json());
      }),
    );
    const answers = await Promise.all([
      ...limits.map((body) => call("maximum/signature", body)),
      ...mandates.map((body) => call("mandate/signature", body)),
    ]);
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses.slice(0, 4).filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.slice(4).filter((status) => status === 200)).toHaveLength(1);
    // The others came too late: one is on its way, or was there already.
    expect(answers.filter(({ statusCode }) => statusCode !== 200 && statusCode !== 409 && statusCode !== 410)).toEqual(
      [],
    );
    const sent = await world.ctx.db.query<{ purpose: string; count: bigint }>(
      "select purpose, count(*) from relay_call where subject_uuid = $1 and purpose in ('change', 'activation') group by 1",
      [uuid],
    );
    // The first activation was the checkout's.
    expect(Object.fromEntries(sent.map(({ purpose, count }) => [purpose, count]))).toEqual({
      change: 1n,
      activation: 2n,
    });
    await world.becomes(uuid, { underWay: [], mandate: { subscriber: other.address } });
  });
});
