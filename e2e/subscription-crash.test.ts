// Subscriptions activate and bill while the server is killed at random moments. Each period must be charged once, in the
// books as on the chain, and every final status must arrive.
import { setTimeout as delay } from "node:timers/promises";
import type { MandateOffer, MandateSignature } from "@qbitflow/api";
import { subscriptionsAbi } from "@qbitflow/chains";
import { QBitFlow } from "@qbitflow/sdk";
import type { Hex } from "viem";
import { afterAll, expect, test } from "vitest";
import { randomFrom } from "./harness/random.ts";
import { type Receiver, startReceiver } from "./harness/receiver.ts";
import { freePort, type RunningServer, startServer, temporaryDataDir, until } from "./harness/server.ts";
import { type Subscriber, subscriberOf, type TokenSymbol } from "./harness/subscriber.ts";

const directory = temporaryDataDir();
let server: RunningServer | undefined;
let receiver: Receiver | undefined;
afterAll(async () => {
  await server?.stop();
  await receiver?.close();
  directory.remove();
});

const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
const random = randomFrom(seed);
const MONTHS = 3;
/** While they subscribe, and as many while time moves. */
const KILLS = 3;

async function start(env: Record<string, string>): Promise<RunningServer> {
  server = await startServer({ dataDir: directory.path, env });
  return server;
}

/** Kills the server so many times, each a moment after it could serve: what four subscribers do takes longer. */
async function kill(times: number, env: Record<string, string>): Promise<void> {
  for (let kills = 0; kills < times; kills += 1) {
    await delay(20 + random() * 400);
    await server?.kill();
    await start(env);
  }
}

/** Tries again while the server is away: what a customer's browser and a merchant's server do. */
const insist = <T>(what: string, work: () => Promise<T>) =>
  until(what, async () => ({ value: await work() }), 90_000).then(({ value }) => value);

interface Subscribed {
  readonly uuid: string;
  readonly customer: Subscriber;
  readonly symbol: TokenSymbol;
  readonly offer: MandateOffer;
}

async function subscribe(client: QBitFlow, index: number, customer: Subscriber): Promise<Subscribed> {
  const symbol = (["tUSDC", "tDAI", "tUSDT"] as const)[index % 3] ?? "tUSDC";
  const idempotencyKey = `crash-${seed}-${index}`;
  const { uuid } = await insist("session", () =>
    client.subscriptions.createSession(
      {
        ...{ productName: "Plan", description: "", price: 10, webhookUrl: receiver?.url },
        frequency: { value: 1, unit: "months" },
      },
      { idempotencyKey },
    ),
  );
  await insist("customer", () => customer.identify(uuid));
  const offer = await insist("offer", () => customer.offer(uuid, { symbol, periods: 12 }));
  const signatures = await customer.signaturesOf(offer);
  await insist("signature", () => sign(customer, uuid, signatures));
  return { uuid, customer, symbol, offer };
}

const sign = (customer: Subscriber, uuid: string, signatures: MandateSignature) =>
  customer.call("POST", `${uuid}/mandate/signature`, signatures);

/** The periods that the contract says were charged, of one mandate. */
async function chargedOnChain({ customer, offer }: Subscribed): Promise<number[]> {
  const events = await customer.publicClient.getContractEvents({
    ...{ address: offer.contract as Hex, abi: subscriptionsAbi, eventName: "Charged", fromBlock: 0n },
    args: { mandateHash: offer.mandateHash as Hex },
    strict: true,
  });
  return events.map(({ args }) => Number(args.period));
}

/** By sequence, not by arrival: what was cut off by a kill is told again, and may come after later statuses. */
function statusesOf(uuid: string, type: string): string[] {
  const ofType = (receiver?.of(uuid) ?? []).filter(({ body }) => body.status.type === type);
  const bySequence = new Map(
    ofType.map(({ headers, body }) => [Number(headers["x-webhook-sequence"]), body.status.status]),
  );
  return [...bySequence].sort(([a], [b]) => a - b).map(([, status]) => status);
}

test("activations and bills survive SIGKILL at random moments", { timeout: 280_000 }, async () => {
  console.log(`CRASH_SEED=${seed}`);
  receiver = await startReceiver();
  const env = { PORT: String(await freePort()) };
  const { dev } = await start(env);
  const client = new QBitFlow({ apiKey: dev.testApiKey, baseUrl: dev.apiUrl, maxRetries: 0, timeoutMs: 5_000 });
  const customers = await Promise.all(Array.from({ length: 4 }, () => subscriberOf(dev)));

  const all: Subscribed[] = [];
  const subscribeAll = async () => {
    for (const [index, customer] of customers.entries()) all.push(await subscribe(client, index, customer));
  };
  await Promise.all([subscribeAll(), kill(KILLS, env)]);
  await Promise.all(all.map(({ customer, uuid }) => insist("completed", () => customer.hasStatus(uuid, "completed"))));

  const starts = await Promise.all(all.map(({ uuid }) => insist("read", () => client.subscriptions.get(uuid))));
  const firstDue = Math.max(...starts.map(({ nextBillingDate }) => Date.parse(nextBillingDate)));
  const target = new Date(firstDue + (MONTHS - 1) * 31 * 86_400_000);
  const arrive = () =>
    until(
      "the clock is there",
      async () => {
        const clock = await client.clock.get();
        if (clock.moving) return false;
        if (Date.parse(clock.now) >= target.getTime()) return true;
        await client.clock.advance({ to: target });
        return false;
      },
      200_000,
    );
  await Promise.all([arrive(), kill(KILLS, env)]);

  for (const one of all) {
    const history = await client.subscriptions.getPaymentHistory(one.uuid);
    expect(history).toHaveLength(1 + MONTHS);
    expect(new Set(history.map(({ transactionHash }) => transactionHash)).size).toBe(1 + MONTHS);
    expect(await chargedOnChain(one)).toEqual([0, 1, 2, 3]);
    const { decimals } = one.customer.tokenOf(one.symbol);
    expect(await one.customer.balance(one.symbol)).toBe(960n * 10n ** BigInt(decimals));
    expect(await client.subscriptions.get(one.uuid)).toMatchObject({ status: "active" });
  }
  const isToldWhole = ({ uuid }: Subscribed) =>
    statusesOf(uuid, "createSubscription").at(-1) === "completed" &&
    statusesOf(uuid, "executeSubscription").filter((status) => status === "completed").length === 1 + MONTHS;
  await until("every status arrives", () => all.every(isToldWhole), 60_000);
});
