import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { createSession, expireSession } from "@qbitflow/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type TestServer, testServer } from "../../test/server.ts";

let server: TestServer;
let base: string;
beforeAll(async () => {
  server = await testServer();
  await server.app.listen({ port: 0, host: "127.0.0.1" });
  base = `ws://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

interface Heard {
  readonly frames: Record<string, unknown>[];
  readonly protocol: string;
  /** The close code, or the HTTP status of a refused upgrade. */
  readonly ended: number;
  /** What a refused upgrade was answered. */
  readonly refusal?: unknown;
}

/** Listens until the socket ends; `onFrame` may act on what it hears. */
function listen(
  path: string,
  options: {
    headers?: Record<string, string>;
    protocols?: string[];
    onFrame?: (count: number, socket: WebSocket) => void;
  } = {},
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(base + path, options.protocols ?? [], { headers: options.headers ?? {} });
    const frames: Record<string, unknown>[] = [];
    socket.on("message", (data) => {
      frames.push(JSON.parse(String(data)));
      options.onFrame?.(frames.length, socket);
    });
    socket.on("close", (ended) => resolve({ frames, ended, protocol: socket.protocol }));
    socket.on("unexpected-response", (_request, response) => {
      json(response).then(
        (refusal) => resolve({ frames, ended: response.statusCode ?? 0, protocol: "", refusal }),
        reject,
      );
    });
    socket.on("error", reject);
  });
}

const newSession = async () => (await createSession(server.ctx, server.merchant.principal, { productId: 1 })).uuid;
const statusPath = (uuid: string) => `/v1/transaction/status/ws?transactionUUID=${uuid}&transactionStatusType=payment`;
const withKey = () => ({ "x-api-key": server.merchant.key });

test("with the key: the present status at once, then each change, and 1000 after a final one", async () => {
  const uuid = await newSession();
  const onFrame = (count: number) => {
    if (count === 1) void expireSession(server.ctx, server.merchant.principal, uuid);
  };
  const { frames, ended } = await listen(statusPath(uuid), { headers: withKey(), onFrame });
  expect(frames[0]).toEqual({
    transactionUUID: uuid,
    transactionUuid: uuid,
    status: { type: "payment", status: "created" },
  });
  expect(frames.map((frame) => (frame.status as { status: string }).status)).toEqual(["created", "expired"]);
  expect(ended).toBe(1000);
});

test("with a ticket: good once, from any safe page, with the agreed subprotocol", async () => {
  const uuid = await newSession();
  const body = { transactionUUID: uuid, transactionStatusType: "payment" };
  const { ticket, expiresAt } = (await server.call("POST", "/v1/transaction/status/ticket", { body })).json();
  expect(expiresAt).toBe(Math.floor(server.ctx.clock.now().getTime() / 1000) + 60);
  await expireSession(server.ctx, server.merchant.principal, uuid);
  const protocols = ["qbitflow", `qbitflow.ticket.${ticket}`];
  const first = await listen(statusPath(uuid), { protocols, headers: { origin: "https://shop.example" } });
  expect(first).toMatchObject({
    ended: 1000,
    protocol: "qbitflow",
    frames: [{ transactionUUID: uuid, status: { status: "expired" } }],
  });
  const second = await listen(statusPath(uuid), { protocols: [`qbitflow.ticket.${ticket}`] });
  expect(second).toMatchObject({
    ended: 1000,
    frames: [{ status: 401, code: "ticket_invalid", error: expect.any(String), message: expect.any(String) }],
  });
});

test("a ticket that is a minute old is refused", async () => {
  const uuid = await newSession();
  const body = { transactionUUID: uuid, transactionStatusType: "payment" };
  const { ticket } = (await server.call("POST", "/v1/transaction/status/ticket", { body })).json();
  server.ctx.clock.advance(61_000);
  const { frames } = await listen(statusPath(uuid), { protocols: [`qbitflow.ticket.${ticket}`] });
  expect(frames).toMatchObject([{ code: "ticket_invalid" }]);
});

test.each([
  ["no key", {}, "key_missing", 401],
  ["a wrong key", { "x-api-key": "nonsense" }, "key_invalid", 401],
])("%s is told in a frame, then 1000, so that 1.x clients stop", async (_what, headers, code, status) => {
  const { frames, ended } = await listen(statusPath(await newSession()), { headers });
  expect(frames).toMatchObject([{ code, status }]);
  expect(ended).toBe(1000);
});

test("an unknown transaction is told in a frame", async () => {
  const { frames } = await listen(statusPath("0197c89d-a1b2-7c3d-8e4f-5a6b7c8d9e0f"), { headers: withKey() });
  expect(frames).toMatchObject([{ code: "not_found", status: 404 }]);
});

test("pages of other sites may not connect without a ticket; ours and programs may", async () => {
  const uuid = await newSession();
  await expireSession(server.ctx, server.merchant.principal, uuid);
  for (const origin of ["https://evil.example", "null", "http://[bad"]) {
    const { ended, refusal } = await listen(`/v1/checkout/${uuid}/ws`, { headers: { origin } });
    expect(ended, origin).toBe(403);
    expect(refusal).toMatchObject({ code: "origin_refused", status: 403 });
  }
  expect((await listen(statusPath(uuid), { headers: { ...withKey(), origin: "https://pay.test" } })).ended).toBe(1000);
  expect((await listen(statusPath(uuid), { headers: withKey() })).ended).toBe(1000);
});

test("the page's own socket shows progress and stays open after the end", async () => {
  const uuid = await newSession();
  const onFrame = (count: number, socket: WebSocket) => {
    if (count === 1) void expireSession(server.ctx, server.merchant.principal, uuid);
    if (count === 2) socket.close(1000);
  };
  const { frames } = await listen(`/v1/checkout/${uuid}/ws`, { onFrame });
  expect(frames).toEqual([
    { status: { type: "payment", status: "created" }, payments: [] },
    { status: expect.objectContaining({ status: "expired" }), payments: [] },
  ]);
});

test("who looks already is not told again because others come", async () => {
  const uuid = await newSession();
  let others: Promise<Heard>[] = [];
  const first = listen(statusPath(uuid), {
    headers: withKey(),
    onFrame: (count) => {
      if (count > 1) return;
      let came = 0;
      const onFrame = (ofThis: number) => {
        if (ofThis === 1) came += 1;
        if (ofThis === 1 && came === 3) void expireSession(server.ctx, server.merchant.principal, uuid);
      };
      others = [1, 2, 3].map(() => listen(statusPath(uuid), { headers: withKey(), onFrame }));
    },
  });
  const heard = [await first, ...(await Promise.all(others))];
  expect(heard).toHaveLength(4);
  for (const { frames } of heard) {
    expect(frames.map((frame) => (frame.status as { status: string }).status)).toEqual(["created", "expired"]);
  }
});

test("asked without an upgrade, the route says that it is a WebSocket", async () => {
  const answer = await server.call("GET", statusPath(await newSession()));
  expect(answer.json()).toMatchObject({ status: 426, code: "websocket_needed" });
});
