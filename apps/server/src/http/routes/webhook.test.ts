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
