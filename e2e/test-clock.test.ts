import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { QBitFlow } from "@qbitflow/sdk";
import { createPublicClient, http } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startReceiver } from "./harness/receiver.ts";
import { type RunningServer, startServer, temporaryDataDir, until } from "./harness/server.ts";
import { subscriberOf } from "./harness/subscriber.ts";

const DAY_S = 86_400;
const directory = temporaryDataDir();
let server: RunningServer;
let client: QBitFlow;
let receiver: Awaited<ReturnType<typeof startReceiver>>;

async function begin(): Promise<void> {
  server = await startServer({ dataDir: directory.path });
  client = new QBitFlow({ apiKey: server.dev.testApiKey, baseUrl: server.dev.apiUrl });
}

beforeAll(async () => {
  receiver = await startReceiver();
  await begin();
});
afterAll(async () => {
  await server.stop();
  await receiver.close();
  directory.remove();
});

async function chainTime(): Promise<number> {
  const chain = createPublicClient({ transport: http(server.dev.chain.rpcUrl) });
  return Number((await chain.getBlock()).timestamp);
}

const secondsOf = (time: string) => Date.parse(time) / 1000;

test("35 days move server, chain, statuses and webhooks; the signature's time stays the machine's", async () => {
  const session = await client.oneTimePayments.createSession({ productId: 1, webhookUrl: receiver.url });
  const before = await client.clock.get();
  const there = await client.clock.advance({ value: 35, unit: "days" });
  const passed = secondsOf(there.now) - secondsOf(before.now);
  expect(passed).toBeGreaterThanOrEqual(35 * DAY_S);
  expect(passed).toBeLessThan(35 * DAY_S + 60);
  expect(Math.abs((await chainTime()) - secondsOf(there.now))).toBeLessThan(30);
  const status = await client.transactionStatus.get(session.uuid);
  expect(status.status).toBe("expired");
  const [told] = receiver.of(session.uuid);
  expect(told?.body.status.status).toBe("expired");
  const event = await client.webhooks.verify(told?.raw ?? "", told?.headers ?? {}, server.dev.webhookSecret);
  expect("uuid" in event && event.uuid).toBe(session.uuid);
  await client.webhooks.verifyRemote(told?.raw ?? "", told?.headers ?? {});
});

/** Ends the chain's node as a failing machine does: what it did since `keepState` is lost. */
function chainFiles() {
  const [live, kept] = ["live.json", "kept.json"].map((name) => join(directory.path, "chain", name)) as [
    string,
    string,
  ];
  return {
    keepState: (height: number) =>
      until("the node writes its state down", () => {
        copyFileSync(live, kept);
        const state = JSON.parse(readFileSync(kept, "utf8")) as { best_block_number: string };
        return Number(state.best_block_number) >= height;
      }),
    crash: () => {
      const pid = Number(readFileSync(join(directory.path, "chain", "anvil.pid"), "utf8"));
      process.kill(pid, "SIGSTOP");
      copyFileSync(kept, live);
      process.kill(pid, "SIGKILL");
    },
  };
}

test("the chain's node dies and forgets an activation: the clock waits for it, and all has its own time", async () => {
  const plan = { productName: "Plan", description: "", price: 10, webhookUrl: receiver.url };
  const open = () => client.subscriptions.createSession({ ...plan, frequency: { value: 1, unit: "months" } });
  const [old, fresh] = [await subscriberOf(server.dev), await subscriberOf(server.dev)];
  const [{ uuid: running }, { uuid: signed }] = [await open(), await open()];
  await old.subscribe(running, { periods: 12 });
  await fresh.identify(signed);
  const offer = await fresh.offer(signed, { periods: 12 });
  const chain = chainFiles();
  await chain.keepState(Number(await old.publicClient.getBlockNumber()));
  await fresh.call("POST", `${signed}/mandate/signature`, await fresh.signaturesOf(offer));
  await fresh.hasStatus(signed, "waitingConfirmation");
  const due = (await client.subscriptions.get(running)).nextBillingDate;
  chain.crash();
  const beganMs = performance.now();
  const there = await client.clock.advance({ to: new Date(secondsOf(due) * 1_000 + 3 * DAY_S * 1_000) });
  expect(performance.now() - beganMs).toBeLessThan(30_000);
  expect(await fresh.state(signed)).toMatchObject({ status: { status: "completed" } });
  for (const [uuid, customer] of [
    [running, old],
    [signed, fresh],
  ] as const) {
    const [bill] = await client.subscriptions.getPaymentHistory(uuid);
    expect(secondsOf(bill?.createdAt ?? "") - secondsOf(due)).toBeLessThan(120);
    expect(await customer.balance()).toBe(980_000_000n);
    await client.subscriptions.forceCancel(uuid);
  }
  expect(there).not.toHaveProperty("stoppedBecause");
});

test("a clock that was moved, and one that is being moved, survive a kill", { timeout: 60_000 }, async () => {
  for (let sessions = 0; sessions < 2; sessions++) {
    // Nobody answers there: retries fall due over days, so the way is long.
    await client.oneTimePayments.createSession({ productId: 1, webhookUrl: "http://127.0.0.1:9/hook" });
  }
  const before = await client.clock.get();
  const advance = client.clock.advance({ value: 1, unit: "years" }, { maxRetries: 0 }).catch(() => undefined);
  await until("the clock moves", async () => {
    const { moving, offsetSeconds } = await client.clock.get();
    return moving && offsetSeconds > before.offsetSeconds;
  });
  await expect(client.clock.advance({ value: 1, unit: "days" })).rejects.toMatchObject({ code: "clock_moving" });
  await server.kill();
  await advance;
  await begin();
  const there = await until("the clock is there", async () => {
    const clock = await client.clock.get();
    return clock.moving ? undefined : clock;
  });
  expect(secondsOf(there.now) - secondsOf(before.now)).toBeGreaterThanOrEqual(365 * DAY_S);
  await server.stop();
  await begin();
  const again = await client.clock.get();
  expect(secondsOf(again.now)).toBeGreaterThanOrEqual(secondsOf(there.now));
  // Prices, sessions and the chain work at the new time.
  const session = await client.oneTimePayments.createSession({ productId: 1 });
  expect((await client.oneTimePayments.getSession(session.uuid)).status.status).toBe("created");
  expect(session.expiresAt).toBeGreaterThan(secondsOf(again.now));
});
