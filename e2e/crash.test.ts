// Fifty payments while the server is killed at random moments, and the chain node with it now and then. Each session
// must end right, its final status must arrive, and nothing may be paid or told twice under another id.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { CheckoutQuote } from "@qbitflow/api";
import { QBitFlow } from "@qbitflow/sdk";
import type { Hex } from "viem";
import { afterAll, expect, test } from "vitest";
import { ada, customerOf } from "./harness/customer.ts";
import { randomFrom } from "./harness/random.ts";
import { startReceiver } from "./harness/receiver.ts";
import { freePort, type RunningServer, startServer, temporaryDataDir, until } from "./harness/server.ts";

const directory = temporaryDataDir();
let server: RunningServer | undefined;
afterAll(async () => {
  await server?.stop();
  directory.remove();
});

test("50 payments survive SIGKILL at random moments", { timeout: 300_000 }, async () => {
  const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
  console.log(`CRASH_SEED=${seed}`);
  const random = randomFrom(seed);
  const receiver = await startReceiver();
  const env = { PORT: String(await freePort()) };
  const start = async () => {
    server = await startServer({ dataDir: directory.path, env });
    return server;
  };
  const { dev } = await start();
  const client = new QBitFlow({ apiKey: dev.testApiKey, baseUrl: dev.apiUrl, maxRetries: 0, timeoutMs: 5_000 });
  /** Tries again while the server is away: what a customer's browser and a merchant's server do. */
  const insist = <T>(what: string, work: () => Promise<T>) =>
    until(what, async () => ({ value: await work() }), 120_000).then(({ value }) => value);

  let kills = 0;
  const killer = (async () => {
    while (kills < 10) {
      await delay(100 + random() * 1_500);
      const victim = server;
      if (random() < 0.25)
        process.kill(
          Number(readFileSync(join(directory.path, "chain", "anvil.pid"), "utf8").split("\n")[0]),
          "SIGKILL",
        );
      await victim?.kill();
      kills += 1;
      await start();
    }
  })();

  const symbols = ["ETH", "tUSDC", "tUSDT", "tDAI"];
  const customer = customerOf(dev);
  const sent = new Map<string, { quote: CheckoutQuote; hash?: Hex }>();
  /** Pays, or sends again what a killed chain node forgot, as a wallet does with a transaction that is not mined. */
  const pay = async (uuid: string) => {
    const order = sent.get(uuid);
    if (order === undefined) throw new Error("no quote");
    if (order.hash !== undefined && (await customer.knows(order.hash))) return;
    order.hash = await customer.payQuote(order.quote);
  };
  for (let index = 0; index < 50; index += 1) {
    const idempotencyKey = `crash-${seed}-${index}`;
    const session = await insist("session", () =>
      client.oneTimePayments.createSession({ productId: 1, webhookUrl: receiver.url }, { idempotencyKey }),
    );
    await insist("customer", () => customer.identify(session.uuid, { ...ada, email: `crash${index}@example.com` }));
    const quote = await insist("quote", () => customer.quote(session.uuid, symbols[index % 4] as string));
    sent.set(session.uuid, { quote });
    await insist("payment", () => pay(session.uuid));
  }
  const uuids = [...sent.keys()];
  await killer;
  for (const [index, uuid] of uuids.entries()) {
    const settled = async () => {
      const { status } = await client.transactionStatus.get(uuid, "payment");
      if (status !== "completed") await pay(uuid);
      return status === "completed";
    };
    await until(`session ${index} completes`, settled, 60_000);
  }
  // By sequence, not by arrival: what was cut off by a kill is told again, and may come after later statuses.
  const isToldWhole = (uuid: string) => {
    const bySequence = new Map(
      receiver.of(uuid).map(({ headers, body }) => [Number(headers["x-webhook-sequence"]), body.status.status]),
    );
    return bySequence.get(bySequence.size) === "completed" && Math.max(...bySequence.keys()) === bySequence.size;
  };
  await until("every status of every session arrives", () => uuids.every(isToldWhole), 120_000);

  expect(new Set(uuids).size).toBe(50);
  for (const uuid of uuids) {
    const { payments } = await customer.state(uuid);
    expect(payments.filter(({ match }) => match === "exact" || match === "late")).toHaveLength(1);
    // A status may be delivered again after a crash, but under the same id: one id for each sequence, one sequence for each id.
    const ids = new Map(
      receiver.of(uuid).map(({ headers }) => [String(headers["x-webhook-sequence"]), String(headers["x-webhook-id"])]),
    );
    for (const { headers } of receiver.received.filter(({ body }) => body.uuid === uuid)) {
      expect(ids.get(String(headers["x-webhook-sequence"]))).toBe(String(headers["x-webhook-id"]));
    }
    expect([...ids.keys()].map(Number).sort((a, b) => a - b)).toEqual([...ids.keys()].map((_, i) => i + 1));
  }
  await receiver.close();
});
