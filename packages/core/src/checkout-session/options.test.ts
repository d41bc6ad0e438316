import { ChainUnavailableError } from "@qbitflow/chains";
import {
  chargingChain,
  liveNetwork,
  type SeededMerchant,
  seedMerchant,
  stillChain,
  type TestContext,
  testContext,
  testNetwork,
} from "@qbitflow/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authenticate, issueKey } from "../api-key/index.ts";
import { checkoutState } from "../checkout-page/index.ts";
import type { Principal } from "../context.ts";
import type { DomainError } from "../errors.ts";
import { withIdempotency } from "../idempotency/index.ts";
import { createProduct, getProduct, lockQuote } from "../index.ts";
import { createSession, durationOf, getSession, prepareSession, sessionResource } from "./index.ts";

let ctx: TestContext;
let shop: SeededMerchant;
let live: Principal;
const custom = { productName: "Plan", description: "All you can drink", price: 9.99 };
const monthly = { subscriptionType: "subscription", frequency: { value: 1, unit: "months" } };
const metered = { ...monthly, subscriptionType: "payAsYouGo" };

const create = (options: unknown, more: object = {}) =>
  createSession(ctx, shop.principal, { ...custom, ...more, options });
const wrongFields = async (refused: Promise<object>) => {
  const error = (await refused.catch((caught) => caught)) as DomainError;
  expect(error).toMatchObject({ kind: "invalid", code: "validation_failed" });
  return error.fields.map(({ field }) => field).sort();
};

beforeAll(async () => {
  ctx = await testContext({ chains: [chargingChain(testNetwork), chargingChain(liveNetwork)] });
  shop = await seedMerchant(ctx);
  const { key } = await issueKey(ctx, {
    organizationId: shop.organization.id,
    userId: shop.user.id,
    name: "l",
    test: false,
  });
  live = await authenticate(ctx, key);
});
afterAll(() => ctx.close());

describe("a subscription's session", () => {
  test("that was prepared is made in a transaction without asking a chain there, one that is silent included", async () => {
    let asked = 0;
    const chain = chargingChain(testNetwork);
    if (!chain.sender) throw new Error("The chain can be charged on.");
    const gasPrice = async () => {
      asked += 1;
      // Throws in a transaction.
      await other.db.query("select 1");
      throw new ChainUnavailableError("It does not answer.");
    };
    const chains = [{ ...chain, sender: { ...chain.sender, gasPrice } }];
    const other = await testContext({ chains, policy: { maxExecutionFeeMicros: 1_000_000n } });
    const { principal } = await seedMerchant(other);
    const input = { ...custom, options: monthly };
    await prepareSession(other, principal, { ...custom });
    expect(asked).toBe(0);
    await prepareSession(other, principal, input);
    const before = asked;
    expect(before).toBeGreaterThan(0);
    const request = { principal, key: "k", request: "POST" };
    await withIdempotency(other, request, async (inner) => {
      return { status: 200, answer: (await createSession(inner, principal, input)).uuid };
    });
    expect(asked).toBe(before);
    await other.close();
  });

  test("keeps its options, and tells them in seconds", async () => {
    const made = await create({ ...monthly, trialPeriod: { value: 7, unit: "days" }, minPeriods: 3 });
    expect(made).toMatchObject({
      transactionType: "createSubscription",
      options: {
        kind: "subscription",
        frequency: { unit: "months", length: 1 },
        trial: { unit: "seconds", length: 604_800 },
        minPeriods: 3,
      },
    });
    expect(await getSession(ctx, shop.principal, { uuid: made.uuid })).toEqual(made);
    const { options } = await sessionResource(ctx, made);
    expect(options).toEqual({
      subscriptionType: "subscription",
      frequency: 2_592_000,
      trialPeriod: 604_800,
      minPeriods: 3,
    });
  });

  test("of pay-as-you-go costs from a millionth per unit, and may give credits", async () => {
    const made = await create({ ...metered, freeCredits: 10.5 }, { price: 0.000001 });
    expect(made).toMatchObject({ transactionType: "createPAYGSubscription", priceMicros: 1n });
    expect((await sessionResource(ctx, made)).options).toEqual({
      subscriptionType: "payAsYouGo",
      frequency: 2_592_000,
      freeCredits: 10.5,
    });
    expect(await wrongFields(create(metered, { price: 0.0000001 }))).toEqual(["price"]);
    expect(await wrongFields(create(monthly, { price: 0.009 }))).toEqual(["price"]);
  });

  test("of texts has a product of its own that is not for sale", async () => {
    const made = await create(monthly);
    const product = await getProduct(ctx, shop.principal, made.productId as bigint);
    expect(product).toMatchObject({ name: "Plan", priceMicros: 9_990_000n, isActive: false });
    const again = createSession(ctx, shop.principal, { productId: Number(made.productId), options: monthly });
    await expect(again).rejects.toMatchObject({ code: "product_inactive" });
  });

  test("of a product takes that, and an unknown customer takes back what was made", async () => {
    const { id } = await createProduct(ctx, shop.principal, { name: "Call", description: "", price: 0.0005 });
    expect(await createSession(ctx, shop.principal, { productId: Number(id), options: metered })).toMatchObject({
      productId: id,
      productName: "Call",
      priceMicros: 500n,
    });
    const cheap = createSession(ctx, shop.principal, { productId: Number(id), options: monthly });
    await expect(cheap).rejects.toMatchObject({ code: "unprocessable" });
    const [before] = await ctx.db.query<{ count: bigint }>("select count(*) from product");
    const nobody = create(monthly, { customerUUID: "019be000-0000-7000-8000-000000000000" });
    await expect(nobody).rejects.toMatchObject({ code: "customer_not_found" });
    expect(await ctx.db.query("select count(*) from product")).toEqual([before]);
  });

  test("is read as 1.x clients spell it", async () => {
    const made = await create({ subscriptionType: "payg", frequency: { value: 2, unit: "Week" }, freeCredits: 0 });
    expect(made.options).toEqual({ kind: "payAsYouGo", frequency: { unit: "seconds", length: 1_209_600 } });
  });

  test("is paid in tokens, by no quote", async () => {
    const made = await create(monthly, { customerUUID: undefined });
    const { availableCurrencies } = await sessionResource(ctx, made);
    expect(availableCurrencies.map(({ symbol }) => symbol)).toEqual(["tUSDC", "tDAI"]);
    const page = await checkoutState(ctx, made.uuid);
    expect(page.currencies.map(({ currency }) => currency.symbol)).toEqual(["tUSDC", "tDAI"]);
    expect(page.subscription).toEqual({
      kind: "subscription",
      frequency: { value: 1, unit: "months" },
      canAuthoriseLater: false,
    });
    const quote = lockQuote(ctx, { uuid: made.uuid, currencyId: 9_002 });
    await expect(quote).rejects.toMatchObject({ code: "unprocessable" });
  });
});

