import { expect, test } from "vitest";
import { testServer } from "../../test/server.ts";

const token = "f3b1c9d27a5e4086b1d2";

test("the token, and nothing else, opens the operator's numbers", async () => {
  await using server = await testServer({ env: { METRICS_TOKEN: token } });
  for (const authorization of [
    undefined,
    "",
    token,
    `Bearer ${token}x`,
    `bearer ${token}`,
    `Bearer ${token.slice(1)}`,
  ]) {
    const answer = await server.call("GET", "/metrics", { key: null, headers: authorization ? { authorization } : {} });
    expect(answer.json(), authorization).toMatchObject({ status: 401, code: "metrics_token_invalid" });
  }
  await server.call("GET", "/v1/product");
  const answer = await server.call("GET", "/metrics", { key: null, headers: { authorization: `Bearer ${token}` } });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers["content-type"]).toContain("text/plain");
  expect(answer.body).toMatch(/^qbitflow_bills_due 0$/m);
  expect(answer.body).toMatch(/^qbitflow_webhook_deliveries_waiting 0$/m);
  expect(answer.body).toMatch(
    /^qbitflow_http_request_duration_seconds_count\{method="GET",route="\/v1\/product",status="200"\} 1$/m,
  );
  expect(answer.body).not.toContain(server.merchant.key);
});

test("without a token there are no numbers to ask for", async () => {
  await using server = await testServer();
  expect((await server.call("GET", "/metrics", { key: null })).json()).toMatchObject({ code: "route_not_found" });
});
