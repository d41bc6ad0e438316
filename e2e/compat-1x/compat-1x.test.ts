// Clients of the 1.x generation, pointed at this server by its base URL alone: their requests as they stand on the
// wire, and what their decoders insist on in the answers.
import { QBitFlow } from "@qbitflow/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { customerOf } from "../harness/customer.ts";
import { type Received, type Receiver, startReceiver } from "../harness/receiver.ts";
import { type RunningServer, startServer, temporaryDataDir, until } from "../harness/server.ts";
import { subscriberOf } from "../harness/subscriber.ts";
import { decoders } from "./decoders.ts";
import { javascript, python, type Recorded, type RecordedClient } from "./recorded.ts";
import { go, wooCommerce } from "./recorded-go-woo.ts";
import { type Answered, follow, send } from "./send.ts";
import { verifyBodies } from "./verify-bodies.ts";

const directory = temporaryDataDir();
let server: RunningServer;
let receiver: Receiver;
let paid: string;
/** What recorded requests name, for every client. */
let names: ReadonlyMap<string, string>;
let deliveries: readonly Received[];

const json = { "Content-Type": "application/json" };

beforeAll(async () => {
  [server, receiver] = await Promise.all([startServer({ dataDir: directory.path }), startReceiver()]);
  // Text that encoders of several languages write in several ways.
  const body = JSON.stringify({
    productName: "Café <b>& “Söhne”</b> 🍰",
    description: 'a/b \\ "c"\nline two',
    price: 25.01,
    successUrl: "https://shop.example/thanks?uuid={{UUID}}&type={{TRANSACTION_TYPE}}",
    webhookUrl: receiver.url,
  });
  const { dev } = server;
  const headers = { ...json, "X-API-Key": dev.testApiKey };
  const created = await send(dev.apiUrl, { method: "POST", path: "/transaction/session-checkout/", headers, body });
  expect(created.status, JSON.stringify(created.body)).toBe(200);
  paid = (created.body as { uuid: string }).uuid;
  const payer = customerOf(dev);
  await payer.identify(paid, { name: "Ada", lastName: "Lovelace", email: "paid@example.com" });
  await payer.pay(paid, "tUSDC");
  await until("the webhook says completed", () =>
    receiver.of(paid).some((got) => got.body.status.status === "completed"),
  );
  names = new Map([["paid", paid], ...(await subscriptions())]);
  const told = receiver.received.filter(({ body }) => "currentStatus" in body);
  expect(told.length).toBeGreaterThan(0);
  deliveries = [...receiver.of(paid), ...receiver.of(names.get("fixed") ?? ""), ...told];
}, 120_000);

const monthly = { frequency: { value: 1, unit: "months" } } as const;
const clientOf = ({ dev }: RunningServer) => new QBitFlow({ apiKey: dev.testApiKey, baseUrl: dev.apiUrl });

/** A month in which one subscription was paid twice, one used nothing, and one could not pay. */
async function subscriptions(): Promise<[string, string][]> {
  const client = clientOf(server);
  const plan = await client.products.create({ name: "Plan", description: "", price: 10 });
  const buyer = await client.customers.create({ name: "B", lastName: "C", email: "buyer@example.com" });
  const input = { ...monthly, productId: plan.id, webhookUrl: receiver.url };
  const begin = async ({ uuid }: { uuid: string }, maxSpendingPerPeriod?: number) => {
    const wallet = await subscriberOf(server.dev);
    await wallet.subscribe(uuid, maxSpendingPerPeriod === undefined ? {} : { maxSpendingPerPeriod });
    return { uuid, wallet };
  };
  const [fixed, owing, metered] = await Promise.all([
    begin(await client.subscriptions.createSession(input)),
    begin(await client.subscriptions.createSession(input)),
    begin(await client.payAsYouGo.createSession({ ...input, freeCredits: 100 }), 50),
  ]);
  await owing.wallet.spend("tUSDC");
  await client.clock.advance({ value: 1, unit: "months" });
  await until("one owes", async () => (await client.subscriptions.get(owing.uuid)).status === "past_due");
  await until("its status is told", () => receiver.received.some(({ body }) => "currentStatus" in body));
  return [
    ["plan", String(plan.id)],
    ["buyer", buyer.uuid],
    ["fixed", fixed.uuid],
    ["owing", owing.uuid],
    ["metered", metered.uuid],
  ];
}