describe("options that cannot be are refused by field", () => {
  test.each([0, -1, 0.5, 10 ** 12, Number.NaN, "1", true, null])("frequency of %s months", async (value) => {
    expect(await wrongFields(create({ ...monthly, frequency: { value, unit: "months" } }))).toEqual([
      "options.frequency",
    ]);
  });

  test.each(["fortnights", "", 3, "__proto__", "constructor"])("a frequency in %s", async (unit) => {
    expect(await wrongFields(create({ ...monthly, frequency: { value: 1, unit } }))).toEqual(["options.frequency"]);
  });

  test("a frequency below the mode's minimum", async () => {
    const every = (value: number, unit: string) => ({ ...monthly, frequency: { value, unit } });
    expect(await wrongFields(create(every(59, "seconds")))).toEqual(["options.frequency"]);
    expect((await create(every(1, "minutes"))).options?.frequency.length).toBe(60);
    const inLive = (options: unknown) => createSession(ctx, live, { ...custom, options });
    expect(await wrongFields(inLive(every(59, "minutes")))).toEqual(["options.frequency"]);
    expect((await inLive(every(1, "hours"))).options?.frequency.length).toBe(3_600);
  });

  test("everything wrong at once", async () => {
    const options = {
      subscriptionType: "weekly",
      trialPeriod: { value: 11, unit: "years" },
      minPeriods: 0,
      freeCredits: -1,
    };
    expect(await wrongFields(create(options))).toEqual([
      "options.freeCredits",
      "options.frequency",
      "options.minPeriods",
      "options.subscriptionType",
      "options.trialPeriod",
    ]);
    expect(await wrongFields(create({ ...monthly, trialPeriod: { value: 3_654, unit: "days" } }))).toEqual([
      "options.trialPeriod",
    ]);
    expect(await wrongFields(create({ ...metered, freeCredits: Number.NaN }))).toEqual(["options.freeCredits"]);
    expect(await wrongFields(create({ ...monthly, freeCredits: 5 }))).toEqual(["options.freeCredits"]);
    expect(await wrongFields(create({ ...monthly, minPeriods: 10 ** 9 }))).toEqual(["options.minPeriods"]);
    const decades = { ...monthly, frequency: { value: 10, unit: "years" } };
    // The year it would end in is one that no database keeps: the chain would never get past its activation.
    expect(await wrongFields(create({ ...decades, minPeriods: 11 }))).toEqual(["options.minPeriods"]);
    expect((await create({ ...decades, minPeriods: 10 })).options?.minPeriods).toBe(10);
    expect(await wrongFields(create([monthly]))).toEqual(["options"]);
  });
});

describe("nobody could be charged", () => {
  const refusal = async (...given: Parameters<typeof testContext>) => {
    const here = await testContext(...given);
    const { principal } = await seedMerchant(here);
    const error = await createSession(here, principal, { ...custom, options: monthly }).catch((caught) => caught);
    await here.close();
    return error;
  };

  test("where no chain has a contract and a key", async () => {
    const error = await refusal({ chains: [stillChain(testNetwork)] });
    expect(error).toMatchObject({ code: "no_payable_currency", message: expect.stringContaining("sending key") });
  });

  test("where gas costs more than the fee allows", async () => {
    // 100 000 gas at 1000 gwei: far above ten cents.
    const chains = [chargingChain(testNetwork, { gasPriceBase: 1_000_000_000_000n })];
    const error = await refusal({ chains, policy: { maxExecutionFeeMicros: 100_000n } });
    expect(error).toMatchObject({ code: "no_payable_currency", message: expect.stringContaining("execution fee") });
  });
});

test("a period is told in its largest unit", () => {
  expect(durationOf({ unit: "months", length: 24 })).toEqual({ value: 2, unit: "years" });
  expect(durationOf({ unit: "seconds", length: 90 })).toEqual({ value: 90, unit: "seconds" });
  expect(durationOf({ unit: "seconds", length: 86_400 })).toEqual({ value: 1, unit: "days" });
});
