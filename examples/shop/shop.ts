// A shop that takes crypto with QBitFlow: product → checkout → webhook → the order page says paid.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  isSessionEvent,
  QBitFlow,
  QBitFlowError,
  type TransactionStatusName,
  WebhookVerificationError,
} from "@qbitflow/sdk";
import { type Html, html } from "./html.ts";

const products = [
  { id: "tea", name: "Green tea", description: "100 g, from the hills of Uji.", price: 24.99 },
  { id: "cup", name: "Cup", description: "Stoneware, fits one hand.", price: 12 },
  { id: "sticker", name: "Sticker", description: "For the lid of a laptop.", price: 1.5 },
];
const usd = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const mostOrders = 10_000;
const checkEveryMs = 5_000;

interface Order {
  /** Random, so that nobody finds another's order by counting. */
  id: string;
  product: (typeof products)[number];
  state: TransactionStatusName;
  sessionUuid?: string;
  link?: string;
  checkedAtMs: number;
}

export interface ShopOptions {
  client: QBitFlow;
  /** 0 for any free one. */
  port: number;
  /** Where customers and the QBitFlow server reach this shop; its own address unless set. */
  publicUrl?: string | undefined;
}

interface Context {
  client: QBitFlow;
  publicUrl: string;
  orders: Map<string, Order>;
}