/** A trial that began without a signature, for one client to end. */
async function trial(): Promise<string> {
  const input = { ...monthly, productName: "Trial", description: "", price: 10 };
  const { uuid } = await clientOf(server).subscriptions.createSession({
    ...input,
    trialPeriod: { value: 7, unit: "days" },
  });
  const customer = customerOf(server.dev);
  await customer.identify(uuid, { name: "Ada", lastName: "Lovelace", email: `${uuid}@example.com` });
  await customer.call("POST", `${uuid}/authorise-later`);
  return uuid;
}

afterAll(async () => {
  await server?.stop();
  await receiver?.close();
  directory.remove();
});

/** Puts what earlier answers gave into a recorded text: `$product`, `$customer` and so on. */
const filledIn = (text: string, known: ReadonlyMap<string, string>): string =>
  text.replace(/\$([a-z]+)/g, (mark, name: string) => known.get(name) ?? mark);

async function play(client: RecordedClient, call: Recorded, known: Map<string, string>): Promise<Answered> {
  const headers = call.body === undefined ? client.bareHeaders : client.headers;
  const answered = await send(server.dev.apiUrl, {
    method: call.method,
    path: filledIn(call.path, known),
    headers: { ...headers, [client.keyHeader]: server.dev.testApiKey },
    body: call.body === undefined ? undefined : filledIn(call.body, known),
  });
  const { keep } = call;
  if (keep !== undefined) known.set(keep[1], String((answered.body as Record<string, unknown> | undefined)?.[keep[0]]));
  return answered;
}

describe.each([javascript, python, go, wooCommerce])("$client", (client) => {
  test("every recorded request is answered so that the client can read it", async () => {
    const known = new Map([...names, ["later", await trial()]]);
    for (const call of client.calls) {
      const { status, body } = await play(client, call, known);
      const what = `${call.does}: ${call.method} ${call.path} → ${JSON.stringify(body)?.slice(0, 400)}`;
      expect(status, what).toBe(call.status ?? 200);
      expect(decoders[call.answer](body), what).toEqual([]);
      for (const [name, value] of Object.entries(call.expect ?? {})) {
        const wanted = typeof value === "string" ? filledIn(value, known) : value;
        const given = (body as Record<string, unknown>)[name];
        expect(typeof wanted === "string" ? String(given) : given, `${what}, ${name}`).toEqual(wanted);
      }
    }
  });

  test("a wrong key answers 401 with a sentence", async () => {
    const headers = { ...client.bareHeaders, [client.keyHeader]: "sk_999999_test_wrong" };
    const { status, body } = await send(server.dev.apiUrl, { method: "GET", path: "/product/", headers });
    expect(status).toBe(401);
    expect(decoders.failure(body)).toEqual([]);
  });
});

test("a list can be paged through with its cursor unencoded in the URL, as Go 1.0 does", async () => {
  const headers = { ...go.headers, "X-Api-Key": server.dev.testApiKey };
  for (const email of ["page+1@example.com", "page+2@example.com"]) {
    const body = JSON.stringify({ name: "P", lastName: "Q", email });
    expect((await send(server.dev.apiUrl, { method: "POST", path: "/customer/", headers, body })).status).toBe(200);
  }
  const first = await send(server.dev.apiUrl, { method: "GET", path: "/customer/all?limit=1", headers });
  const { nextCursor, items } = first.body as { nextCursor: string; items: { uuid: string }[] };
  expect(decoders.customers(first.body)).toEqual([]);
  const path = `/customer/all?limit=1&cursor=${nextCursor}`;
  const second = await send(server.dev.apiUrl, { method: "GET", path, headers });
  expect(decoders.customers(second.body)).toEqual([]);
  expect((second.body as typeof first.body & { items: { uuid: string }[] }).items[0]?.uuid).not.toBe(items[0]?.uuid);
});

