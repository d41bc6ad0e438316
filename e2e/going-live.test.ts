// What docs/going-live.md promises to an operator who followed it (harness/live-server.ts does): live keys are let in, doctor
// has nothing to say, a payment is taken behind nginx, and callers keep their own addresses there.
import { readFileSync } from "node:fs";
import { Agent, get } from "node:https";
import { join } from "node:path";
import { QBitFlow } from "@qbitflow/sdk";
import { generatePrivateKey } from "viem/accounts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { ada, customerOf } from "./harness/customer.ts";
import { give, type LiveServer, startLiveServer } from "./harness/live-server.ts";
import { hasPython } from "./harness/python.ts";
import { blocksOf, here, type Terminal } from "./harness/reader.ts";
import { type Receiver, startReceiver } from "./harness/receiver.ts";
import { hasNginx } from "./harness/reverse-proxy.ts";
import { until } from "./harness/server.ts";

const page = "docs/going-live.md";
let live: LiveServer;
const open: (() => unknown)[] = [];
beforeAll(async () => {
  live = await startLiveServer();
}, 120_000);
afterAll(async () => {
  for (const close of open.toReversed()) await close();
  await live?.stop();
});

const scriptOf = (page: string, name: string): string =>
  blocksOf(page).find((block) => block.name === name)?.code ?? "";

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: NodeJS.Dict<string | string[]>;
}

interface Asking {
  /** An address of this machine, which makes another caller. */
  readonly from: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly agent?: Agent;
}

/** Asks under PUBLIC_URL. */
function ask(path: string, { from, headers, agent }: Asking): Promise<Answer> {
  const { hostname, port } = new URL(live.publicUrl);
  const where = { host: "127.0.0.1", port, servername: hostname, ca: live.certificate.cert, localAddress: from };
  return new Promise((resolve, reject) => {
    const request = get({ ...where, path, headers: { host: hostname, ...headers }, ...(agent && { agent }) });
    request.on("error", reject).on("response", async (response) => {
      const text = (await response.toArray()).join("");
      resolve({ status: response.statusCode ?? 0, text, headers: response.headers });
    });
  });
}

/** What a WebSocket under PUBLIC_URL tells, its close code once it ended, and why it did not open. */
function listen(path: string, headers: Readonly<Record<string, string>>) {
  const socket = new WebSocket(live.publicUrl.replace("https", "wss") + path, { ca: live.certificate.cert, headers });
  open.push(() => socket.terminate());
  const heard: { statuses: string[]; ended?: number; error?: Error } = { statuses: [] };
  socket.on("message", (data) => {
    const { status } = JSON.parse(String(data)) as { status: { status: string } };
    heard.statuses.push(status.status);
  });
  socket.on("close", (code) => {
    heard.ended = code;
  });
  socket.on("error", (error) => {
    heard.error = error;
  });
  return heard;
}

test("the first request with the live key: let in", async () => {
  const terminal = await live.shop();
  for (const language of hasPython() ? ["ts", "py"] : ["ts"]) {
    const script = `ready.${language}`;
    live.save(script, scriptOf(page, script));
    expect(await terminal.play(script)).toBe("ready: this is the key of owner@example.com\n");
  }
  expect(await terminal.json(live.asking)).toMatchObject({ email: "owner@example.com" });
}, 60_000);

test("before the first customer: doctor finds no problem, and /readyz says what the page says", async () => {
  await until("both chains are read", async () => (await fetch(`${live.server.url}/readyz`)).ok);
  const printed = await live.look();
  expect(printed).not.toMatch(/^problem/m);
  expect(printed).toMatch(/^0 problems, \d warnings?\.$/m);
  // The page has one endpoint there.
  expect(printed).toMatch(/^warning {2}base-sepolia RPC: there is one endpoint/m);
  expect(printed).toContain("live keys: they are served");
  expect(printed).toContain(`the server at ${live.publicUrl} answers and is ready`);
  const text = readFileSync(join(import.meta.dirname, "..", page), "utf8");
  for (const answer of ['"ready":true', '"live":{"ready":true,"reasons":[]}']) {
    expect(text).toContain(`\`${answer}\``);
    expect(printed).toContain(answer);
  }
}, 60_000);

