import {
  liveNetwork,
  type SeededMerchant,
  seedMerchant,
  stillChain,
  type TestContext,
  testContext,
  testNetwork,
} from "@qbitflow/testkit";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createCache, keepCacheFresh } from "../cache.ts";
import { currencyResources, listCurrencies, setCurrencyOn, syncCurrencies } from "../currency/index.ts";
import { createOrganization } from "../organization/index.ts";
import { listPlatformFees, setPlatformFee } from "../platform-fee/index.ts";
import { listWallets, setWallet } from "../wallet/index.ts";
import { loadMerchant } from "./index.ts";

const A = "0x00000000000000000000000000000000000000aa";
const B = "0x00000000000000000000000000000000000000bb";

let ctx: TestContext;
let shop: SeededMerchant;
beforeAll(async () => {
  ctx = await testContext();
  shop = await seedMerchant(ctx);
});
afterAll(() => ctx.close());

const symbols = async (merchant: SeededMerchant) =>
  (await loadMerchant(ctx, merchant.principal)).currencies.map(({ symbol }) => symbol);

describe("what can be paid", () => {
  test("is of the key's mode alone", async () => {
    const merchant = await loadMerchant(ctx, shop.principal);
    expect(merchant.currencies.every((currency) => currency.test && currency.network === testNetwork.slug)).toBe(true);
    const live = await loadMerchant(ctx, { ...shop.principal, test: false });
    expect(live.currencies.every((currency) => !currency.test && currency.network === liveNetwork.slug)).toBe(true);
  });

  test("is nothing without a wallet there", async () => {
    const { id } = await createOrganization(ctx, { name: "No wallet" });
    const key = { organizationId: id, userId: shop.user.id, test: true };
    await expect(loadMerchant(ctx, key)).rejects.toMatchObject({ code: "not_found" });
  });

  test("is what was not switched off, from the moment it is switched", async () => {
    const fresh = await seedMerchant(ctx);
    const { id: organizationId } = fresh.organization;
    expect(await symbols(fresh)).toEqual(["ETH", "tUSDC", "tDAI"]);
    await setCurrencyOn(ctx, { organizationId, currencyId: 9_001, on: false });
    await setCurrencyOn(ctx, { organizationId, currencyId: 9_001, on: false });
    expect(await symbols(fresh)).toEqual(["tUSDC", "tDAI"]);
    await setCurrencyOn(ctx, { organizationId, currencyId: 9_001, on: true });
    expect(await symbols(fresh)).toEqual(["ETH", "tUSDC", "tDAI"]);
    const unknown = setCurrencyOn(ctx, { organizationId, currencyId: 5, on: false });
    await expect(unknown).rejects.toMatchObject({ code: "not_found" });
  });

  test("hears of changes made in another process", async () => {
    const fresh = await seedMerchant(ctx);
    const elsewhere = { ...ctx, cache: createCache(ctx.clock) };
    const stop = await keepCacheFresh(elsewhere);
    await loadMerchant(elsewhere, fresh.principal);
    await setCurrencyOn(ctx, { organizationId: fresh.organization.id, currencyId: 9_002, on: false });
    await vi.waitFor(async () => expect((await loadMerchant(elsewhere, fresh.principal)).currencies).toHaveLength(2));
    await stop();
  });
});

describe("networks' currencies", () => {
  test("a token names its chain's coin, also when the coin is switched off or the network is no longer served", async () => {
    const fewer = { ...ctx, chains: new Map([[liveNetwork.slug, stillChain(liveNetwork)]]) };
    await syncCurrencies(fewer);
    expect((await listCurrencies(ctx)).some(({ network }) => network === testNetwork.slug)).toBe(false);
    const resources = await currencyResources(ctx, [9_002, 9_001, 424_242]);
    expect([...resources.keys()].sort()).toEqual([9_001, 9_002]);
    expect(resources.get(9_002)).toMatchObject({ mainCurrencyId: 9_001, mainCurrency: { symbol: "ETH" } });
    await syncCurrencies(ctx);
    expect(await listCurrencies(ctx, { test: true })).toHaveLength(3);
  });

  test("one id for two currencies stops the start with a sentence", async () => {
    const twin = { ...liveNetwork, slug: "twin", nativeCurrency: testNetwork.nativeCurrency };
    const both = { ...ctx, chains: new Map([...ctx.chains, ["twin", stillChain(twin)]]) };
    await expect(syncCurrencies(both)).rejects.toThrow("9001 is both ETH on testnet-a and ETH on twin");
  });
});

describe("wallets", () => {
  test("the user's own goes before the organization's", async () => {
    const fresh = await seedMerchant(ctx);
    const organizationId = fresh.organization.id;
    const network = testNetwork.slug;
    await setWallet(ctx, { organizationId, network, address: A });
    expect((await loadMerchant(ctx, fresh.principal)).payTo.get(network)).toEqual({
      address: A,
      own: false,
      organizationAddress: A,
    });
    await setWallet(ctx, { organizationId, userId: fresh.user.id, network, address: B });
    expect((await loadMerchant(ctx, fresh.principal)).payTo.get(network)).toEqual({
      address: B,
      own: true,
      organizationAddress: A,
    });
    expect(await listWallets(ctx, organizationId)).toHaveLength(3);
  });

  test.each([
    ["nowhere", A],
    [testNetwork.slug, "0x12"],
    [testNetwork.slug, "0x0000000000000000000000000000000000000000"],
    [testNetwork.slug, testNetwork.checkoutContracts[0]?.address ?? ""],
  ])("%s %s is refused", async (network, address) => {
    const set = setWallet(ctx, { organizationId: shop.organization.id, network, address });
    await expect(set).rejects.toMatchObject({ code: "validation_failed" });
  });

  test("another organization's user has none here", async () => {
    const other = await seedMerchant(ctx);
    const set = setWallet(ctx, {
      organizationId: shop.organization.id,
      userId: other.user.id,
      network: testNetwork.slug,
      address: A,
    });
    await expect(set).rejects.toMatchObject({ code: "not_found" });
  });
});

test("platform fees are per network, bounded, and change", async () => {
  await setPlatformFee(ctx, { network: testNetwork.slug, feeBps: 100, recipient: A });
  await setPlatformFee(ctx, { network: testNetwork.slug, feeBps: 50, recipient: B });
  expect(await listPlatformFees(ctx)).toEqual([{ network: testNetwork.slug, feeBps: 50, recipient: B }]);
  for (const wrong of [{ feeBps: 1_001 }, { feeBps: 0.5 }, { recipient: "x" }, { network: "nowhere" }]) {
    const set = setPlatformFee(ctx, { network: testNetwork.slug, feeBps: 1, recipient: A, ...wrong });
    await expect(set).rejects.toMatchObject({ code: "validation_failed" });
  }
});
