import { inspect } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cut, hang, problem, ScriptedApi, type Step } from "../test/scripted-api.ts";
import * as sdk from "./index.ts";

const apiKey = "sk_1_test_VerySecretPart";
const session = { uuid: "0199", link: "http://pay/0199", expiresAt: 1_800_000_000 };
const createRoute = "POST /v1/transaction/session-checkout/";
let api: ScriptedApi;

beforeEach(async () => {
  api = await new ScriptedApi().start();
});
afterEach(() => api.stop());

function client(options: Partial<sdk.QBitFlowOptions> = {}): sdk.QBitFlow {
  return new sdk.QBitFlow({ apiKey, baseUrl: api.url, retryDelayMs: 1, ...options });
}

async function failureOf(promise: PromiseLike<unknown>): Promise<sdk.QBitFlowError> {
  const failure = await Promise.resolve(promise).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(sdk.QBitFlowError);
  return failure as sdk.QBitFlowError;
}

test("a session is created with the key in its header and the wire's names in its body", async () => {
  api.on(createRoute, { body: session });
  const input = { productName: "Tea", description: "Green", price: 24.99, customerUuid: "c1", reference: "order-7" };
  expect(await client().oneTimePayments.createSession(input)).toEqual(session);
  const [request] = api.seen;
  expect(request?.headers["x-api-key"]).toBe(apiKey);
  expect(request?.body).toEqual({
    productName: "Tea",
    description: "Green",
    price: 24.99,
    customerUUID: "c1",
    reference: "order-7",
  });
});

test.each(["", "/", "/v1", "/v1/"])("the base URL may end in %j", async (ending) => {
  api.on("GET /v1/product/", { body: [] });
  await client({ baseUrl: api.url + ending }).products.getAll();
  expect(api.seen[0]?.url).toBe("/v1/product/");
});

test("a creation is tried again under the same Idempotency-Key, the next creation under another", async () => {
  api.on(createRoute, problem(503, "unavailable", "Busy."), cut, { body: session });
  const { oneTimePayments } = client();
  await oneTimePayments.createSession({ productId: 1 });
  await oneTimePayments.createSession({ productId: 1 });
  const keys = api.seen.map(({ headers }) => headers["idempotency-key"]);
  expect(keys).toHaveLength(4);
  expect(new Set(keys.slice(0, 3)).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[3]).not.toBe(keys[0]);
});

test("a caller's own Idempotency-Key is used", async () => {
  api.on(createRoute, { body: session });
  await client().oneTimePayments.createSession({ productId: 1 }, { idempotencyKey: "order-7" });
  expect(api.seen[0]?.headers["idempotency-key"]).toBe("order-7");
});

test("a deletion whose answer was lost is not sent twice, one that was refused for its rate is", async () => {
  api.on("DELETE /v1/product/1", cut);
  expect(await failureOf(client().products.delete(1))).toBeInstanceOf(sdk.ConnectionError);
  expect(api.count("DELETE /v1/product/1")).toBe(1);
  const limited = { ...problem(429, "rate_limited", "Slow down."), headers: { "Retry-After": "0" } };
  api.on("DELETE /v1/product/2", limited, { body: { message: "deleted" } });
  expect(await client().products.delete(2)).toEqual({ message: "deleted" });
});

test("retries end, and the last failure is told", async () => {
  api.on("GET /v1/product/", problem(500, "internal", "Our fault."));
  const failure = await failureOf(client({ maxRetries: 2 }).products.getAll());
  expect(failure).toMatchObject({ name: "ServerError", status: 500, code: "internal", message: "Our fault." });
  expect(api.seen).toHaveLength(3);
});

test("Retry-After is waited for", async () => {
  const limited = { ...problem(429, "rate_limited", "Slow down."), headers: { "Retry-After": "1" } };
  api.on("GET /v1/product/", limited, { body: [] });
  const startedAtMs = performance.now();
  await client().products.getAll();
  expect(performance.now() - startedAtMs).toBeGreaterThan(950);
});

test("a Retry-After too long to wait for is handed to the caller", async () => {
  const limited = { ...problem(429, "rate_limited", "Slow down."), headers: { "Retry-After": "3600" } };
  api.on("GET /v1/product/", limited);
  const failure = await failureOf(client().products.getAll());
  expect(failure).toBeInstanceOf(sdk.RateLimitError);
  expect(failure.retryAfterMs).toBe(3_600_000);
  expect(api.seen).toHaveLength(1);
});

test.each([
  [400, sdk.ValidationError],
  [401, sdk.AuthenticationError],
  [403, sdk.PermissionError],
  [404, sdk.NotFoundError],
  [409, sdk.ConflictError],
  [410, sdk.GoneError],
  [413, sdk.ValidationError],
  [415, sdk.ValidationError],
  [422, sdk.ValidationError],
  [429, sdk.RateLimitError],
  [418, sdk.QBitFlowError],
  [500, sdk.ServerError],
  [502, sdk.ServerError],
])("status %i is its own error", async (status, ErrorClass) => {
  api.on("GET /v1/product/", problem(status, "some_code", "What to do."));
  const failure = await failureOf(client({ maxRetries: 0 }).products.getAll());
  expect(failure.constructor).toBe(ErrorClass);
  expect(failure).toMatchObject({ status, code: "some_code", requestId: "req_1", message: "What to do.", errors: [] });
});

