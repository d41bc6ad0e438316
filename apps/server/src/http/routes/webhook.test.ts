import { canonicalJson, signWebhook, webhookSecrets } from "@qbitflow/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestServer, testServer } from "../../../test/server.ts";

let server: TestServer;
let secret: string;
beforeAll(async () => {
  server = await testServer();
  server.ctx.clock.set(new Date());
  const tenant = { organizationId: server.merchant.organization.id, test: true };
  secret = (await webhookSecrets(server.ctx, tenant)).current;
});
afterAll(() => server.close());

const payload = {
  uuid: "u",
  status: { type: "payment", status: "completed" },
  session: { price: 25, productName: "Tee <&>" },
};

function signed(timestamp: number) {
  const headers = signWebhook({
    secrets: { current: secret, previous: null },
    id: "msg_1",
    timestamp,
    sequence: 1,
    body: canonicalJson(payload),
  });
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { receivedSignature: named["x-webhook-signature-256"], receivedTimestamp: named["x-webhook-timestamp"] };
}
const now = () => Math.floor(server.ctx.clock.now().getTime() / 1000);

test("a webhook is verified as object, as raw text, and re-encoded with null fields", async () => {
  const proof = signed(now());
  const reEncoded = {
    session: { productName: "Tee <&>", price: 25.0, productId: null },
    status: payload.status,
    uuid: "u",
  };
  for (const sent of [payload, canonicalJson(payload), reEncoded]) {
    const answer = await server.call("POST", "/v1/webhooks/verify", { body: { payload: sent, ...proof } });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json().message).toContain("verified");
  }
  const asNumber = { payload, ...proof, receivedTimestamp: Number(proof.receivedTimestamp) };
  expect((await server.call("POST", "/v1/webhooks/verify", { body: asNumber })).statusCode).toBe(200);
});

test("a changed body, a wrong signature and an old timestamp are refused with 400, each by its code", async () => {
  const proof = signed(now());
  const refusals: [body: object, code: string][] = [
    [{ payload: { ...payload, uuid: "other" }, ...proof }, "webhook_signature_invalid"],
    [{ payload, ...proof, receivedSignature: `sha256=${"0".repeat(64)}` }, "webhook_signature_invalid"],
    [{ payload, ...proof, receivedTimestamp: String(now() - 10) }, "webhook_signature_invalid"],
    [{ payload, ...signed(now() - 400) }, "webhook_timestamp_too_old"],
    [{ payload, ...signed(now() + 400) }, "webhook_timestamp_too_old"],
    [{ payload, ...proof, receivedTimestamp: "yesterday" }, "webhook_timestamp_invalid"],
    [{ payload: "{half", ...proof }, "webhook_payload_invalid"],
  ];
  for (const [body, code] of refusals) {
    const refused = await server.call("POST", "/v1/webhooks/verify", { body });
    expect(refused.statusCode, refused.body).toBe(400);
    expect(refused.json().code).toBe(code);
    expect(refused.json().errors.length).toBeGreaterThan(0);
  }
  expect((await server.call("POST", "/v1/webhooks/verify", { body: {} })).json().code).toBe("validation_failed");
});

test("a listener is opened, asked and closed; what it may not name is refused", async () => {
  const { id } = (await server.call("POST", "/v1/webhooks/listeners")).json();
  const next = (body: object, key?: string | null) =>
    server.call("POST", `/v1/webhooks/listeners/${id}/next`, { body, ...(key !== undefined && { key }) });
  const waiting = next({ waitSeconds: 25 });
  const created = await server.call("POST", "/v1/transaction/session-checkout", { body: { productId: 1 } });
  const { uuid } = created.json();
  await server.call("POST", `/v1/transaction/session-checkout/${uuid}/expire`);
  const { items } = (await waiting).json();
  expect(items).toMatchObject([{ uuid, type: "checkout_session.expired", sequence: 1 }]);
  const [{ position, headers, body, id: webhookId }] = items;
  expect(headers).toMatchObject({ "Content-Type": "application/json", "webhook-id": webhookId });
  const proof = {
    receivedSignature: headers["X-Webhook-Signature-256"],
    receivedTimestamp: headers["X-Webhook-Timestamp"],
  };
  const verified = await server.call("POST", "/v1/webhooks/verify", { body: { payload: body, ...proof } });
  expect(verified.statusCode, verified.body).toBe(200);

  expect((await next({ taken: [position] })).json()).toEqual({ items: [] });
  for (const wrong of [
    { waitSeconds: 26 },
    { taken: [0] },
    { taken: [2 ** 63] },
    { taken: ["1"] },
    { taken: Array(101).fill(1) },
  ]) {
    expect((await next(wrong)).json().code).toBe("validation_failed");
  }
  expect((await next({}, null)).json().code).toBe("key_missing");
  expect((await server.call("POST", `/v1/webhooks/deliveries/${webhookId}/replay`)).statusCode).toBe(200);
  expect((await next({})).json().items).toMatchObject([{ id: webhookId }]);
  const { items: deliveries } = (await server.call("GET", `/v1/webhooks/deliveries?uuid=${uuid}`)).json();
  expect(deliveries).toMatchObject([{ id: webhookId, state: "no_url" }]);
  expect(deliveries[0]).not.toHaveProperty("url");

  expect((await server.call("DELETE", `/v1/webhooks/listeners/${id}`)).statusCode).toBe(200);
  for (const gone of [await next({}), await server.call("DELETE", "/v1/webhooks/listeners/x")]) {
    expect(gone.json().code).toBe("not_found");
  }
  const again = await server.call("POST", `/v1/webhooks/deliveries/${webhookId}/replay`);
  expect(again.json()).toMatchObject({ code: "conflict" });
});

test("the event log is asked by type and by session", async () => {
  const { uuid } = (await server.call("POST", "/v1/transaction/session-checkout", { body: { productId: 1 } })).json();
  const list = (query: string) => server.call("GET", `/v1/events?${query}`);
  expect((await list(`uuid=${uuid}`)).json().items).toMatchObject([{ type: "checkout_session.created", uuid }]);
  expect((await list(`uuid=${uuid}&type=payment.late`)).json()).toEqual({ items: [], nextCursor: null });
  expect((await list("uuid=x")).json().code).toBe("not_found");
});