/** Starts the shop; orders live in memory. */
export async function startShop({ client, port, publicUrl }: ShopOptions) {
  const context: Context = { client, publicUrl: publicUrl ?? "", orders: new Map() };
  const server = createServer((request, response) => {
    route(context, request, response).catch((error: unknown) => {
      const refused = error instanceof BodyTooLarge;
      if (!refused) console.error(error);
      if (!response.headersSent)
        sendPage(response, refused ? 413 : 500, html`<h1>That did not work</h1><p>Please try again.</p>`);
    });
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  context.publicUrl ||= `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  return { url: context.publicUrl, close };
}

async function route(shop: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://shop");
  const [, orderId, tail] = /^\/order\/([0-9a-f-]{36})(\/state)?$/.exec(pathname) ?? [];
  const order = shop.orders.get(orderId ?? "");
  const call = `${request.method} ${pathname}`;
  if (call === "GET /") return sendPage(response, 200, productPage());
  if (call === "GET /shop.css") return send(response, 200, { type: "text/css", body: readPublic("shop.css") });
  if (call === "GET /shop.js") return send(response, 200, { type: "text/javascript", body: readPublic("shop.js") });
  if (call === "POST /buy") return buy(shop, request, response);
  if (call === "POST /webhook") return takeWebhook(shop, request, response);
  if (request.method !== "GET" || order === undefined) {
    return sendPage(response, 404, html`<h1>Not found</h1><p><a href="/">Back to the shop</a></p>`);
  }
  // Coming back from the checkout proves nothing, as anybody can open this address: QBitFlow is asked.
  if (tail === undefined || Date.now() - order.checkedAtMs > checkEveryMs) await checkWithQBitFlow(shop, order);
  if (tail === undefined) return sendPage(response, 200, orderPage(order));
  send(response, 200, { type: "application/json", body: JSON.stringify({ state: order.state }) });
}

async function buy(shop: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chosen = new URLSearchParams((await readBody(request, 10_000)).toString()).get("product");
  const product = products.find(({ id }) => id === chosen);
  if (product === undefined)
    return sendPage(response, 400, html`<h1>We do not sell that</h1><p><a href="/">Back to the shop</a></p>`);
  const order: Order = { id: randomUUID(), product, state: "created", checkedAtMs: 0 };
  // Kept before the session exists, because its first webhook may come before the answer.
  keep(shop.orders, order);
  const orderUrl = `${shop.publicUrl}/order/${order.id}`;
  try {
    const session = await shop.client.oneTimePayments.createSession(
      {
        productName: product.name,
        description: product.description,
        price: product.price,
        reference: order.id,
        webhookUrl: `${shop.publicUrl}/webhook`,
        successUrl: orderUrl,
        cancelUrl: orderUrl,
      },
      { idempotencyKey: order.id },
    );
    order.sessionUuid = session.uuid;
    order.link = session.link;
    response.writeHead(303, { Location: session.link }).end();
  } catch (error) {
    if (!(error instanceof QBitFlowError)) throw error;
    shop.orders.delete(order.id);
    console.error(`No session: ${error.message} (${error.code}, request ${error.requestId ?? "-"})`);
    sendPage(
      response,
      502,
      html`<h1>We cannot take payments right now</h1><p>Nothing was charged. Please try again in a minute.</p><p><a href="/">Back to the shop</a></p>`,
    );
  }
}

async function takeWebhook(shop: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request, 1_000_000);
  try {
    const event = await shop.client.webhooks.verify(body, request.headers);
    if (isSessionEvent(event)) {
      const order = shop.orders.get(event.session.reference ?? "");
      if (order !== undefined) apply(order, event.status.status);
    }
    response.writeHead(204).end();
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    send(response, 400, { type: "text/plain", body: error.reason });
  }
}

async function checkWithQBitFlow(shop: Context, order: Order): Promise<void> {
  if (order.sessionUuid === undefined || order.state === "completed") return;
  order.checkedAtMs = Date.now();
  try {
    const options = { timeoutMs: 3_000, maxRetries: 0 };
    apply(order, (await shop.client.transactionStatus.get(order.sessionUuid, "payment", options)).status);
  } catch (error) {
    if (!(error instanceof QBitFlowError)) throw error;
    console.error(`Order ${order.id} could not be checked: ${error.message}`);
  }
}

/** Webhooks may overtake each other, so what is paid stays paid. */
function apply(order: Order, state: TransactionStatusName): void {
  if (order.state !== "completed") order.state = state;
}

function keep(orders: Map<string, Order>, order: Order): void {
  orders.set(order.id, order);
  const [oldest] = orders.keys();
  if (orders.size > mostOrders && oldest !== undefined) orders.delete(oldest);
}

function productPage(): Html {
  const cards = products.map(
    ({ id, name, description, price }) => html`<li class="card"><h2>${name}</h2><p class="muted">${description}</p>
      <p class="price">${usd.format(price)}</p>
      <form method="post" action="/buy"><button class="button" name="product" value="${id}">Buy with crypto</button></form></li>`,
  );
  return html`<h1>Things we sell</h1><ul>${cards}</ul>`;
}

const words: Record<TransactionStatusName, { heading: string; text: string }> = {
  created: { heading: "Waiting for your payment", text: "This page changes by itself as soon as you have paid." },
  pending: { heading: "Payment sent", text: "It is on its way into a block." },
  waitingConfirmation: { heading: "Payment seen", text: "It is being confirmed. You may close this page." },
  completed: { heading: "Paid. Thank you!", text: "We are packing your order." },
  failed: { heading: "The payment failed", text: "It did not go through. You can order again." },
  cancelled: { heading: "Cancelled", text: "You cancelled the payment. Nothing was charged." },
  expired: { heading: "Too late", text: "The payment link has expired. You can order again." },
};

function orderPage({ id, product, state, link }: Order): Html {
  const { heading, text } = words[state];
  const pay = state === "created" && link !== undefined;
  const next = pay ? html`<a class="button" href="${link}">Pay now</a>` : html`<a href="/">Back to the shop</a>`;
  return html`<h1>Your order</h1><section class="card" data-state="${state}" aria-live="polite"><h2>${heading}</h2><p>${text}</p>
    <p class="price">${product.name}, ${usd.format(product.price)}</p><p>${next}</p></section><p class="muted">Order ${id}</p>`;
}

function sendPage(response: ServerResponse, status: number, main: Html): void {
  const page = html`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>Tea shop</title><link rel="stylesheet" href="/shop.css"><script src="/shop.js" defer></script>
    <header><a href="/">Tea shop</a></header><main>${main}</main></html>`;
  send(response, status, { type: "text/html", body: page.text });
}

function send(response: ServerResponse, status: number, content: { type: string; body: string }): void {
  response.writeHead(status, {
    "Content-Type": `${content.type}; charset=utf-8`,
    "Cache-Control": "no-store",
    "Content-Security-Policy":
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(content.body);
}

class BodyTooLarge extends Error {}

async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function readPublic(name: string): string {
  return readFileSync(new URL(`public/${name}`, import.meta.url), "utf8");
}

/** From the environment, else from what the local QBitFlow server wrote down when it started. */
function connect(): QBitFlow {
  if (process.env.QBITFLOW_API_KEY) return QBitFlow.fromEnv();
  try {
    const file = readFileSync(new URL("../../.data/dev.json", import.meta.url), "utf8");
    const { apiUrl, testApiKey, webhookSecret } = JSON.parse(file) as Record<string, string>;
    return new QBitFlow({ apiKey: testApiKey ?? "", baseUrl: apiUrl, webhookSecret });
  } catch {
    console.error(
      "Start QBitFlow first (npm start), or set QBITFLOW_API_KEY, QBITFLOW_BASE_URL and QBITFLOW_WEBHOOK_SECRET.",
    );
    process.exit(1);
  }
}

if (import.meta.main) {
  const { PORT = "4242", SHOP_URL } = process.env;
  const { url } = await startShop({ client: connect(), port: Number(PORT), publicUrl: SHOP_URL });
  console.log(`The shop is open: ${url}`);
}
