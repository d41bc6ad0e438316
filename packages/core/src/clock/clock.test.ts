import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { seedMerchant, stillChain, type TestContext, testContext, testNetwork } from "@qbitflow/testkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSession, runSweeper } from "../checkout-session/index.ts";
import type { ServiceContext } from "../context.ts";
import { listEvents } from "../event/index.ts";
import { listDeliveries, runDelivery } from "../webhook/index.ts";
import {
  advanceClock,
  type ChainTime,
  createTestClock,
  loadClock,
  type Patience,
  requireClockMover,
  runClock,
  showClock,
  type TestClock,
} from "./index.ts";

const DAY_MS = 86_400_000;
let base: TestContext;
let clock: TestClock;
let ctx: ServiceContext;
let endpoint: Server;
let ending: AbortController;
let moves: number[];
const running: Promise<void>[] = [];

async function open(): Promise<void> {
  const head = async () => ({ number: 0, hash: "0x0", parentHash: "0x0", timestamp: 0 }) as const;
  base = await testContext({ chains: [{ ...stillChain({ ...testNetwork, local: true }), head }] });
  // The machine's time stands still, so every instant can be told exactly.
  clock = createTestClock(base.clock);
  ctx = { ...base, clock };
}

const still: ChainTime = { move: async () => {}, mine: async () => {} };

function startJobs(patience: Partial<Patience> = {}): void {
  const { signal } = ending;
  const move = async (offsetMs: number) => {
    moves.push(offsetMs);
  };
  running.push(runSweeper(ctx, { signal }), runDelivery(ctx, { signal, random: () => 0.5 }));
  running.push(runClock(ctx, { clock, chain: { ...still, move }, signal, patience }));
}

async function arrived(): Promise<void> {
  await expect.poll(async () => (await showClock(ctx)).moving, { timeout: 20_000, interval: 20 }).toBe(false);
}

