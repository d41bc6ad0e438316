// An API that meters its calls and sells a monthly plan: subscriptions and pay-as-you-go with QBitFlow.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import {
  ConflictError,
  isSessionEvent,
  isUsageThresholdEvent,
  NotFoundError,
  type PayAsYouGoSubscription,
  QBitFlow,
  type Subscription,
  type UsageEvent,
  WebhookVerificationError,
} from "@qbitflow/sdk";

const { PORT = "4243", SAAS_URL = `http://127.0.0.1:${PORT}` } = process.env;
const plans = {
  pro: { productName: "Shout Pro", description: "As many calls as you like.", price: 20 },
  metered: { productName: "Shout per call", description: "Billed at the end of each month.", price: 0.05 },
};

interface Account {
  /** Random: the cookie, and what the API's caller shows. A real one has a password, and a database behind it. */
  key: string;
  plan?: keyof typeof plans | undefined;
  uuid?: string;
  subscription?: Subscription | PayAsYouGoSubscription;
  /** USD that the customer allows for a period, where this period's usage came to it. */
  reachedLimit?: number | undefined;
}

const client = connect();
/** By the id that sessions bear as `reference`: it comes back in every webhook. */
const accounts = new Map<string, Account>();
const waiting: UsageEvent[] = [];

const hasPlan = ({ subscription }: Account) => subscription !== undefined && subscription.status !== "cancelled";

/** In the days of grace, too: QBitFlow tries a failed bill again for a week, then cancels. */
function mayCall({ subscription, reachedLimit }: Account): boolean {
  if (subscription === undefined || ["trial_expired", "cancelled"].includes(subscription.status)) return false;
  // Raised in the portal since: go on.
  return (
    reachedLimit === undefined || !("freeCredits" in subscription) || subscription.maxSpendingPerPeriod > reachedLimit
  );
}

/** Reads how the plan stands. Webhooks say when to look, the API what is so: then their order does not matter. */
async function look(account: Account): Promise<void> {
  if (account.uuid === undefined || account.plan === undefined) return;
  const service = account.plan === "pro" ? client.subscriptions : client.payAsYouGo;
  try {
    account.subscription = await service.get(account.uuid);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error; // Not subscribed yet.
  }
}

async function takeWebhook(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const event = await client.webhooks.verify(await readBody(request), request.headers);
    const account = accounts.get((isSessionEvent(event) ? event.session.reference : event.subscriptionReference) ?? "");
    if (account !== undefined) {
      if (isUsageThresholdEvent(event) && event.usagePercent === 100) account.reachedLimit = event.maxSpendingPerPeriod;
      // A bill was paid: a new period runs.
      if (isSessionEvent(event) && event.status.type === "executeSubscription") account.reachedLimit = undefined;
      await look(account);
    }
    response.writeHead(204).end();
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error; // 500: the webhook comes again.
    response.writeHead(400).end(error.reason);
  }
}

async function subscribe(id: string, account: Account, request: IncomingMessage): Promise<string> {
  const plan = new URLSearchParams(String(await readBody(request))).get("plan") === "pro" ? "pro" : "metered";
  const urls = { webhookUrl: `${SAAS_URL}/webhook`, successUrl: SAAS_URL, cancelUrl: SAAS_URL };
  const session = { ...plans[plan], ...urls, frequency: { value: 1, unit: "months" } as const, reference: id };
  const { uuid, link } =
    plan === "pro"
      ? await client.subscriptions.createSession({ ...session, trialPeriod: { value: 7, unit: "days" } })
      : await client.payAsYouGo.createSession({ ...session, freeCredits: 1 });
  Object.assign(account, { plan, uuid, subscription: undefined, reachedLimit: undefined });
  return link;
}

/** What the API sells. Each call of a metered account is an event with an id: counted once, however often it is sent. */
function answerCall(request: IncomingMessage, url: URL): [status: number, body: object] {
  const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  const account = [...accounts.values()].find((one) => one.key === key);
  if (account === undefined) return [401, { error: "Send Authorization: Bearer <your key>." }];
  if (!mayCall(account)) return [402, { error: `Choose a plan, or raise your limit: ${SAAS_URL}` }];
  if (account.plan === "metered" && account.uuid !== undefined) {
    waiting.push({ eventId: randomUUID(), subscriptionUUID: account.uuid, units: 1, occurredAt: new Date() });
  }
  return [200, { text: (url.searchParams.get("text") ?? "").toUpperCase() }];
}

