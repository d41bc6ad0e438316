import type { Db } from "@qbitflow/db";
import {
  type SeededMerchant,
  seedMerchant,
  type TestContext,
  testContext,
  testDb,
  testNetwork,
} from "@qbitflow/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { advance } from "../chain-scan/advance.ts";
import { acquireLease } from "../chain-scan/lease.ts";
import { pay } from "../chain-scan/payer.testing.ts";
import { ScriptedChain } from "../chain-scan/scripted-chain.testing.ts";
import { startScan } from "../chain-scan/start.ts";
import { createSession } from "../checkout-session/index.ts";
import { lockQuote } from "../quote/index.ts";
import { listCombinedPayments } from "../subscription/index.ts";
import { checkoutPayments } from "./checkout-payments.ts";
import { confirmPayments } from "./confirm.ts";
import { getPayment, listPayments } from "./list.ts";

const network = { ...testNetwork, confirmations: 1 };

let db: Db;
let ctx: TestContext;
let chain: ScriptedChain;
let merchant: SeededMerchant;
let stranger: SeededMerchant;
const paid: string[] = [];

beforeAll(async () => {
  db = await testDb();
  chain = new ScriptedChain(network, { startAt: new Date("2026-03-01T12:00:00Z") });
  let terms = 0;
  const adapter = { ...chain.adapter, termsHash: () => `0xdd${(++terms).toString(16).padStart(62, "0")}` as const };
  ctx = await testContext({ db, chains: [adapter] });
  [merchant, stranger] = [await seedMerchant(ctx), await seedMerchant(ctx)];
  await startScan(ctx, adapter);
  await acquireLease(ctx, { network: network.slug, owner: "watcher", leaseMs: 3_600_000 });
  for (let count = 0; count < 5; count++) paid.push(await paySession());
  await paySession({ short: 1n });
  while ((await advance(ctx, { network: network.slug, owner: "watcher" })).state !== "idle");
  await confirmPayments(ctx, network.slug);
});
afterAll(() => db.close());

/** A session, its quote in the first token, and a block with its payment. */
async function paySession({ short = 0n } = {}): Promise<string> {
  const session = await createSession(ctx, merchant.principal, {
    productId: Number(merchant.product.id),
    reference: "order-7",
  });
  const customerNeeded = "update checkout_session set customer_uuid = $2 where uuid = $1";
  const customer = ctx.ids.uuid();
  await db.query(
    "insert into customer (uuid, organization_id, test, name, last_name, email, created_at) values ($1, $2, true, 'C', 'D', $3, $4)",
    [customer, merchant.organization.id, `${customer}@mail.example`, ctx.clock.now()],
  );
  await db.query(customerNeeded, [session.uuid, customer]);
  const quote = await lockQuote(ctx, { uuid: session.uuid, currencyId: network.tokens[0]?.id });
  const transfer = pay(session.uuid, {
    network: network.slug,
    termsHash: quote.termsHash as `0x${string}`,
    merchant: quote.merchant,
    token: quote.token,
    amountBase: quote.amountBase,
    feeBps: quote.feeBps,
    organizationFeeBps: quote.organizationFeeBps,
  });
  chain.mine({ ...transfer, merchantReceivedBase: transfer.merchantReceivedBase - short });
  ctx.clock.advance(1_000);
  return session.uuid;
}

describe("payments", () => {
  it("are listed newest first, page by page, completed and exact ones only", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listPayments>> = await listPayments(ctx, merchant.principal, {
        limit: 2,
        cursor,
      });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ uuid }) => uuid));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([...paid].reverse());
  });

  it("have the wire's fields, and no field without a value", async () => {
    const uuid = paid[0] ?? "";
    const payment = await getPayment(ctx, merchant.principal, uuid);
    expect(payment).toMatchObject({
      uuid,
      name: "Tea",
      description: "One box of tea",
      amount: 25,
      test: true,
      productId: Number(merchant.product.id),
      reference: "order-7",
      currencyId: network.tokens[0]?.id,
      currency: { symbol: "tUSDC", decimals: 6, mainCurrency: { symbol: "ETH" } },
      transactionHash: expect.stringMatching(/^0x/),
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(Object.values(payment)).not.toContain(null);
    const combined = await listCombinedPayments(ctx, merchant.principal, { limit: 100 });
    expect(combined.items.at(-1)).toEqual({ ...payment, source: "payment" });
  });

  it("are nobody else's", async () => {
    const uuid = paid[0] ?? "";
    for (const principal of [stranger.principal, { ...merchant.principal, test: false }]) {
      await expect(getPayment(ctx, principal, uuid)).rejects.toMatchObject({ kind: "not_found" });
      expect((await listPayments(ctx, principal, {})).items).toEqual([]);
    }
    for (const bad of [ctx.ids.uuid(), "", "no-uuid", "'; drop table payment"]) {
      await expect(getPayment(ctx, merchant.principal, bad)).rejects.toMatchObject({ kind: "not_found" });
    }
    const made = Buffer.from('["x"]').toString("base64url");
    for (const cursor of ["x", made]) {
      await expect(listPayments(ctx, merchant.principal, { cursor })).rejects.toMatchObject({ code: "invalid_cursor" });
    }
  });

  it("show on the page with amount, confirmations and how they match", async () => {
    const shown = await checkoutPayments(ctx, { uuid: paid.at(-1) ?? "", priceMicros: 25_000_000n });
    expect(shown).toMatchObject([
      {
        symbol: "tUSDC",
        amountUsd: 25,
        match: "exact",
        confirmations: 2,
        confirmationsNeeded: 1,
        network: network.slug,
      },
    ]);
  });
});
