import { createRates, fixedSource } from "@qbitflow/rates";
import {
  dbKinds,
  type SeededMerchant,
  seedMerchant,
  type TestContext,
  testContext,
  testNetwork,
} from "@qbitflow/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSession, setCustomer, transition } from "../checkout-session/index.ts";
import type { Context } from "../context.ts";
import { setCurrencyOn } from "../currency/index.ts";
import { setPlatformFee } from "../platform-fee/index.ts";
import { updateUser } from "../user/index.ts";
import { setWallet } from "../wallet/index.ts";
import { getQuoteByTermsHash, lockQuote, quoteResource } from "./index.ts";

const ETH = 9_001;
const USDC = 9_002;
const ZERO = "0x0000000000000000000000000000000000000000";
const MINUTE_MS = 60_000;

describe.each(dbKinds)("%s", (kind) => {
  let ctx: TestContext;
  let shop: SeededMerchant;
  beforeAll(async () => {
    ctx = await testContext({ kind });
    shop = await seedMerchant(ctx);
  });
  afterAll(() => ctx.close());
  beforeEach(async () => {
    ctx.clock.set("2026-03-01T12:00:00.500Z");
    await ctx.db.query("delete from chain_cursor");
    ctx.cache.forget("");
  });

  async function ready(input: object = {}, as = shop): Promise<string> {
    const { uuid } = await createSession(ctx, as.principal, { productId: 1, ...input });
    const email = `${uuid}@example.org`;
    await setCustomer(ctx, { uuid, customer: { name: "A", lastName: "B", email } });
    return uuid;
  }
  const pricedAt = (price: string): Context => {
    const sources = [fixedSource({ clock: ctx.clock, prices: { ETH: price, USDC: "1" } })];
    return { ...ctx, rates: createRates({ sources, clock: ctx.clock, guards: { minSources: 1, cacheMs: 0 } }) };
  };

  test("the amount is the price at the rate, rounded up; the deadline is in whole seconds", async () => {
    const uuid = await ready();
    const quote = await lockQuote(ctx, { uuid, currencyId: ETH });
    expect(quote).toMatchObject({
      amountBase: 8_334_000_000_000_000n,
      rateE18: 3_000n * 10n ** 18n,
      token: ZERO,
      network: testNetwork.slug,
    });
    expect(quote.expiresAt.toISOString()).toBe("2026-03-01T12:15:00.000Z");
    expect(quote.contract).toBe(testNetwork.checkoutContracts.at(-1)?.address);
    expect(
      await getQuoteByTermsHash(ctx, {
        sessionUuid: uuid,
        termsHash: quote.termsHash.toUpperCase().replace("0X", "0x"),
      }),
    ).toEqual(quote);
    expect(quoteResource(ctx, { quote, priceMicros: 25_000_000n })).toMatchObject({
      amount: "0.008334",
      amountUsd: 25,
      rate: "3000",
      rateSources: ["fixed"],
      expiresAt: Date.parse("2026-03-01T12:15:00Z") / 1_000,
      terms: { amount: "8334000000000000", deadline: Date.parse("2026-03-01T12:15:00Z") / 1_000 },
      permit: { kind: "none" },
    });
    const usdc = await lockQuote(ctx, { uuid, currencyId: USDC });
    expect(usdc.amountBase).toBe(25_000_000n);
    expect(quoteResource(ctx, { quote: usdc, priceMicros: 25_000_000n })?.permit).toEqual({
      kind: "eip2612",
      name: "Test USDC",
      version: "2",
    });
  });

  test("a standing quote is given again although the price moved, until two minutes are left", async () => {
    const uuid = await ready();
    const first = await lockQuote(ctx, { uuid, currencyId: ETH });
    const dearer = pricedAt("2000");
    ctx.clock.set(new Date(first.expiresAt.getTime() - 2 * MINUTE_MS - 1));
    expect(await lockQuote(dearer, { uuid, currencyId: ETH })).toEqual(first);
    ctx.clock.advance(1);
    const second = await lockQuote(dearer, { uuid, currencyId: ETH });
    expect(second.termsHash).not.toBe(first.termsHash);
    expect(second.amountBase).toBe(12_500_000_000_000_000n);
  });

  test("it never outlasts the session, and the same terms asked for again are the same promise", async () => {
    const uuid = await ready({ expiresInMinutes: 10 });
    ctx.clock.advance(8 * MINUTE_MS + 30_000);
    const quotes = await Promise.all(Array.from({ length: 5 }, () => lockQuote(ctx, { uuid, currencyId: USDC })));
    expect(new Set(quotes.map(({ id }) => id)).size).toBe(1);
    expect(quotes[0]?.expiresAt.toISOString()).toBe("2026-03-01T12:10:00.000Z");
    ctx.clock.advance(90_000);
    await expect(lockQuote(ctx, { uuid, currencyId: USDC })).rejects.toMatchObject({
      kind: "gone",
      code: "session_expired",
    });
  });

  test("without fees the terms name nobody but the merchant", async () => {
    const quote = await lockQuote(ctx, { uuid: await ready(), currencyId: ETH });
    expect(quote).toMatchObject({ feeRecipient: ZERO, feeBps: 0, organization: ZERO, organizationFeeBps: 0 });
  });

  test("platform fee, user's own wallet and organization fee are in the terms", async () => {
    const fresh = await seedMerchant(ctx);
    const organizationId = fresh.organization.id;
    const network = testNetwork.slug;
    const [organization, own, operator] = ["aa", "bb", "cc"].map((end) => `0x${end.padStart(40, "0")}`) as [
      string,
      string,
      string,
    ];
    await setWallet(ctx, { organizationId, network, address: organization });
    await updateUser(ctx, fresh.principal, { id: fresh.user.id, change: { organizationFeeBps: 300 } });
    await setPlatformFee(ctx, { network, feeBps: 100, recipient: operator });
    const quoteNow = async () => lockQuote(ctx, { uuid: await ready({}, fresh), currencyId: USDC });
    expect(await quoteNow()).toMatchObject({
      merchant: organization,
      feeBps: 100,
      feeRecipient: operator,
      organization: ZERO,
      organizationFeeBps: 0,
    });
    await setWallet(ctx, { organizationId, userId: fresh.user.id, network, address: own });
    expect(await quoteNow()).toMatchObject({ merchant: own, organization, organizationFeeBps: 300 });
    await setWallet(ctx, { organizationId, userId: fresh.user.id, network, address: organization });
    expect(await quoteNow()).toMatchObject({ merchant: organization, organization: ZERO, organizationFeeBps: 0 });
    await setPlatformFee(ctx, { network, feeBps: 0, recipient: operator });
    expect(await quoteNow()).toMatchObject({ feeBps: 0, feeRecipient: ZERO });
  });

  test("a quote promised before a wallet changed still stands", async () => {
    const fresh = await seedMerchant(ctx);
    const uuid = await ready({}, fresh);
    const first = await lockQuote(ctx, { uuid, currencyId: USDC });
    await setWallet(ctx, {
      organizationId: fresh.organization.id,
      network: testNetwork.slug,
      address: `0x${"d".repeat(40)}`,
    });
    expect(await lockQuote(ctx, { uuid, currencyId: USDC })).toEqual(first);
  });

  test("first the customer's data, then the amount", async () => {
    const { uuid } = await createSession(ctx, shop.principal, { productId: 1 });
    await expect(lockQuote(ctx, { uuid, currencyId: ETH })).rejects.toMatchObject({
      kind: "unprocessable",
      code: "customer_needed",
    });
  });

  test.each([0, 5, 9_101, -1, "9001", null, undefined, Number.NaN, {}])(
    "currency %j is not offered",
    async (currencyId) => {
      const uuid = await ready();
      await expect(lockQuote(ctx, { uuid, currencyId })).rejects.toMatchObject({
        kind: "unprocessable",
        code: "currency_unavailable",
      });
    },
  );

  test("a currency that is switched off, has no price, or whose chain is silent is unavailable, in words", async () => {
    const fresh = await seedMerchant(ctx);
    const uuid = await ready({}, fresh);
    await setCurrencyOn(ctx, { organizationId: fresh.organization.id, currencyId: USDC, on: false });
    const refused = (as: Context, currencyId: number) => lockQuote(as, { uuid, currencyId }).catch((error) => error);
    expect(await refused(ctx, USDC)).toMatchObject({ code: "currency_unavailable" });
    const priceless = { ...ctx, rates: createRates({ sources: [], clock: ctx.clock }) };
    expect(await refused(priceless, ETH)).toMatchObject({
      code: "currency_unavailable",
      message: expect.stringContaining("no reliable ETH price"),
    });
    await ctx.db.query(
      `insert into chain_cursor (network, scanned_number, scanned_hash, head_number, head_at, updated_at) 
       values ($1, 1, '0x1', 1, clock_timestamp() - interval '61 seconds', $2)`,
      [testNetwork.slug, ctx.clock.now()],
    );
    ctx.cache.forget("");
    expect(await refused(ctx, ETH)).toMatchObject({
      code: "currency_unavailable",
      message: expect.stringContaining("not reachable"),
    });
    await ctx.db.query("update chain_cursor set head_at = clock_timestamp(), halted_reason = 'deep'");
    ctx.cache.forget("");
    expect(await refused(ctx, ETH)).toMatchObject({ code: "currency_unavailable" });
    await ctx.db.query("update chain_cursor set halted_reason = null");
    ctx.cache.forget("");
    expect(await refused(ctx, ETH)).toMatchObject({ currencyId: ETH });
  });

  test("while a payment is on its way, and once there is one, no second amount is promised", async () => {
    const uuid = await ready();
    const move = (from: "created" | "pending", to: "pending" | "waitingConfirmation") =>
      ctx.db.transaction((tx) => transition({ ...ctx, db: tx }, [{ uuid, from, to }]));
    await move("created", "pending");
    await expect(lockQuote(ctx, { uuid, currencyId: ETH })).rejects.toMatchObject({
      kind: "conflict",
      code: "conflict",
    });
    await move("pending", "waitingConfirmation");
    await expect(lockQuote(ctx, { uuid, currencyId: ETH })).rejects.toMatchObject({
      kind: "conflict",
      code: "session_final",
    });
  });
});
