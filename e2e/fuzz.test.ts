// Random JSON at every route of the OpenAPI document: nothing a caller sends may end in a 5xx, and every refusal is
// one of the documented errors.
import { QBitFlow } from "@qbitflow/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { randomFrom } from "./harness/random.ts";
import { type RunningServer, startServer, temporaryDataDir } from "./harness/server.ts";
import { subscriberOf } from "./harness/subscriber.ts";

const requests = 20_000;
const connections = 16;
const directory = temporaryDataDir();
let server: RunningServer;

beforeAll(async () => {
  server = await startServer({ dataDir: directory.path, env: { LOG_LEVEL: "error" } });
});
afterAll(async () => {
  await server?.stop();
  directory.remove();
});

const texts = [
  "",
  " ",
  "0",
  "null",
  "a",
  "ü".repeat(300),
  "\u0000",
  "\ud800",
  "\u202Eevil",
  "<script>alert(1)</script>",
  "'; drop table payment; --",
  "../../etc/passwd",
  "javascript:alert(1)",
  "file:///etc/passwd",
  "//evil.example",
  "http://169.254.169.254/latest",
  "https://shop.example/?u={{UUID}}",
  "ada@example.com",
  "not-a-uuid",
  "01997c89-d0e9-7c9a-9886-fe7709919695",
  "999999999999999999999999999999",
  "1e308",
  "payment",
  "subscription",
  "🦄".repeat(50),
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59-01:00",
  "x".repeat(10_000),
];
const numbers = [
  2 ** 63,
  0,
  -1,
  1,
  0.001,
  0.1,
  1.1,
  1e21,
  1e308,
  -1e308,
  2 ** 53,
  2 ** 31,
  99.99,
  1_000_000.000001,
  5e-324,
];

type Random = ReturnType<typeof randomFrom>;
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

function randomJson(random: Random, depth: number): unknown {
  const roll = random();
  if (roll < 0.35) return pick(random, texts);
  if (roll < 0.6) return pick(random, numbers);
  // What JavaScript itself cannot write out as a text.
  if (roll < 0.62) return { toString: 1, valueOf: 1 };
  if (roll < 0.7) return pick(random, [true, false, null]);
  if (depth > 3) return null;
  const size = Math.floor(random() * 4);
  if (roll < 0.82) return Array.from({ length: size }, () => randomJson(random, depth + 1));
  return Object.fromEntries(
    Array.from({ length: size }, () => [pick(random, texts.slice(0, 20)), randomJson(random, depth + 1)]),
  );
}

interface Schema {
  readonly properties?: Record<string, Schema>;
  readonly $ref?: string;
}
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema; readonly example?: unknown }> };
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components?: { readonly schemas?: Record<string, Schema> };
}

/** All right but for one field, at any depth. */
function spoiled(random: Random, right: unknown): unknown {
  if (typeof right !== "object" || right === null || random() < 0.1) return randomJson(random, 3);
  const entries = Object.entries(right);
  const [spot] = pick(random, entries.length > 0 ? entries : [["", null]]);
  const fields = entries.map(([name, value]) => [name, name === spot ? spoiled(random, value) : value] as const);
  return Array.isArray(right) ? fields.map(([, value]) => value) : Object.fromEntries(fields);
}

/** Bodies near the schema find more than noise does: its own fields, with wild values. */
function randomBody(random: Random, document: Document, operation: Operation): unknown {
  const { schema: stated, example } = operation.requestBody?.content["application/json"] ?? {};
  if (example !== undefined && random() < 0.4) return spoiled(random, example);
  const schema =
    stated?.$ref === undefined ? stated : document.components?.schemas?.[stated.$ref.split("/").at(-1) ?? ""];
  if (schema?.properties === undefined || random() < 0.15) return randomJson(random, 0);
  return Object.fromEntries(
    Object.keys(schema.properties)
      .filter(() => random() < 0.8)
      .map((name) => [name, randomJson(random, 1)]),
  );
}

