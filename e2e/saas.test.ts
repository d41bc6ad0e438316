// The example API as its README starts it: plans are chosen and subscribed to, calls are metered and billed, and what the
// customer may do follows from verified webhooks.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { MaximumOffer } from "@qbitflow/api";
import { QBitFlow } from "@qbitflow/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort, type RunningServer, startServer, temporaryDataDir, until } from "./harness/server.ts";
import { subscriberOf } from "./harness/subscriber.ts";

const directory = temporaryDataDir();
let server: RunningServer;
let client: QBitFlow;
let saas: { url: string; process: ChildProcess };

async function startSaas({ dev }: RunningServer): Promise<typeof saas> {
  const child = spawn(process.execPath, ["saas.ts"], {
    cwd: join(import.meta.dirname, "../examples/saas"),
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env.PATH ?? "",
      PORT: String(await freePort()),
      QBITFLOW_BASE_URL: dev.apiUrl,
      QBITFLOW_API_KEY: dev.testApiKey,
      QBITFLOW_WEBHOOK_SECRET: dev.webhookSecret,
    },
  });
  for await (const line of createInterface(child.stdout)) {
    const [url] = /http:\S+/.exec(line) ?? [];
    if (url !== undefined) return { url, process: child };
  }
  throw new Error("the API ended before it was open");
}

beforeAll(async () => {
  server = await startServer({ dataDir: directory.path });
  client = new QBitFlow({ apiKey: server.dev.testApiKey, baseUrl: server.dev.apiUrl });
  saas = await startSaas(server);
});
afterAll(async () => {
  if (saas !== undefined) {
    const ended = once(saas.process, "exit");
    saas.process.kill();
    await ended;
  }
  await server?.stop();
  directory.remove();
});

/** A visitor with a browser's cookie. */
async function signUp() {
  const signedUp = await fetch(`${saas.url}/signup`, { method: "POST", redirect: "manual" });
  const cookie = signedUp.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const page = async () => (await fetch(saas.url, { headers: { cookie } })).text();
  const go = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${saas.url}${path}`, { headers: { cookie }, redirect: "manual", ...init });
    return answer.headers.get("location") ?? "";
  };
  /** Chooses a plan; answers the session's uuid, from the link that the browser is sent to. */
  const choose = async (plan: string) => {
    const link = await go("/subscribe", { method: "POST", body: new URLSearchParams({ plan }) });
    expect(link).toContain(`${server.dev.checkoutUrl}/pay/`);
    return new URL(link).pathname.split("/").at(-1) ?? "";
  };
  const shows = (text: string) => until(`the page shows ${text}`, async () => (await page()).includes(text));
  const keyOf = async () => /<code>(.+)<\/code>/.exec(await page())?.[1] ?? "";
  return { page, go, choose, shows, keyOf };
}

/** What the portal's page sends. */
async function post<Answer>(portal: string, path: string, body: object): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  const url = portal.replace("/manage/", "/v1/portal/") + path;
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
}

const shout = (key: string) =>
  fetch(`${saas.url}/api/shout?text=hello`, { headers: { authorization: `Bearer ${key}` } });

/** What the API answers without its customer opening the page: webhooks alone change it. */
const answersWith = (key: string, status: number) =>
  until(`the API answers ${status}`, async () => (await shout(key)).status === status);

test("calls are metered, billed at the month's end, and stop at the customer's own limit", async () => {
  const customer = await signUp();
  expect((await shout("nobody's key")).status).toBe(401);
  const uuid = await customer.choose("metered");
  const wallet = await subscriberOf(server.dev);
  await wallet.subscribe(uuid, { maxSpendingPerPeriod: 2 });
  await customer.shows('data-status="active"');
  const key = await customer.keyOf();

  // 20 free ones, and 30 for $1.50.
  for (let calls = 0; calls < 50; calls++) expect(await (await shout(key)).json()).toEqual({ text: "HELLO" });
  await customer.shows("50 calls this month");
  await client.clock.advance({ value: 1, unit: "months" });
  await until("the bill is paid", async () => (await client.payAsYouGo.getPaymentHistory(uuid)).length === 1);
  expect(await client.payAsYouGo.getPaymentHistory(uuid)).toMatchObject([{ amount: 1.5, name: "Shout per call" }]);
  await customer.shows("0 calls this month");

  // $2 are 40 calls.
  for (let calls = 0; calls < 40; calls++) await shout(key);
  await answersWith(key, 402);
  await client.clock.advance({ value: 1, unit: "months" });
  await answersWith(key, 200);
  expect(await client.payAsYouGo.getPaymentHistory(uuid)).toMatchObject([{ amount: 2 }, { amount: 1.5 }]);

  // At the limit again, and now it is raised: on the portal's page, by a signature.
  for (let calls = 0; calls < 40; calls++) await shout(key);
  await answersWith(key, 402);
  const portal = await customer.go("/manage");
  expect(portal).toContain(`${server.dev.checkoutUrl}/manage/${uuid}.`);
  expect((await fetch(portal)).status).toBe(200);
  const offer = await post<MaximumOffer>(portal, "/maximum", { maximumUsd: 10 });
  const { typedData, maximumBase, nonce, deadline } = offer;
  const signature = await wallet.sign(typedData);
  await post(portal, "/maximum/signature", { maximumBase, nonce, deadline, signature });
  await client.transactionStatus.waitFor(uuid, "updateMaxAmount");
  await customer.shows('data-status="active"');
  await answersWith(key, 200);
}, 120_000);

test("a plan runs from its trial into paid months, and a plan that is over is told by webhook", async () => {
  const customer = await signUp();
  const uuid = await customer.choose("pro");
  await customer.shows("Choose");
  const wallet = await subscriberOf(server.dev);
  await wallet.subscribe(uuid, { periods: 12 });
  await customer.shows('data-status="trial"');
  const key = await customer.keyOf();
  expect((await shout(key)).status).toBe(200);
  expect(await customer.go("/subscribe", { method: "POST", body: new URLSearchParams({ plan: "pro" }) })).toBe("/");

  await client.clock.advance({ value: 8, unit: "days" });
  await customer.shows('data-status="active"');
  expect(await client.subscriptions.getPaymentHistory(uuid)).toMatchObject([{ amount: 20 }]);
  await client.clock.advance({ value: 1, unit: "months" });
  expect(await client.subscriptions.getPaymentHistory(uuid)).toHaveLength(2);

  await client.subscriptions.forceCancel(uuid);
  await answersWith(key, 402);
  expect(await customer.page()).toContain("Your plan is over");
}, 120_000);