/** The quick start's script on the machine of the shop: makes a session, and waits for its end. */
async function createSession(terminal: Terminal, { url }: Receiver) {
  const code = scriptOf("docs/quick-start.md", "create.ts");
  live.save("create.ts", here(code, { directory: "", serverUrl: "", port: Number(new URL(url).port) }));
  const printed = terminal.begin("create.ts");
  const link = await until("the link is printed", () => /^(https:.*)\n/.exec(printed())?.[1]);
  return { link, last: () => until("create.ts ends", () => printed().trim().split("\n")[1]) };
}

async function pay(uuid: string) {
  const key = generatePrivateKey();
  const { node, url: rpcUrl } = live.base;
  await give(node, key);
  const chain = { chainId: 8_453, rpcUrl };
  const customer = customerOf({ apiUrl: `${live.server.url}/v1`, chain, wallets: [] }, key);
  await customer.identify(uuid, ada);
  const hash = await customer.pay(uuid, "ETH");
  await customer.publicClient.waitForTransactionReceipt({ hash });
  await node.mine(12);
  return customer;
}

test("the code that took test payments takes one with the live key, and none of it leaves its mode", async () => {
  const receiver = await startReceiver();
  open.push(() => receiver.close());
  const { link, last } = await createSession(await live.shop(), receiver);
  const uuid = link.split("/").at(-1) ?? "";
  expect(link).toBe(`${live.publicUrl}/pay/${uuid}`);
  const { status, text, headers } = await ask(`/pay/${uuid}`, { from: "127.0.0.1" });
  expect(status).toBe(200);
  expect(text).toContain("Blue mug");
  expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(String(headers["set-cookie"])).toContain("; Secure");

  const query = `transactionUUID=${uuid}&transactionStatusType=payment`;
  const byShop = listen(`/v1/transaction/status/ws?${query}`, { "x-api-key": live.keys.live });
  const byPage = listen(`/v1/checkout/${uuid}/ws`, { origin: live.publicUrl });
  const both = [byShop, byPage];
  await until("both are told the present status, or refused", () =>
    both.every(({ statuses, error }) => statuses.length > 0 || error !== undefined),
  );
  for (const { statuses, error } of both) expect({ error, status: statuses[0] }).toEqual({ status: "created" });
  const customer = await pay(uuid);
  expect(await last()).toBe(`completed: $24.9 from ${customer.address}`);
  await until("both were told", () => both.every(({ statuses }) => statuses.at(-1) === "completed"));
  await until("the shop's ends", () => byShop.ended === 1000);
  // 24.90 USD at 3 000 USD.
  expect(await customer.publicClient.getBalance({ address: live.merchant })).toBe(8_300_000_000_000_000n);

  // A live server sends nothing into its own network; the attempt and its reason are on record.
  const client = new QBitFlow({ apiKey: live.keys.live, baseUrl: live.server.url });
  const deliveries = await until("an attempt on record", async () => {
    const items = await client.webhooks.deliveries(uuid);
    return items.length > 0 && items.every(({ attempts }) => attempts.length > 0) && items;
  });
  for (const { attempts } of deliveries) expect(attempts[0]?.error).toContain("127.0.0.1");
  expect(receiver.received).toEqual([]);

  // The modes share nothing; the test network serves the test key.
  const other = new QBitFlow({ apiKey: live.keys.test, baseUrl: live.server.url });
  await expect(other.oneTimePayments.getSession(uuid)).rejects.toMatchObject({ status: 404 });
  const { uuid: trial } = await other.oneTimePayments.createSession({ productName: "Mug", description: "-", price: 1 });
  const { availableCurrencies } = await other.oneTimePayments.getSession(trial);
  expect(availableCurrencies.map(({ id }) => id)).toContain(2101);
}, 90_000);

test.skipIf(!hasNginx())(
  "behind nginx a caller is who called, and not whom he says he is",
  async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    open.push(() => agent.destroy());
    const many = (count: number, asking: Asking) =>
      Promise.all(Array.from({ length: count }, async () => (await ask("/v1/user", { ...asking, agent })).status));
    // The limit of an address is 600 a minute, and ten come back every second.
    const forged = { from: "127.0.0.2", headers: { "x-forwarded-for": "203.0.113.7" } };
    expect(new Set(await many(800, forged))).toEqual(new Set([401, 429]));
    expect(await many(40, { from: "127.0.0.2" })).toContain(429);
    expect(await many(1, { from: "127.0.0.3" })).toEqual([401]);
  },
  60_000,
);
