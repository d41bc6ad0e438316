import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { QBitFlow, type Session, type TransactionStatusName } from "@qbitflow/sdk";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { html } from "./html.ts";
import { startShop } from "./shop.ts";

const secret = `whsec_${btoa("the secret of the shop's webhooks")}`;
const link = "http://pay.example/s/0199";

/** The part of API v1 that the shop uses, with a status the test sets. */
class Api {
  status: TransactionStatusName = "created";
  down = false;
  statusReads = 0;
  readonly sessions: { body: Record<string, string>; key: string | undefined }[] = [];
  readonly server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.down) return response.writeHead(503, { "Retry-After": "0" }).end("{}");
    if (request.method === "POST" && request.url === "/v1/transaction/session-checkout/") {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>;
      this.sessions.push({ body, key: request.headers["idempotency-key"] as string });
      return response.end(JSON.stringify({ uuid: "0199", link, expiresAt: 2_000_000_000 }));
    }
    if (request.url?.startsWith("/v1/transaction/status?transactionUUID=0199&")) {
      this.statusReads++;
      return response.end(JSON.stringify({ type: "payment", status: this.status }));
    }
    return response.writeHead(404).end("{}");
  });
}

let api: Api;
let client: QBitFlow;
let shop: Awaited<ReturnType<typeof startShop>>;

beforeEach(async () => {
  api = new Api();
  await new Promise<void>((resolve) => api.server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(api.server.address() as AddressInfo).port}`;
  client = new QBitFlow({ apiKey: "sk_1_test_x", baseUrl, webhookSecret: secret, retryDelayMs: 1 });
  shop = await startShop({ client, port: 0 });
});
afterEach(async () => {
  await shop.close();
  api.server.closeAllConnections();
  api.server.close();
});

function buy(product: string): Promise<Response> {
  return fetch(`${shop.url}/buy`, { method: "POST", body: new URLSearchParams({ product }), redirect: "manual" });
}

/** Buys tea; the address of its order page is what the checkout would send the customer back to. */
async function order(): Promise<{ id: string; url: string }> {
  expect((await buy("tea")).status).toBe(303);
  const { reference = "", successUrl = "" } = api.sessions.at(-1)?.body ?? {};
  return { id: reference, url: successUrl };
}

async function webhook(reference: string, status: TransactionStatusName, by = secret): Promise<Response> {
  const session = { uuid: "0199", reference } as Session;
  const event = { uuid: "0199", status: { type: "payment", status }, session };
  return fetch(`${shop.url}/webhook`, { method: "POST", ...(await client.webhooks.sign(event, { secret: by })) });
}

async function text(url: string): Promise<string> {
  return (await fetch(url)).text();
}

test("a product is bought: a session is created and the customer sent to its link", async () => {
  expect(await text(shop.url)).toContain("$24.99");
  const response = await buy("tea");
  expect(response.headers.get("location")).toBe(link);
  const [session] = api.sessions;
  expect(session?.body).toMatchObject({ productName: "Green tea", price: 24.99, webhookUrl: `${shop.url}/webhook` });
  expect(session?.key).toBe(session?.body.reference);
  expect(session?.body.cancelUrl).toBe(session?.body.successUrl);
});

test("a verified webhook makes the open order page say paid, without asking the API", async () => {
  const { id, url } = await order();
  expect(await text(url)).toContain("Waiting for your payment");
  const reads = api.statusReads;
  expect((await webhook(id, "completed")).status).toBe(204);
  expect(await (await fetch(`${url}/state`)).json()).toEqual({ state: "completed" });
  expect(await text(url)).toContain("Paid. Thank you!");
  expect(api.statusReads).toBe(reads);
});

test("a forged webhook changes nothing", async () => {
  const { id, url } = await order();
  const forged = await webhook(id, "completed", `whsec_${btoa("somebody else's secret")}`);
  expect(forged.status).toBe(400);
  expect(await forged.text()).toBe("signature_mismatch");
  expect((await fetch(`${shop.url}/webhook`, { method: "POST", body: "{}" })).status).toBe(400);
  expect(await text(url)).toContain("Waiting for your payment");
});

test("coming back proves nothing: the page says what the API says", async () => {
  const { url } = await order();
  expect(await text(`${url}?paid=1`)).toContain("Waiting for your payment");
  api.status = "waitingConfirmation";
  expect(await text(url)).toContain("being confirmed");
  api.status = "completed";
  expect(await text(url)).toContain("Paid. Thank you!");
});

test("a cancelled order says that nothing was charged", async () => {
  const { url } = await order();
  api.status = "cancelled";
  expect(await text(url)).toContain("Nothing was charged");
});

test("a webhook that was overtaken does not undo a payment", async () => {
  const { id, url } = await order();
  await webhook(id, "completed");
  await webhook(id, "pending");
  expect(await text(url)).toContain("Paid. Thank you!");
});

test("without the API, buying says so and an order page shows what is known", async () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => {});
  const { url } = await order();
  api.down = true;
  const refused = await buy("tea");
  expect(refused.status).toBe(502);
  expect(await refused.text()).toContain("Nothing was charged");
  expect(await text(url)).toContain("Waiting for your payment");
  expect(told).toHaveBeenCalledTimes(2);
  told.mockRestore();
});

test.each<[string, RequestInit, number]>([
  ["/order/00000000-0000-0000-0000-000000000000", {}, 404],
  ["/order/<script>", {}, 404],
  ["/../package.json", {}, 404],
  ["/buy", { method: "POST", body: "product=<script>alert(1)</script>" }, 400],
  ["/buy", { method: "POST", body: "x".repeat(20_000) }, 413],
  ["/webhook", { method: "POST", body: "x".repeat(1_000_001) }, 413],
])("%s is refused", async (path, init, status) => {
  const response = await fetch(`${shop.url}${path}`, init);
  expect(response.status).toBe(status);
  expect(await response.text()).not.toContain("<script>alert");
});

test("whatever a template is given is shown as text, also in attributes", () => {
  const hostile = `"><script>alert('1')</script>&`;
  const escaped = "&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;";
  expect(html`<a title="${hostile}">${[html`<b>${hostile}</b>`]}</a>`.text).toBe(
    `<a title="${escaped}"><b>${escaped}</b></a>`,
  );
});