/** Sends what was counted, one subscription at a time: one that is over must not hold up the others. */
async function sendUsage(): Promise<void> {
  const batch = waiting.splice(0);
  for (const uuid of new Set(batch.map(({ subscriptionUUID }) => subscriptionUUID))) {
    const events = batch.filter(({ subscriptionUUID }) => subscriptionUUID === uuid);
    try {
      await client.payAsYouGo.recordUsage(events);
    } catch (error) {
      const isOver = error instanceof ConflictError && error.code === "subscription_cancelled";
      if (!isOver) waiting.push(...events);
      console.error(`Usage of ${uuid}: ${String(error)}`);
    }
  }
}

const head = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Shout</title><h1>Shout</h1>`;

function page(account: Account | undefined): string {
  if (account === undefined) return `<form method="post" action="/signup"><button>Sign up</button></form>`;
  const { plan, subscription, key } = account;
  if (plan === undefined || !hasPlan(account) || subscription === undefined) {
    const offers = Object.entries(plans).map(
      ([id, { productName, description, price }]) =>
        `<li><b>${productName}</b> ${description} $${price.toFixed(2)} <button name="plan" value="${id}">Choose</button></li>`,
    );
    const over = subscription === undefined ? "" : `<p data-status="cancelled">Your plan is over.</p>`;
    return `${over}<form method="post" action="/subscribe"><ul>${offers.join("")}</ul></form>`;
  }
  const used = "freeCredits" in subscription ? `<p>${subscription.unitsCurrentPeriod} calls this month.</p>` : "";
  return `<h2>${plans[plan].productName}</h2><p data-status="${subscription.status}">Your plan: ${subscription.status}${subscription.stopped ? ", ends with this month" : ""}.</p>
    ${used}<p>Next bill: ${subscription.nextBillingDate.slice(0, 10)}.</p><p><a href="/manage">Manage, pay or cancel your plan</a></p><p>Your key: <code>${key}</code></p>`;
}

async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", SAAS_URL);
  const [, id = ""] = /(?:^|; )account=([0-9a-f-]{36})/.exec(request.headers.cookie ?? "") ?? [];
  const account = accounts.get(id);
  const call = `${request.method} ${url.pathname}`;
  const goTo = (Location: string) => void response.writeHead(303, { Location }).end();
  if (call === "GET /api/shout") {
    const [status, body] = answerCall(request, url);
    return void response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  }
  if (call === "POST /webhook") return takeWebhook(request, response);
  if (call === "POST /signup") {
    const made = randomUUID();
    accounts.set(made, { key: randomUUID() });
    response.setHeader("Set-Cookie", `account=${made}; HttpOnly; SameSite=Lax; Path=/`);
    return goTo("/");
  }
  if (account !== undefined && call === "POST /subscribe") {
    return goTo(hasPlan(account) ? "/" : await subscribe(id, account, request));
  }
  if (account?.subscription !== undefined && call === "GET /manage") {
    // Whoever has this link can end the plan: it is made when its owner asks, and written nowhere.
    return goTo((await client.subscriptions.getPortalLink(account.subscription.uuid)).portalUrl);
  }
  if (call !== "GET /") return void response.writeHead(404).end("Not found");
  if (account !== undefined) await look(account);
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'" };
  response.writeHead(200, headers).end(head + page(account));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  let body = Buffer.alloc(0);
  for await (const chunk of request as AsyncIterable<Buffer>) {
    body = Buffer.concat([body, chunk]);
    if (body.length > 1_000_000) throw new Error("The body is too large.");
  }
  return body;
}

/** From the environment, else from what the local QBitFlow server wrote down when it started. */
function connect(): QBitFlow {
  if (process.env.QBITFLOW_API_KEY) return QBitFlow.fromEnv();
  const file = readFileSync(new URL("../../.data/dev.json", import.meta.url), "utf8");
  const { apiUrl, testApiKey, webhookSecret } = JSON.parse(file) as Record<string, string>;
  return new QBitFlow({ apiKey: testApiKey ?? "", baseUrl: apiUrl, webhookSecret });
}

setInterval(() => void sendUsage(), 1_000);
createServer((request, response) => {
  route(request, response).catch((error: unknown) => {
    console.error(error);
    if (!response.headersSent) response.writeHead(500).end("That did not work. Please try again.");
  });
}).listen(Number(PORT), () => console.log(`Shout is open: ${SAAS_URL}`));
