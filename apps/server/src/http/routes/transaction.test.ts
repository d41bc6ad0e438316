import { createSession } from "@qbitflow/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestServer, testServer } from "../../../test/server.ts";

let server: TestServer;
let uuid: string;
beforeAll(async () => {
  server = await testServer();
  uuid = (
    await createSession(server.ctx, server.merchant.principal, {
      productId: 1,
      webhookUrl: "https://shop.example/hook",
    })
  ).uuid;
});
afterAll(() => server.close());

test.each([
  "transactionUUID=U&transactionStatusType=payment",
  "txUUID=U&txType=payment",
  "transactionUUID=U&transactionType=payment",
])("a status can be asked for as %s", async (query) => {
  const answer = await server.call("GET", `/v1/transaction/status?${query.replace("U&", `${uuid}&`)}`);
  expect(answer.json()).toEqual({ type: "payment", status: "created" });
});

test.each([
  ["transactionStatusType=payment", 400],
  ["transactionUUID=U", 400],
  ["transactionUUID=U&transactionStatusType=nonsense", 400],
  ["transactionUUID=U&transactionStatusType=subscription", 404],
  ["transactionUUID=nonsense&transactionStatusType=payment", 404],
  ["transactionUUID=0197c89d-a1b2-7c3d-8e4f-5a6b7c8d9e0f&transactionStatusType=payment", 404],
])("the status query %s answers %i", async (query, status) => {
  const answer = await server.call("GET", `/v1/transaction/status?${query.replace("=U", `=${uuid}`)}`);
  expect(answer.json().status, answer.body).toBe(status);
});

test("before it is paid there is no payment, and the lists are empty", async () => {
  expect((await server.call("GET", `/v1/transaction/payment/${uuid}`)).json().code).toBe("not_found");
  for (const path of ["payments", "payments/combined"]) {
    expect((await server.call("GET", `/v1/transaction/${path}?limit=5&cursor=`)).json()).toEqual({
      items: [],
      nextCursor: null,
    });
    expect((await server.call("GET", `/v1/transaction/${path}?cursor=nonsense`)).json()).toMatchObject({
      status: 400,
      code: "invalid_cursor",
    });
  }
});

test("the event log tells what happened, newest first", async () => {
  const { items } = (await server.call("GET", "/v1/events?limit=1")).json();
  expect(items).toEqual([
    {
      id: expect.any(Number),
      type: "checkout_session.created",
      uuid,
      data: expect.anything(),
      createdAt: expect.any(String),
    },
  ]);
});

test("webhook deliveries are listed by session; an unknown one cannot be replayed", async () => {
  expect((await server.call("GET", `/v1/webhooks/deliveries?uuid=${uuid}`)).json()).toEqual({ items: [] });
  await server.call("POST", `/v1/transaction/session-checkout/${uuid}/expire`);
  const { items } = (await server.call("GET", `/v1/webhooks/deliveries?uuid=${uuid}`)).json();
  expect(items).toEqual([
    expect.objectContaining({ uuid, sequence: 1, state: "due", url: "https://shop.example/hook", attempts: [] }),
  ]);
  expect((await server.call("POST", `/v1/webhooks/deliveries/${items[0].id}/replay`)).statusCode).toBe(200);
  const unknown = "0197c89d-a1b2-7c3d-8e4f-5a6b7c8d9e0f";
  expect((await server.call("POST", `/v1/webhooks/deliveries/${unknown}/replay`)).json().code).toBe("not_found");
});
