import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { CanonicalJsonError, canonicalJson } from "./canonical-json.ts";
import { sameSignature, signCanonical, signStandard, signWebhook } from "./sign.ts";

describe("canonical JSON", () => {
  it("sorts keys by their UTF-8 bytes at every level and leaves arrays in order", () => {
    // By UTF-16 the emoji (a surrogate pair) would stand before U+FFFD; by UTF-8 bytes it stands after.
    const value = { b: 1, a: { z: [3, 1, 2], "\u{1f600}": 1, "\ufffd": 2 }, A: null, é: true };
    expect(canonicalJson(value)).toBe('{"A":null,"a":{"z":[3,1,2],"\ufffd":2,"\u{1f600}":1},"b":1,"é":true}');
  });

  it("prints numbers as ECMAScript does", () => {
    expect(canonicalJson(JSON.parse("[1.0, -0, 1e2, 99.99, 1e21, 1e-7, 0.000001]"))).toBe(
      "[1,0,100,99.99,1e+21,1e-7,0.000001]",
    );
  });

  it("writes text literally except what HTML and old JavaScript stumble over", () => {
    expect(canonicalJson("<a href='x'>&\u2028\u2029 é \u{1f600}\n\t\"\\")).toBe(
      '"\\u003ca href=\'x\'\\u003e\\u0026\\u2028\\u2029 é \u{1f600}\\n\\t\\"\\\\"',
    );
  });

  it("is the same for a body that was decoded and encoded again in another order and spelling", () => {
    const sent = '{"uuid":"x","status":{"type":"payment","status":"completed"},"session":{"price":99.90}}';
    const reencoded =
      '{ "session": {"price": 99.9}, "status": {"status":"completed","type":"\\u0070ayment"}, "uuid": "x" }';
    expect(canonicalJson(JSON.parse(reencoded))).toBe(canonicalJson(JSON.parse(sent)));
  });

  it("refuses control characters, lone surrogates, deep nesting and what is not JSON", () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 65; depth++) deep = [deep];
    const refused = ["\u0000", "\u001b", "\ud800", { "\udc00": 1 }, deep, Number.NaN, 1n, () => 1];
    for (const value of refused) expect(() => canonicalJson(value)).toThrow(CanonicalJsonError);
    expect(canonicalJson((deep as unknown[])[0])).toContain("[");
  });

  it("does not fall for a key that is called __proto__", () => {
    expect(canonicalJson(JSON.parse('{"__proto__":1,"a":2}'))).toBe('{"__proto__":1,"a":2}');
  });
});

describe("a webhook's headers", () => {
  const secretBytes = Buffer.alloc(32, 7);
  const current = `whsec_${secretBytes.toString("base64")}`;
  const previous = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
  const input = { id: "d1", timestamp: 1_760_000_000, sequence: 3, body: '{"b":"<","a":1}' };

  it("sign the canonical body with the secret's whole text", () => {
    const headers = signWebhook({ ...input, secrets: { current, previous: null } });
    const expected = createHmac("sha256", current).update('1760000000.{"a":1,"b":"\\u003c"}').digest("hex");
    expect(headers).toMatchObject({
      "X-Webhook-ID": "d1",
      "X-Webhook-Timestamp": "1760000000",
      "X-Webhook-Sequence": "3",
      "X-Webhook-Signature-256": `sha256=${expected}`,
    });
  });

  it("sign the raw body as Standard Webhooks with the secret's bytes", () => {
    const headers = signWebhook({ ...input, secrets: { current, previous: null } });
    const expected = createHmac("sha256", secretBytes).update(`d1.1760000000.${input.body}`).digest("base64");
    expect(headers).toMatchObject({
      "webhook-id": "d1",
      "webhook-timestamp": "1760000000",
      "webhook-signature": `v1,${expected}`,
    });
  });

  it("carry both standard signatures while a rotation overlaps, and ours by the new secret", () => {
    const headers = signWebhook({ ...input, secrets: { current, previous } });
    expect(headers["webhook-signature"]).toBe(`${signStandard(current, input)} ${signStandard(previous, input)}`);
    const canonical = canonicalJson(JSON.parse(input.body));
    expect(headers["X-Webhook-Signature-256"]).toBe(`sha256=${signCanonical(current, input.timestamp, canonical)}`);
  });

  it("are compared whole", () => {
    expect([sameSignature("ab", "ab"), sameSignature("ab", "ac"), sameSignature("ab", "abc")]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
