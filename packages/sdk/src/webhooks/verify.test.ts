import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { problem, ScriptedApi } from "../../test/scripted-api.ts";
import {
  QBitFlow as Client,
  isSessionEvent,
  isSubscriptionEvent,
  isUsageThresholdEvent,
  type QBitFlow,
  signWebhook,
  verifyWebhook,
  WebhookVerificationError,
} from "../index.ts";

const secret = `whsec_${btoa("the newest secret, 32 bytes long")}`;
const olderSecret = `whsec_${btoa("an older secret, also 32 bytes..")}`;
const event = {
  uuid: "0199",
  status: { type: "payment", status: "completed", txHash: "0xab" },
  session: { uuid: "0199", productName: "Tea & <Cake> 🍵", price: 24.5, availableCurrencies: [], customerUUID: "" },
};
const canonicalEvent =
  '{"session":{"availableCurrencies":[],"customerUUID":"","price":24.5,"productName":"Tea \\u0026 \\u003cCake\\u003e 🍵","uuid":"0199"},"status":{"status":"completed","txHash":"0xab","type":"payment"},"uuid":"0199"}';
const nowMs = 1_800_000_000_000;
const timestamp = nowMs / 1000;

function canonicalSignature(key: string, at: number = timestamp): string {
  return `sha256=${createHmac("sha256", key).update(`${at}.${canonicalEvent}`).digest("hex")}`;
}

async function reasonOf(promise: Promise<unknown>): Promise<string> {
  const failure = await promise.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(WebhookVerificationError);
  return (failure as WebhookVerificationError).reason;
}

describe("X-Webhook-Signature-256", () => {
  const headers = { "X-Webhook-Timestamp": String(timestamp), "X-Webhook-Signature-256": canonicalSignature(secret) };
  const reordered = JSON.stringify({ session: event.session, uuid: event.uuid, status: event.status }, null, 2);

  test("is the HMAC, under the secret's text, of timestamp and canonical JSON, however the body was printed", async () => {
    expect(await verifyWebhook(JSON.stringify(event), headers, { secret, nowMs })).toEqual(event);
    expect(await verifyWebhook(reordered, headers, { secret, nowMs })).toEqual(event);
  });

  test("fits a body that a framework has parsed", async () => {
    expect(await verifyWebhook(structuredClone(event), headers, { secret, nowMs })).toEqual(event);
  });

  test.each<[string, Parameters<typeof verifyWebhook>[1]]>([
    ["Headers", new Headers(headers)],
    [
      "Node's lower case",
      { "x-webhook-timestamp": String(timestamp), "x-webhook-signature-256": canonicalSignature(secret) },
    ],
    ["lists", { "X-WEBHOOK-TIMESTAMP": [String(timestamp)], "X-WEBHOOK-SIGNATURE-256": [canonicalSignature(secret)] }],
    ["signature and timestamp alone", { signature: canonicalSignature(secret), timestamp }],
    ["hex without its prefix", { signature: canonicalSignature(secret).slice(7), timestamp }],
    [
      "several signatures",
      { signature: `${canonicalSignature(olderSecret)}, ${canonicalSignature(secret)}`, timestamp },
    ],
  ])("is read from %s", async (_name, form) => {
    expect(await verifyWebhook(JSON.stringify(event), form, { secret, nowMs })).toEqual(event);
  });

  test.each<[string, string, Parameters<typeof verifyWebhook>[1]]>([
    ["signature_mismatch", JSON.stringify({ ...event, uuid: "0200" }), headers],
    [
      "signature_mismatch",
      JSON.stringify(event),
      { ...headers, "X-Webhook-Signature-256": canonicalSignature(olderSecret) },
    ],
    ["signature_mismatch", JSON.stringify(event), { ...headers, "X-Webhook-Timestamp": String(timestamp + 1) }],
    ["signature_malformed", JSON.stringify(event), { ...headers, "X-Webhook-Signature-256": "sha256=abc" }],
    ["signature_malformed", JSON.stringify(event), { ...headers, "X-Webhook-Signature-256": "" }],
    ["timestamp_malformed", JSON.stringify(event), { ...headers, "X-Webhook-Timestamp": "1e9" }],
    ["payload_malformed", "{", headers],
    ["payload_malformed", '{"uuid":"\\ud800"}', headers],
    ["payload_malformed", `"${"x".repeat(2 ** 20)}"`, headers],
    ["headers_missing", JSON.stringify(event), {}],
    ["headers_missing", JSON.stringify(event), { "X-Webhook-Timestamp": String(timestamp) }],
  ])("%s", async (reason, body, wrong) => {
    expect(await reasonOf(verifyWebhook(body, wrong, { secret, nowMs }))).toBe(reason);
  });

  test.each([-301, 301])("a timestamp %i s off is refused, one second less is not", async (offSeconds) => {
    const at = timestamp + offSeconds;
    const late = { signature: canonicalSignature(secret, at), timestamp: at };
    expect(await reasonOf(verifyWebhook(JSON.stringify(event), late, { secret, nowMs }))).toBe(
      "timestamp_out_of_tolerance",
    );
    const near = at - Math.sign(offSeconds);
    const intime = { signature: canonicalSignature(secret, near), timestamp: near };
    expect(await verifyWebhook(JSON.stringify(event), intime, { secret, nowMs })).toEqual(event);
  });
});

