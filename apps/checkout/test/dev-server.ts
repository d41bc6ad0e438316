/**
 * The page without the real server: the built files, the public routes in their real shape with scripted sessions, and a
 * real chain. `npm run build -w @qbitflow/checkout && npm run dev -w @qbitflow/checkout`.
 */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";
import type {
  CheckoutCustomer,
  CheckoutGasless,
  CheckoutQuote,
  CheckoutState,
  MandateRequest,
  MandateSignature,
} from "@qbitflow/api";
import { parseTokenAmount, tokenAmountToText } from "@qbitflow/money";
import { WebSocketServer } from "ws";
import {
  type CheckoutAssets,
  checkoutAssets,
  checkoutCsp,
  renderCheckoutHtml,
  renderNotFoundHtml,
  renderPortalHtml,
} from "../src/index.ts";
import { type DevChain, startDevChain } from "./dev-chain.ts";
import { type Offered, offerFor, refusalOf } from "./dev-mandate.ts";
import { DevPortals } from "./dev-portal.ts";
import { paymentOf, scenarios } from "./scenarios.ts";

interface Session {
  readonly name: string;
  state: CheckoutState;
  customer?: CheckoutCustomer;
  offered?: Offered;
}

const contentTypes: Record<string, string> = { js: "text/javascript", css: "text/css" };

export type DevServer = Awaited<ReturnType<typeof startDevServer>>;

/** Starts the chain and the server over a build; `open(name)` makes a session of a scenario and answers its path. */
export async function startDevServer(assets: CheckoutAssets = checkoutAssets()) {
  const chain = await startDevChain();
  const sessions = new Map<string, Session>();
  const portals = new DevPortals(chain);
  let made = 0;
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer((request, response) => {
    answer({ chain, sessions, portals, open, assets }, request, response).catch((error: unknown) => {
      send(response, 500, { error: String(error), code: "internal", status: 500 });
    });
  });
  server.on("upgrade", (request, socket, head) => {
    const session = sessions.get(uuidIn(request.url));
    const portal = portalIn(request.url);
    if (!session && !portal) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      let last = "";
      const timer = setInterval(() => {
        const frame = JSON.stringify(session ? progressOf(session.state) : portals.state(portal ?? ""));
        if (frame !== last) webSocket.send(frame);
        last = frame;
      }, 100);
      webSocket.on("close", () => clearInterval(timer));
    });
  });
  const watch = setInterval(() => void watchPayments(chain, sessions), 250);

  function open(name: string): string | undefined {
    const state = scenarios(Math.floor(Date.now() / 1000), chain.currencies)[name];
    if (!state) return undefined;
    made += 1;
    const uuid = `01997c89-d0e9-7c9a-9886-${String(made).padStart(12, "0")}`;
    sessions.set(uuid, { name, state: { ...state, uuid } });
    return `/pay/${uuid}`;
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open,
    chain,
    session: (path: string) => sessions.get(uuidIn(path)),
    stop: async () => {
      clearInterval(watch);
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await chain.stop();
    },
  };
}

interface Dev {
  readonly chain: DevChain;
  readonly assets: CheckoutAssets;
  readonly sessions: Map<string, Session>;
  readonly portals: DevPortals;
  open(name: string): string | undefined;
}

async function answer(dev: Dev, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  if (path.startsWith("/assets/checkout/")) return sendAsset(dev.assets, path, response);
  if (path === "/dev/rpc") return proxyRpc(dev.chain.url, request, response);
  if (path.startsWith("/open/")) {
    response.writeHead(302, { location: dev.open(path.slice("/open/".length)) ?? "/" }).end();
    return;
  }
  if (path === "/") {
    const names = Object.keys(scenarios(0, []));
    const links = names.map((name) => `<p><a href="/open/${name}">${name}</a></p>`).join("");
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(links);
    return;
  }
  if (path.startsWith("/manage/")) return sendPortal(dev, { path, request, response });
  const portal = portalIn(path);
  if (portal) {
    const body = request.method === "GET" ? undefined : await readJson(request);
    const [status, answered] = await dev.portals.answer(portal, path.split("/").slice(4).join("/"), body);
    return send(response, status, answered);
  }
  const session = dev.sessions.get(uuidIn(path));
  if (path.startsWith("/pay/")) return sendPage(dev.assets, session, { path, request, response });
  if (!session) return send(response, 404, { error: "Unknown.", code: "not_found", status: 404 });
  session.state.serverTime = Math.floor(Date.now() / 1000);
  return api(dev, session, { path, request, response });
}