async function sessionWithHook() {
  const { principal, product } = await seedMerchant(ctx);
  const webhookUrl = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/`;
  const session = await createSession(ctx, principal, { productId: Number(product.id), webhookUrl });
  return { principal, session };
}

describe("an advance", () => {
  beforeEach(async () => {
    await open();
    ending = new AbortController();
    moves = [];
    endpoint = createServer((_request, response) => response.writeHead(500).end());
    await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  });
  afterEach(async () => {
    ending.abort();
    await Promise.all(running.splice(0));
    endpoint.closeAllConnections();
    await new Promise((resolve) => endpoint.close(resolve));
    await base.close();
  });

  test("35 days: what falls in between happens at its own time and in order", async () => {
    const begin = ctx.clock.now().getTime();
    const { principal, session } = await sessionWithHook();
    const heard: number[] = [];
    const stop = await base.db.listen("clock_moved", () => heard.push(ctx.clock.now().getTime() - begin));
    startJobs();
    const moving = await advanceClock(ctx, { value: 35, unit: "days" });
    expect(moving).toMatchObject({ moving: true, target: new Date(begin + 35 * DAY_MS).toISOString() });
    await arrived();
    expect(ctx.clock.now().getTime()).toBe(begin + 35 * DAY_MS);
    expect(ctx.clock.testBillingUntil()?.getTime()).toBe(begin + 35 * DAY_MS);
    const { items } = await listEvents(ctx, principal, { limit: 10 });
    const expired = items.find(({ type }) => type === "checkout_session.expired");
    expect(expired?.createdAt.getTime()).toBe(begin + DAY_MS);
    const [delivery] = await listDeliveries(ctx, principal, { subjectUuid: session.uuid });
    const hours = delivery?.attempts.map(({ startedAt }) => (startedAt.getTime() - begin - DAY_MS) / 3_600_000) ?? [];
    // 10 s, 1 min, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h apart, with jitter.
    expect(hours.length).toBe(11);
    expect(hours).toEqual(hours.toSorted((a, b) => a - b));
    expect(hours[0]).toBe(0);
    expect(hours.at(-1)).toBeGreaterThan(50);
    expect(delivery?.state).toBe("given_up");
    // Asked for, begun, moved: whoever is woken by a move finds its time, and need not look again.
    expect(heard.slice(0, 3)).toEqual([0, 0, DAY_MS]);
    await stop();
    expect(moves).toEqual(moves.toSorted((a, b) => a - b));
    expect(moves.at(-1)).toBe(35 * DAY_MS);
  });

  test("an advance that was cut short goes on after a restart, from where it was", async () => {
    const begin = ctx.clock.now().getTime();
    await advanceClock(ctx, { value: 1, unit: "months" });
    await expect(advanceClock(ctx, { value: 1, unit: "days" })).rejects.toMatchObject({ code: "clock_moving" });
    // Nobody ran; another process begins with what is stored.
    clock = createTestClock(base.clock);
    ctx = { ...base, clock };
    await loadClock(base.db, clock);
    startJobs();
    await arrived();
    expect(ctx.clock.now().toISOString()).toBe("2026-04-01T12:00:00.000Z");
    const another = createTestClock(base.clock);
    await loadClock(base.db, another);
    expect(another.now().getTime() - begin).toBe(31 * DAY_MS);
  });

  test("time does not pass what is not done: the advance ends there, says why, and goes on when asked again", async () => {
    const { principal, session } = await sessionWithHook();
    // No sweeper: the session's expiry stays undone.
    running.push(runClock(ctx, { clock, chain: still, signal: ending.signal, patience: { workMs: 60 } }));
    await advanceClock(ctx, { value: 2, unit: "days" });
    await arrived();
    expect(ctx.clock.now().getTime()).toBe(session.expiresAt.getTime());
    expect(await showClock(ctx)).toMatchObject({
      moving: false,
      stoppedBecause: expect.stringContaining("session expiry"),
    });
    startJobs();
    const again = await advanceClock(ctx, { value: 1, unit: "days" });
    expect(again).not.toHaveProperty("stoppedBecause");
    await arrived();
    expect(ctx.clock.now().toISOString()).toBe("2026-03-03T12:00:00.000Z");
    const { items } = await listEvents(ctx, principal, { limit: 10 });
    expect(items.map(({ type }) => type)).toContain("checkout_session.expired");
  });

  test("a chain that does not answer holds the clock up, and goes on with it; one that never does ends the advance", async () => {
    let isAway = true;
    const chain = { ...still, move: () => (isAway ? Promise.reject(new Error("away")) : Promise.resolve()) };
    running.push(runClock(ctx, { clock, chain, signal: ending.signal, patience: { silenceMs: 3_000 } }));
    await advanceClock(ctx, { value: 2, unit: "days" });
    await expect.poll(() => showClock(ctx), { timeout: 5_000 }).toMatchObject({ waitingFor: "the local chain" });
    isAway = false;
    await arrived();
    expect(await showClock(ctx)).toEqual({
      ...{ now: "2026-03-03T12:00:00.000Z", offsetSeconds: 2 * 86_400, canMove: true, moving: false },
    });
    isAway = true;
    await advanceClock(ctx, { value: 2, unit: "days" });
    await arrived();
    expect(ctx.clock.now().toISOString()).toBe("2026-03-03T12:00:00.000Z");
    expect((await showClock(ctx)).stoppedBecause).toMatch(/local chain has not answered/);
  });

  test("an endpoint that hangs holds the clock up for a while only, all its retries together", async () => {
    endpoint.removeAllListeners("request").on("request", () => {});
    const { principal, session } = await sessionWithHook();
    startJobs({ answersMs: 100 });
    const beganMs = performance.now();
    await advanceClock(ctx, { value: 3, unit: "days" });
    await arrived();
    expect(performance.now() - beganMs).toBeLessThan(3_000);
    expect(ctx.clock.now().toISOString()).toBe("2026-03-04T12:00:00.000Z");
    const [delivery] = await listDeliveries(ctx, principal, { subjectUuid: session.uuid });
    expect(delivery).toMatchObject({ state: "due", attempts: [{ number: 1, httpStatus: null }] });
  });
});

describe("refused, and nothing moves:", () => {
  beforeAll(open);
  afterAll(() => base.close());

  test.each([
    ["0", { value: 0, unit: "days" }],
    ["backwards", { value: -1, unit: "days" }],
    ["a fraction", { value: 0.5, unit: "days" }],
    ["an unknown unit", { value: 1, unit: "fortnights" }],
    ["nothing", {}],
    ["no object", "35d"],
    ["more than ten years", { value: 121, unit: "months" }],
    ["an enormous number", { value: 400_000_000, unit: "years" }],
    ["the past", { to: "2026-02-28T12:00:00Z" }],
    ["the present", { to: "2026-03-01T12:00:00Z" }],
    ["a time without zone", { to: "2026-04-01T12:00:00" }],
    ["no calendar's time", { to: "2026-13-01T12:00:00Z" }],
    ["both", { to: "2026-04-01T12:00:00Z", value: 1, unit: "days" }],
  ])("%s", async (_what, input) => {
    await expect(advanceClock(ctx, input)).rejects.toMatchObject({ code: "validation_failed" });
    expect(await showClock(ctx)).toMatchObject({ moving: false, offsetSeconds: 0 });
  });

  test("years that no database keeps", async () => {
    const now = base.clock.now();
    base.clock.set(new Date("9795-01-01T00:00:00Z"));
    await expect(advanceClock(ctx, { value: 6, unit: "years" })).rejects.toMatchObject({ code: "validation_failed" });
    expect(await showClock(ctx)).toMatchObject({ moving: false, offsetSeconds: 0 });
    base.clock.set(now);
  });

  test("a server with public networks, a live key and a plain user", async () => {
    const other: TestContext = await testContext({ db: base.db });
    await expect(advanceClock(other, { value: 1, unit: "days" })).rejects.toMatchObject({ code: "clock_not_local" });
    expect(await showClock(other)).toMatchObject({ canMove: false, moving: false });
    const { principal } = await seedMerchant(ctx);
    expect(() => requireClockMover(principal)).not.toThrow();
    expect(() => requireClockMover({ ...principal, test: false })).toThrow("test key");
    expect(() => requireClockMover({ ...principal, role: "user" })).toThrow("test key");
  });
});