describe("Standard Webhooks", () => {
  const body = JSON.stringify(event);
  function headersBy(key: string, at = nowMs): Record<string, string> {
    const signature = new Webhook(key).sign("msg_1", new Date(at), body);
    return { "webhook-id": "msg_1", "webhook-timestamp": String(at / 1000), "webhook-signature": signature };
  }

  test("what another library signs is verified, from text and from bytes", async () => {
    expect(await verifyWebhook(body, headersBy(secret), { secret, nowMs })).toEqual(event);
    expect(await verifyWebhook(Buffer.from(body), headersBy(secret), { secret, nowMs })).toEqual(event);
    const { buffer, byteOffset, byteLength } = new TextEncoder().encode(body);
    expect(
      await verifyWebhook(buffer.slice(byteOffset, byteOffset + byteLength), headersBy(secret), { secret, nowMs }),
    ).toEqual(event);
  });

  test("what is signed here, another library verifies", async () => {
    const signed = await signWebhook(event, { secret });
    expect(new Webhook(secret).verify(signed.body, signed.headers)).toEqual(event);
  });

  test("a changed id, body or secret does not fit", async () => {
    const headers = headersBy(secret);
    const changedId = { ...headers, "webhook-id": "msg_2" };
    expect(await reasonOf(verifyWebhook(body, changedId, { secret, nowMs }))).toBe("signature_mismatch");
    expect(await reasonOf(verifyWebhook(`${body} `, headers, { secret, nowMs }))).toBe("signature_mismatch");
    expect(await reasonOf(verifyWebhook(body, headers, { secret: olderSecret, nowMs }))).toBe("signature_mismatch");
    const asymmetric = { ...headers, "webhook-signature": headers["webhook-signature"]?.replace("v1,", "v1a,") };
    expect(await reasonOf(verifyWebhook(body, asymmetric, { secret, nowMs }))).toBe("signature_malformed");
  });
});