function sendPage(assets: CheckoutAssets, session: Session | undefined, { request, response }: Exchange): void {
  response.writeHead(session ? 200 : 404, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": checkoutCsp({
      styles: assets.styles,
      walletConnect: session?.state.walletConnectProjectId !== undefined,
      host: request.headers.host ?? "",
    }),
  });
  response.end(session ? renderCheckoutHtml({ state: session.state, assets }) : renderNotFoundHtml({ assets }));
}

async function sendPortal({ portals, assets }: Dev, { path, request, response }: Exchange): Promise<void> {
  const state = await portals.open(path.slice("/manage/".length));
  response.writeHead(state ? 200 : 404, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": checkoutCsp({
      styles: assets.styles,
      walletConnect: false,
      host: request.headers.host ?? "",
    }),
  });
  response.end(state ? renderPortalHtml({ state, assets }) : renderNotFoundHtml({ assets }));
}

function progressOf({ status, payments }: CheckoutState) {
  return { status, payments };
}

/** The token in a portal's public route; here it names a scenario. */
function portalIn(path: string | undefined): string | undefined {
  return /\/v1\/portal\/([^/?]+)/.exec(path ?? "")?.[1];
}

interface Exchange {
  readonly path: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function api(dev: Dev, session: Session, { path, request, response }: Exchange): Promise<void> {
  const body = request.method === "GET" ? undefined : await readJson(request);
  const { state } = session;
  switch (`${request.method} ${path.split("/")[4] ?? ""}`) {
    case "GET ":
      return send(response, 200, state);
    case "GET customer":
      return session.customer ? send(response, 200, session.customer) : send(response, 404, { error: "None." });
    case "PUT customer": {
      if (session.name === "refusing") {
        const errors = [{ field: "email", message: "This domain does not receive mail." }];
        return send(response, 400, { error: "Check the email.", code: "validation_failed", status: 400, errors });
      }
      session.customer = body as CheckoutCustomer;
      state.needsCustomer = false;
      return send(response, 200, state);
    }
    case "POST quote": {
      const { currencyId } = body as { currencyId: number };
      const lifeSeconds = session.name === "shortquote" ? 4 : 900;
      const quote = dev.chain.quoteFor({ uuid: state.uuid, currencyId, price: state.price, lifeSeconds });
      if (session.name === "shortquote") state.price += 1;
      if (session.name === "gasless") quote.gasless = gaslessOf(quote);
      state.quote = quote;
      return send(response, 200, quote);
    }
    case "POST transaction":
      if (session.name === "blind") return send(response, 500, { error: "Later.", code: "internal", status: 500 });
      if (state.status.status === "created") {
        const { transactionHash } = body as { transactionHash: string };
        state.status = { ...state.status, status: "pending", txHash: transactionHash };
      }
      return send(response, 200, state);
    case "POST mandate":
      return mandate(dev, session, { path, body, response });
    case "POST authorise-later":
      state.status = { ...state.status, status: "completed" };
      return send(response, 200, state);
    case "POST cancel":
      state.status = { ...state.status, status: "cancelled" };
      return send(response, 200, state);
    default:
      return send(response, 404, { error: "Unknown.", code: "not_found", status: 404 });
  }
}

/** What a server that sends payments offers beside the quote; for looking at, there is nothing to sign. */
function gaslessOf({ amount, terms }: CheckoutQuote): CheckoutGasless {
  const total = tokenAmountToText(parseTokenAmount(amount, 6) + 50_000n, 6);
  const relay = { fee: "50000", recipient: terms.feeRecipient };
  const gaslessHash = `0x${"6a".repeat(32)}`;
  const none = { domain: {}, types: {}, primaryType: "None", message: {}, blanks: [] };
  const rest = { relay, relayFee: "0.05", relayFeeRecipient: relay.recipient, gaslessHash };
  return { ways: ["authorization"], total, typedData: { authorization: none }, ...rest };
}

/** Offers a mandate, or takes its signatures and lets it become active in the steps the chain would take. */
async function mandate(
  dev: Dev,
  session: Session,
  { path, body, response }: { path: string; body: unknown; response: ServerResponse },
): Promise<void> {
  const { state } = session;
  if (!path.endsWith("/signature")) {
    const { kind = "subscription", frequency = { value: 1, unit: "months" }, trial } = state.subscription ?? {};
    const { uuid, price } = state;
    const asked = { uuid, kind, price, frequency, waits: trial !== undefined, lies: session.name === "differs" };
    session.offered = await offerFor(dev.chain, asked, body as MandateRequest);
    return send(response, 200, session.offered.offer);
  }
  const { offered } = session;
  const refusal = offered ? await refusalOf(dev.chain, offered, body as MandateSignature) : "Nothing was offered.";
  if (!offered || refusal) return send(response, 422, { error: refusal, code: "signature_invalid", status: 422 });
  const { type } = state.status;
  const txHash = `0x${"5a".repeat(32)}`;
  const { firstCharge, symbol } = offered.offer;
  const later = (ms: number, work: () => void) => setTimeout(work, ms).unref();
  state.status = { type, status: "pending" };
  later(200, () => {
    state.status = { type, status: "waitingConfirmation", txHash, message: "2 of 3 confirmations" };
  });
  later(600, () => {
    if (firstCharge) state.payments = [paymentOf({ amount: firstCharge.amount, symbol, transactionHash: txHash })];
    state.status = { type, status: "completed", txHash };
    if (state.subscription) state.subscription.portalUrl = "/manage/active";
    state.successUrl = "https://shop.example/thanks";
  });
  send(response, 200, state);
}

async function watchPayments(chain: DevChain, sessions: Map<string, Session>): Promise<void> {
  for (const { name, state } of sessions.values()) {
    // A server that is behind: it sees no payment, however long.
    if (name === "blind" || state.subscription) continue;
    const { status } = state.status;
    if (status !== "created" && status !== "pending" && status !== "waitingConfirmation") continue;
    const payments = await chain.paymentsOf(state.uuid).catch(() => []);
    const payment = payments[0];
    if (!payment) continue;
    state.payments = payments;
    const done = payment.confirmations >= payment.confirmationsNeeded;
    const message = `${payment.confirmations} of ${payment.confirmationsNeeded} confirmations`;
    const txHash = payment.transactionHash;
    state.status = { type: "payment", status: done ? "completed" : "waitingConfirmation", txHash, message };
    if (done && state.hasSuccessUrl) state.successUrl = "https://shop.example/thanks";
  }
}

function uuidIn(path: string | undefined): string {
  return /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(path ?? "")?.[0] ?? "";
}

async function sendAsset(assets: CheckoutAssets, path: string, response: ServerResponse): Promise<void> {
  const name = normalize(path.slice("/assets/checkout/".length));
  if (name.startsWith("..")) return send(response, 404, {});
  const file = await readFile(join(assets.directory, `${name}.gz`)).catch(() => undefined);
  if (!file) return send(response, 404, {});
  const type = contentTypes[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, "content-encoding": "gzip" }).end(file);
}

async function proxyRpc(url: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = JSON.stringify(await readJson(request));
  const answered = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  response.writeHead(200, { "content-type": "application/json" }).end(await answered.text());
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : undefined;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

if (import.meta.main) {
  const server = await startDevServer();
  console.log(server.url);
  process.once("SIGINT", () => void server.stop().then(() => process.exit()));
}