test("field errors are told in the message and in a list", async () => {
  const body = {
    error: "The price is wrong.",
    code: "validation",
    errors: [{ field: "price", message: "at least 0.01", error: "x" }],
  };
  api.on(createRoute, { status: 400, body, headers: { "X-Request-Id": "req_h" } });
  const failure = await failureOf(client().oneTimePayments.createSession({ productId: 1 }));
  expect(failure.message).toBe("The price is wrong. (price: at least 0.01)");
  expect(failure.errors).toEqual([{ field: "price", message: "at least 0.01" }]);
  expect(failure.requestId).toBe("req_h");
});

test.each<[string, Step]>([
  ["no answer", hang],
  ["half an answer", { act: (response) => response.writeHead(200).write("{") }],
])("%s ends in TimeoutError", async (_name, step) => {
  api.on("GET /v1/product/", step);
  const failure = await failureOf(client({ timeoutMs: 60, maxRetries: 1 }).products.getAll());
  expect(failure).toBeInstanceOf(sdk.TimeoutError);
  expect(api.seen).toHaveLength(2);
});

test("an aborted signal ends the request and its retries with the signal's reason", async () => {
  const controller = new AbortController();
  api.on("GET /v1/product/", { act: () => controller.abort(new Error("closed the tab")) });
  await expect(client().products.getAll({ signal: controller.signal })).rejects.toThrow("closed the tab");
  expect(api.seen).toHaveLength(1);
  await expect(client().products.getAll({ signal: controller.signal })).rejects.toThrow("closed the tab");
  expect(api.seen).toHaveLength(1);
});

test("a redirect is not followed: the key stays with the server it is for", async () => {
  const other = await new ScriptedApi().start();
  try {
    api.on("GET /v1/product/", { status: 302, text: "", headers: { Location: `${other.url}/v1/product/` } });
    const failure = await failureOf(client().products.getAll());
    expect(failure.message).toContain("baseUrl");
    expect(other.seen).toHaveLength(0);
  } finally {
    await other.stop();
  }
});

test("an address that is no QBitFlow server is told so", async () => {
  api.on("GET /v1/product/", { text: "<html>Welcome</html>" });
  const failure = await failureOf(client().products.getAll());
  expect(failure).toMatchObject({ name: "ConnectionError", code: "invalid_response", status: 200 });
  api.on("GET /v1/product/", { status: 404, text: "<html>Nothing</html>" });
  expect(await failureOf(client().products.getAll())).toMatchObject({ name: "NotFoundError", code: "http_404" });
});

test("nobody there: ConnectionError names the address and keeps the cause", async () => {
  const gone = await new ScriptedApi().start();
  const { url } = gone;
  await gone.stop();
  const failure = await failureOf(client({ baseUrl: url, maxRetries: 1 }).products.getAll());
  expect(failure).toBeInstanceOf(sdk.ConnectionError);
  expect(failure.message).toContain(url);
  expect(failure.cause).toBeDefined();
});

test("the key is in no error and in no log", async () => {
  const qbitflow = client({ webhookSecret: "whsec_c2VjcmV0" });
  api.on("GET /v1/product/", problem(401, "unknown_key", `No such key: ${apiKey}.`));
  const failure = await failureOf(qbitflow.products.getAll());
  expect(failure.message).toBe("No such key: [API key].");
  api.on("GET /v1/product/", cut);
  const lost = await failureOf(client({ maxRetries: 0 }).products.getAll());
  const logged = [failure, lost, qbitflow, qbitflow.products, { deep: { qbitflow } }]
    .flatMap((value) => [inspect(value, { depth: 9, showHidden: true }), JSON.stringify(value), String(value)])
    .join("\n");
  expect(logged).not.toContain("VerySecretPart");
  expect(logged).not.toContain("c2VjcmV0");
  expect(() => client({ apiKey: "sk_1_test_VerySecretPart\nX: y" })).toThrow(/^(?!.*VerySecret).*apiKey/);
});

test.each(["", ".", ".."])("an id of %j asks for no other route", async (uuid) => {
  const failure = await failureOf(client().customers.get(uuid));
  expect(failure.errors[0]?.field).toBe("uuid");
  expect(api.seen).toHaveLength(0);
});

test("ids are encoded", async () => {
  api.on("GET /v1/customer/email/a%2Fb%3F%40x.org", { body: { uuid: "c1" } });
  expect(await client().customers.getByEmail("a/b?@x.org")).toEqual({ uuid: "c1" });
});

test.each<[string, Partial<sdk.QBitFlowOptions>]>([
  ["apiKey", { apiKey: "" }],
  ["baseUrl", { baseUrl: "pay.example.com" }],
  ["baseUrl", { baseUrl: "ftp://pay.example.com" }],
  ["baseUrl", { baseUrl: "https://user:word@pay.example.com" }],
  ["timeoutMs", { timeoutMs: 0 }],
  ["maxRetries", { maxRetries: Number.NaN }],
])("a bad %s is refused at once", (field, options) => {
  expect(() => client(options)).toThrow(
    expect.objectContaining({ code: "invalid_option", errors: [expect.objectContaining({ field })] }),
  );
});

test("key and address come from the environment, and what is passed wins", async () => {
  api.on("GET /v1/user/", { body: { id: 1 } });
  const before = { ...process.env };
  Object.assign(process.env, { QBITFLOW_API_KEY: "sk_1_test_env", QBITFLOW_BASE_URL: api.url });
  try {
    await sdk.QBitFlow.fromEnv().users.me();
    await sdk.QBitFlow.fromEnv({ apiKey }).users.me();
    expect(api.seen.map(({ headers }) => headers["x-api-key"])).toEqual(["sk_1_test_env", apiKey]);
    delete process.env.QBITFLOW_API_KEY;
    expect(() => sdk.QBitFlow.fromEnv()).toThrow("QBITFLOW_API_KEY");
  } finally {
    process.env = before;
  }
});