describe("a verified webhook", () => {
  const changed = {
    subscriptionUUID: "0199",
    previousStatus: "trial",
    currentStatus: "active",
    updatedAt: "2027-01-15T08:00:00Z",
  };
  const used = {
    subscriptionUUID: "0199",
    usagePercent: 80,
    unitsCurrentPeriod: 12.5,
    maxSpendingPerPeriod: 10,
    updatedAt: "2027-01-15T08:00:00Z",
  };

  test.each([
    ["a session's status", event, [true, false, false]],
    [
      "a bill's payment",
      { ...event, status: { type: "executeSubscription", status: "completed" } },
      [true, false, false],
    ],
    ["a subscription's status", changed, [false, true, false]],
    ["usage near the limit", used, [false, false, true]],
    ["a kind that a later server may send", { invoiceUUID: "0199" }, [false, false, false]],
  ])("is told apart: %s", async (_, body, kinds) => {
    const signed = await signWebhook(body, { secret });
    const verified = await verifyWebhook(signed.body, signed.headers, { secret });
    expect(verified).toEqual(body);
    expect([isSessionEvent(verified), isSubscriptionEvent(verified), isUsageThresholdEvent(verified)]).toEqual(kinds);
  });
});

describe("while a secret is rotated", () => {
  test("a receiver with either secret, or both, accepts what both have signed", async () => {
    const signed = await signWebhook(event, { secret: [secret, olderSecret] });
    for (const known of [secret, olderSecret, [olderSecret, secret]]) {
      expect(await verifyWebhook(signed.body, signed.headers, { secret: known })).toEqual(event);
    }
    expect(new Webhook(olderSecret).verify(signed.body, signed.headers)).toEqual(event);
  });

  test("a receiver with both accepts what either has signed", async () => {
    for (const used of [secret, olderSecret]) {
      const signed = await signWebhook(event, { secret: used });
      expect(await verifyWebhook(signed.body, signed.headers, { secret: [secret, olderSecret] })).toEqual(event);
    }
  });
});

describe("client.webhooks", () => {
  let api: ScriptedApi;
  let client: QBitFlow;
  beforeEach(async () => {
    api = await new ScriptedApi().start();
    client = new Client({ apiKey: "sk_1_test_x", baseUrl: api.url, webhookSecret: secret });
  });
  afterEach(() => api.stop());

  test("signs and verifies over a real request, sending nothing to the server", async () => {
    const results: unknown[] = [];
    const receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const delivery = client.webhooks.deliveryOf(request.headers);
      results.push(await client.webhooks.verify(Buffer.concat(chunks), request.headers), delivery);
      response.end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    try {
      const { body, headers } = await client.webhooks.sign(event, { id: "wh_1", sequence: 3 });
      await fetch(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}`, { method: "POST", body, headers });
    } finally {
      receiver.closeAllConnections();
      receiver.close();
    }
    expect(results).toEqual([event, { id: "wh_1", sequence: 3 }]);
    expect(api.seen).toHaveLength(0);
  });

  test("takes another secret, as text, list or option, and needs one", async () => {
    const { body, headers } = await client.webhooks.sign(event, { secret: olderSecret });
    for (const given of [olderSecret, [olderSecret], { secret: olderSecret }]) {
      expect(await client.webhooks.verify(body, headers, given)).toEqual(event);
    }
    expect(await reasonOf(client.webhooks.verify(body, headers))).toBe("signature_mismatch");
    const without = new Client({ apiKey: "sk_1_test_x", baseUrl: api.url });
    expect(await reasonOf(without.webhooks.verify(body, headers))).toBe("secret_missing");
    expect(await reasonOf(client.webhooks.verify(body, headers, ""))).toBe("secret_missing");
  });

  test("verifyRemote asks the server with the body as it came", async () => {
    api.on("POST /v1/webhooks/verify", { body: { message: "verified" } });
    const { body, headers } = await client.webhooks.sign(event);
    expect(await client.webhooks.verifyRemote(Buffer.from(body), new Headers(headers))).toBe(true);
    expect(api.seen[0]?.body).toEqual({
      payload: body,
      receivedSignature: headers["X-Webhook-Signature-256"],
      receivedTimestamp: headers["X-Webhook-Timestamp"],
    });
    api.on("POST /v1/webhooks/verify", problem(400, "signature_mismatch", "The signature does not fit."));
    expect(await reasonOf(client.webhooks.verifyRemote(event, headers))).toBe("refused_by_server");
  });
});
