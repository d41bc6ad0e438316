import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket as WsClient, type WebSocket as WsSocket } from "ws";
import { cut, problem } from "../../test/scripted-api.ts";
import { StatusApi } from "../../test/status-api.ts";
import {
  NotFoundError,
  QBitFlow,
  type QBitFlowOptions,
  TimeoutError,
  type TransactionStatus,
  type WebSocketConstructor,
} from "../index.ts";

const created: TransactionStatus = { type: "payment", status: "created" };
const one: TransactionStatus = { type: "payment", status: "waitingConfirmation", message: "1 of 2 confirmations" };
const two: TransactionStatus = { ...one, message: "2 of 2 confirmations" };
const completed: TransactionStatus = { type: "payment", status: "completed", txHash: "0xab" };
const getRoute = "GET /v1/transaction/status";
const ticketRoute = "POST /v1/transaction/status/ticket";

let api: StatusApi;
beforeEach(async () => {
  api = new StatusApi();
  await api.start();
});
afterEach(() => api.stop());

function client(options: Partial<QBitFlowOptions> = {}): QBitFlow {
  return new QBitFlow({ apiKey: "sk_1_test_Secret", baseUrl: api.url, retryDelayMs: 1, ...options });
}

function send(socket: WsSocket, ...statuses: TransactionStatus[]): void {
  for (const status of statuses) {
    socket.send(JSON.stringify({ transactionUUID: "u1", transactionUuid: "u1", status }));
  }
}

async function collect(statuses: AsyncIterable<TransactionStatus>): Promise<TransactionStatus[]> {
  const all: TransactionStatus[] = [];
  for await (const status of statuses) all.push(status);
  return all;
}

test("watch tells the present status and each change, once, over one WebSocket", async () => {
  api.converse((socket) => {
    send(socket, created, one, one, two, completed);
    socket.close(1000);
  });
  expect(await collect(client().transactionStatus.watch("u1"))).toEqual([created, one, two, completed]);
  expect(api.connections).toEqual([
    { url: "/v1/transaction/status/ws?transactionUUID=u1&transactionStatusType=payment", ticket: "t1" },
  ]);
  expect(api.seen[0]?.body).toEqual({ transactionUUID: "u1", transactionStatusType: "payment" });
  expect(api.count(getRoute)).toBe(0);
});

test("a WebSocket class can be handed in where the platform has none", async () => {
  api.converse((socket) => send(socket, completed));
  const options = { WebSocket: WsClient as unknown as WebSocketConstructor };
  expect(await collect(client(options).transactionStatus.watch("u1"))).toEqual([completed]);
});

test("a broken connection is opened again with a new ticket, and nothing is told twice", async () => {
  api.converse(
    (socket) => {
      send(socket, created, one);
      setImmediate(() => socket.terminate());
    },
    (socket) => send(socket, one, completed),
  );
  expect(await collect(client().transactionStatus.watch("u1"))).toEqual([created, one, completed]);
  expect(api.connections.map(({ ticket }) => ticket)).toEqual(["t1", "t2"]);
});

test("a connection that keeps failing is given up for polling", async () => {
  api.on(getRoute, { body: created }, cut, { body: one }, { body: one }, { body: completed });
  const statuses = await collect(client().transactionStatus.watch("u1", "payment", { pollIntervalMs: 10 }));
  expect(statuses).toEqual([created, one, completed]);
  expect(api.count(ticketRoute)).toBe(3);
  expect(api.connections).toHaveLength(0);
});

test("an error frame is a failure of the connection, not a status", async () => {
  api.converse((socket) => socket.send(JSON.stringify({ error: "unavailable", status: 503, message: "Restarting." })));
  api.on(getRoute, { body: completed });
  expect(await collect(client().transactionStatus.watch("u1"))).toEqual([completed]);
});

test("hostile frames do no harm", async () => {
  api.converse((socket) => {
    for (const frame of ["null", "[]", "7", '{"status":null}', '{"status":"x"}']) socket.send(frame);
    socket.send(Buffer.from([0, 1, 2]));
    send(socket, completed);
  });
  expect(await collect(client().transactionStatus.watch("u1"))).toEqual([completed]);
});

test("without WebSocket, watch polls from the start", async () => {
  api.on(getRoute, { body: created }, { body: completed });
  const watching = client({ WebSocket: false }).transactionStatus.watch("u1", "payment", { pollIntervalMs: 10 });
  expect(await collect(watching)).toEqual([created, completed]);
  expect(api.count(ticketRoute)).toBe(0);
});

test("an unknown transaction is told at once", async () => {
  api.on(ticketRoute, problem(404, "transaction_not_found", "There is no such transaction."));
  api.on(getRoute, problem(404, "transaction_not_found", "There is no such transaction."));
  const failure = await collect(client().transactionStatus.watch("nope")).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(NotFoundError);
  expect(api.seen).toHaveLength(2);
});

test("leaving the loop closes the connection", async () => {
  const closed = new Promise<void>((resolve) => {
    api.converse((socket) => {
      socket.on("close", () => resolve());
      send(socket, created);
    });
  });
  for await (const status of client().transactionStatus.watch("u1")) {
    expect(status).toEqual(created);
    break;
  }
  await closed;
});

test("a signal ends watching with its reason and closes the connection", async () => {
  const controller = new AbortController();
  const closed = new Promise<void>((resolve) => {
    api.converse((socket) => {
      socket.on("close", () => resolve());
      send(socket, created);
    });
  });
  const watching = client().transactionStatus.watch("u1", "payment", { signal: controller.signal });
  expect((await watching.next()).value).toEqual(created);
  const next = watching.next();
  controller.abort(new Error("enough"));
  await expect(next).rejects.toThrow("enough");
  await closed;
});

test("waitFor gives the final status, whichever it is", async () => {
  const expired: TransactionStatus = { type: "payment", status: "expired" };
  api.converse((socket) => send(socket, created, expired));
  expect(await client().transactionStatus.waitFor("u1")).toEqual(expired);
});

test("waitFor ends in TimeoutError when nothing final comes, and hears its caller's signal", async () => {
  api.converse(
    (socket) => send(socket, created),
    (socket) => send(socket, created),
  );
  const { transactionStatus } = client();
  await expect(transactionStatus.waitFor("u1", "payment", { timeoutMs: 80 })).rejects.toBeInstanceOf(TimeoutError);
  const signal = AbortSignal.timeout(80);
  await expect(transactionStatus.waitFor("u1", "payment", { signal })).rejects.toMatchObject({ name: "TimeoutError" });
  await expect(transactionStatus.waitFor("u1", "payment", { signal })).rejects.toBe(signal.reason);
});