describe("a delivered webhook", () => {
  test("is JSON that typed clients can decode, with nothing in it that they would drop", () => {
    expect(deliveries.length).toBeGreaterThan(1);
    for (const { headers, body } of deliveries) {
      expect(headers["content-type"]).toMatch(/^application\/json/);
      for (const name of ["x-webhook-id", "x-webhook-timestamp", "x-webhook-signature-256"])
        expect(headers[name]).toBeTruthy();
      const kind =
        "currentStatus" in body ? "subscriptionWebhook" : body.uuid === paid ? "webhook" : "subscriptionSessionWebhook";
      expect(decoders[kind](body)).toEqual([]);
      const fields = ["currentStatus", "previousStatus", "subscriptionUUID", "updatedAt"];
      expect(Object.keys(body).sort()).toEqual(kind === "subscriptionWebhook" ? fields : ["session", "status", "uuid"]);
    }
  });

  test.each(Object.entries(verifyBodies))("is verified for %s", async (_, encode) => {
    for (const delivery of deliveries) {
      const body = encode(delivery.raw, proofOf(delivery));
      const { status, body: answer } = await verify(body);
      expect(status, JSON.stringify(answer)).toBe(200);
      // The WooCommerce plugin looks for this word.
      expect((answer as { message: string }).message).toContain("verified");
    }
  });

  test.each(Object.entries(verifyBodies))("that was changed answers 400 to %s", async (_, encode) => {
    const delivery = deliveries[0] as Received;
    const forged = delivery.raw.replace("25.01", "0.01");
    expect(forged).not.toBe(delivery.raw);
    const { status, body } = await verify(encode(forged, proofOf(delivery)));
    expect(status).toBe(400);
    expect(decoders.failure(body)).toEqual([]);
  });
});

const proofOf = ({ headers }: Received) => ({
  receivedSignature: String(headers["x-webhook-signature-256"]),
  receivedTimestamp: String(headers["x-webhook-timestamp"]),
});

const verify = (body: string): Promise<Answered> =>
  send(server.dev.apiUrl, {
    method: "POST",
    path: "/webhooks/verify",
    headers: { ...json, "X-API-Key": server.dev.testApiKey },
    body,
  });

describe("the status WebSocket of the JavaScript client", () => {
  const pathOf = (uuid: string, type = "payment") =>
    `/transaction/status/ws?transactionUUID=${uuid}&transactionStatusType=${type}`;

  test("tells a final status and closes with 1000, after which the client does not come back", async () => {
    const { frames, code } = await follow(server.dev.apiUrl, pathOf(paid), server.dev.testApiKey);
    expect(code).toBe(1000);
    expect(frames.flatMap((frame) => decoders.statusFrame(frame))).toEqual([]);
    expect(frames.at(-1)).toMatchObject({ transactionUUID: paid, status: { type: "payment", status: "completed" } });
  });

  test.each(["createSubscription", "executeSubscription"])("tells of %s, too", async (type) => {
    const uuid = names.get("fixed") ?? "";
    const { frames, code } = await follow(server.dev.apiUrl, pathOf(uuid, type), server.dev.testApiKey);
    expect([code, ...frames.flatMap((frame) => decoders.statusFrame(frame))]).toEqual([1000]);
    expect(frames).toMatchObject([{ transactionUUID: uuid, status: { type, status: "completed" } }]);
  });

  test.each([
    ["an unknown transaction", 404, () => server.dev.testApiKey],
    ["a wrong key", 401, () => "sk_999999_test_wrong"],
  ])("tells of %s in a frame and closes with 1000 as well", async (_, status, keyOf) => {
    const unknown = "0198aaaa-0000-7000-8000-000000000001";
    const { frames, code } = await follow(server.dev.apiUrl, pathOf(unknown), keyOf());
    expect(code).toBe(1000);
    expect(frames).toHaveLength(1);
    expect(decoders.errorFrame(frames[0])).toEqual([]);
    expect(frames[0]).toMatchObject({ status });
  });
});
