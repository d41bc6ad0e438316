import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { seedMerchant, testContext } from "@qbitflow/testkit";
import { expect, it, vi } from "vitest";
import { createSession } from "../checkout-session/index.ts";
import { transition } from "../checkout-session/transition.ts";
import { runDelivery } from "./run-delivery.ts";

const SESSIONS = 40;

it("several processes over one PostgreSQL make each attempt once", async () => {
  const ctx = await testContext({ kind: "postgres", policy: { maxWebhooksPerOrigin: 3 } });
  const merchant = await seedMerchant(ctx);
  const received: string[] = [];
  let open = 0;
  let mostOpen = 0;
  const endpoint = createServer((request, response) => {
    received.push(String(request.headers["x-webhook-id"]));
    mostOpen = Math.max(mostOpen, ++open);
    setTimeout(() => {
      open -= 1;
      response.end();
    }, 5);
  });
  await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  const webhookUrl = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/hook`;

  const stop = new AbortController();
  const workers = [1, 2, 3].map(() => runDelivery(ctx, { signal: stop.signal }));
  const input = { productId: Number(merchant.product.id), webhookUrl };
  const sessions = await Promise.all(
    Array.from({ length: SESSIONS }, () => createSession(ctx, merchant.principal, input)),
  );
  await Promise.all(
    sessions.map(({ uuid }) =>
      ctx.db.transaction((tx) => transition({ ...ctx, db: tx }, [{ uuid, from: "created", to: "cancelled" }])),
    ),
  );
  const isDone = "select 1 from webhook_delivery where state = 'delivered'";
  await vi.waitFor(async () => expect(await ctx.db.query(isDone)).toHaveLength(SESSIONS), { timeout: 20_000 });
  stop.abort();
  await Promise.all(workers);
  expect(new Set(received).size).toBe(SESSIONS);
  expect(received).toHaveLength(SESSIONS);
  expect(await ctx.db.query("select 1 from webhook_attempt")).toHaveLength(SESSIONS);
  // Each process counts for itself.
  expect(mostOpen).toBeLessThanOrEqual(3 * workers.length);
  endpoint.closeAllConnections();
  await new Promise((resolve) => endpoint.close(resolve));
  await ctx.close();
}, 40_000);