function rawBody(random: Random, body: unknown): string {
  const roll = random();
  const json = JSON.stringify(body) ?? "null";
  if (roll < 0.03) return json.slice(0, Math.floor(json.length / 2));
  if (roll < 0.05) return "[".repeat(10_000);
  if (roll < 0.06) return `{"price": 1e999, "name": NaN}`;
  if (roll < 0.07) return "";
  return json;
}

/** The link to a subscription that is paid for: behind it are routes without a key. */
async function portalToken(): Promise<string> {
  const client = new QBitFlow({ apiKey: server.dev.testApiKey, baseUrl: server.dev.apiUrl });
  const { uuid } = await client.subscriptions.createSession({
    ...{ productName: "Plan", description: "", price: 10 },
    frequency: { value: 1, unit: "months" },
  });
  await (await subscriberOf(server.dev)).subscribe(uuid);
  const { portalUrl } = await client.subscriptions.getPortalLink(uuid);
  return portalUrl.split("/").at(-1) ?? "";
}

test(`${requests} random requests end without a single 5xx`, { timeout: 300_000 }, async () => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
  console.log(`FUZZ_SEED=${seed}`);
  const random = randomFrom(seed);
  const origin = new URL(server.dev.apiUrl).origin;
  const document = (await (await fetch(`${origin}/v1/openapi.json`)).json()) as Document;
  const session = (await (
    await fetch(`${origin}/v1/transaction/session-checkout/`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": server.dev.testApiKey },
      body: JSON.stringify({ productId: 1 }),
    })
  ).json()) as { uuid: string };
  const portal = await portalToken();
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  expect(operations.length).toBeGreaterThan(20);

  const failures: string[] = [];
  const statuses = new Map<number, number>();
  let sent = 0;
  async function sender() {
    while (sent < requests) {
      sent += 1;
      const { path, method, operation } = pick(random, operations);
      // One alone may be as long as a request's head lets it.
      const parameter = (longest: number) =>
        random() < 0.3
          ? session.uuid
          : encodeURIComponent(
              String(
                pick(
                  random,
                  texts.filter((text) => text.length <= longest && text !== "\ud800"),
                ),
              ),
            );
      const inPath = (name: string) => (name === "{token}" && random() < 0.8 ? portal : parameter(10_000));
      const query = (operation.parameters ?? [])
        .filter((each) => each.in === "query" && random() < 0.7)
        .map((each) => `${each.name}=${parameter(300)}`);
      const url = `${origin}${path.startsWith("/v1") ? "" : "/v1"}${path.replaceAll(/\{[^}]+\}/g, inPath)}${query.length > 0 ? `?${query.join("&")}` : ""}`;
      const body = method === "GET" ? undefined : rawBody(random, randomBody(random, document, operation));
      const response = await fetch(url, {
        method,
        redirect: "manual",
        headers: {
          ...(random() < 0.9 ? { "x-api-key": server.dev.testApiKey } : {}),
          ...(body === undefined ? {} : { "content-type": random() < 0.95 ? "application/json" : "text/plain" }),
          ...(random() < 0.1 ? { "idempotency-key": String(Math.floor(random() * 50)) } : {}),
        },
        ...(body === undefined ? {} : { body }),
      });
      const text = await response.text();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      const told = `${method} ${url} ${body?.slice(0, 300)} → ${response.status} ${text.slice(0, 300)}`;
      if (response.status >= 500) failures.push(told);
      else if (response.status >= 400) {
        const error = JSON.parse(text) as { error?: string; code?: string; status?: number; requestId?: string };
        if (
          !error.error ||
          !/^[a-z0-9_]+$/.test(error.code ?? "") ||
          error.status !== response.status ||
          !error.requestId
        )
          failures.push(told);
      }
    }
  }
  await Promise.all(Array.from({ length: connections }, sender));
  console.log(
    [...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${status}: ${count}`)
      .join("  "),
  );
  expect(failures.slice(0, 5)).toEqual([]);
  expect((await fetch(`${origin}/readyz`)).status).toBe(200);
});
