// Subscribing in Chromium against the running server, its relay and the real chain. Screenshots go to
// test-artifacts/page-subscribe.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { MandateOffer } from "@qbitflow/api";
import type { Browser, BrowserContext } from "playwright-core";
import { type Address, type Hex, parseAbi, parseSignature } from "viem";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accessible, tabTo } from "../apps/checkout/test/accessible.ts";
import { launchChromium, withoutBrowser } from "../apps/checkout/test/chromium.ts";
import { askedOf, type FakeWalletBehaviour, installFakeWallet } from "../apps/checkout/test/fake-wallet.ts";
import { CheckoutPage } from "../apps/checkout/test/page.ts";
import { ada, customerOf, relayReady } from "./harness/customer.ts";
import { until } from "./harness/server.ts";
import { type System, startSystem } from "./harness/system.ts";

const artifacts = join(import.meta.dirname, "../test-artifacts/page-subscribe");
const monthly = { value: 1, unit: "months" } as const;
const phone = { viewport: { width: 375, height: 812 }, reducedMotion: "reduce" } as const;
let system: System;
let browser: Browser;
let context: BrowserContext;

const rich = () => customerOf(system.server.dev);
const plan = () => ({
  productName: "Studio plan",
  description: "Unlimited projects and five seats.",
  price: 29,
  frequency: monthly,
  webhookUrl: system.receiver.url,
});
const shot = (page: CheckoutPage, name: string) =>
  page.page.screenshot({ path: join(artifacts, `${name}.png`), fullPage: true });
const subscribe = (change: object = {}) => system.client.subscriptions.createSession({ ...plan(), ...change });
const stateOf = (uuid: string) => rich().state(uuid);

/** The newest offer of each session that a page got. */
const offers = new Map<string, MandateOffer>();

async function newPage(behaviour?: FakeWalletBehaviour): Promise<CheckoutPage> {
  const page = await context.newPage();
  page.on("response", async (response) => {
    const [, uuid] = /checkout\/([^/]+)\/mandate$/.exec(response.url()) ?? [];
    if (uuid && response.ok()) offers.set(uuid, (await response.json()) as MandateOffer);
  });
  if (behaviour) await installFakeWallet(page, behaviour);
  return new CheckoutPage(page);
}

/** Opens a session whose customer is known. */
async function open(link: { uuid: string; link: string }, behaviour?: FakeWalletBehaviour): Promise<CheckoutPage> {
  await rich().identify(link.uuid, ada);
  const page = await newPage(behaviour);
  await page.open(link.link);
  return page;
}

async function toFakeOffer(page: CheckoutPage, symbol: string): Promise<void> {
  await page.byId(`currency-local-${symbol}`).click();
  await page.byId("choice-continue").click();
  await page.byId("wallet-test.fake").click();
  await page.byId("offer").waitFor();
}

function tokenAt(symbol: string): Address {
  const tokens = system.server.dev.chain.tokens as Record<string, { address: Address }>;
  return tokens[symbol]?.address ?? "0x";
}

async function active(uuid: string) {
  return until("the subscription is active", async () => {
    const subscription = await system.client.subscriptions.get(uuid);
    return subscription.status === "active" && subscription;
  });
}
const walletWasAsked = async (page: CheckoutPage) =>
  (await askedOf(page.page)).filter((method) => /^eth_s/.test(method));

async function expire(uuid: string): Promise<void> {
  const { apiUrl, testApiKey } = system.server.dev;
  const path = `${apiUrl}/transaction/session-checkout/${uuid}/expire`;
  await fetch(path, { method: "POST", headers: { "x-api-key": testApiKey } });
}

/** What a stranger who saw the permit on its way does with it. */
async function sendPermit(uuid: string, { permitSignature }: { permitSignature: Hex }): Promise<void> {
  const offer = offers.get(uuid);
  if (offer?.allowance.way !== "permit") throw new Error("No permit was offered.");
  const { owner, spender, value, deadline } = offer.allowance.typedData.message as Record<string, string>;
  const { r, s, yParity } = parseSignature(permitSignature);
  const stranger = customerOf(system.server.dev, 0);
  const hash = await stranger.walletClient.writeContract({
    address: tokenAt("tUSDC"),
    abi: parseAbi([
      "function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)",
    ]),
    functionName: "permit",
    args: [owner as Address, spender as Address, BigInt(value ?? 0), BigInt(deadline ?? 0), 27 + yParity, r, s],
  });
  const { status } = await stranger.publicClient.waitForTransactionReceipt({ hash });
  expect(status).toBe("success");
}

const paymentsOf = async (uuid: string) => (await stateOf(uuid)).payments;

describe.skipIf(withoutBrowser)("subscribing in Chromium", () => {
  beforeAll(async () => {
    mkdirSync(artifacts, { recursive: true });
    [system, browser] = await Promise.all([startSystem(), launchChromium()]);
    await relayReady(system);
  });
  beforeEach(async () => {
    context = await browser.newContext(phone);
    context.setDefaultTimeout(15_000);
  });
  afterEach(() => context.close());
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
  });

  test.each([
    { symbol: "tUSDC", periods: "6" },
    { symbol: "tUSDT", periods: "3" },
    { symbol: "tDAI", periods: "all" },
  ])(
    "$symbol for $periods payments: details, choice, two confirmations, first payment",
    async ({ symbol, periods }) => {
      const session = await subscribe();
      const page = await newPage();
      await page.open(session.link);
      await page.fillDetails({ ...ada, email: `${symbol}@subscribe.example` });
      await page.detailsSaved();
      await page.toOffer({ symbol, wallet: "test-rich", periods });
      await shot(page, `${symbol}-1-offer`);
      await page.byId("authorise").click();
      await page.byId("test-wallet").waitFor();
      await page.confirmInWallet();
      await page.page.locator("[data-testid=step-mandate][data-status=done]").waitFor();
      await shot(page, `${symbol}-2-second-question`);
      await page.confirmInWallet();
      await page.waitForScreen("progress");
      await shot(page, `${symbol}-3-progress`);
      await page.waitForScreen("receipt");
      await shot(page, `${symbol}-4-receipt`);
      expect(await page.byId("receipt-amount").textContent()).toContain(symbol);
      await active(session.uuid);
      expect(await paymentsOf(session.uuid)).toMatchObject([{ match: "exact", symbol }]);
    },
  );

  test("USDT's standing permission goes to zero first", async () => {
    const page = await open(await subscribe(), { account: 5 });
    await toFakeOffer(page, "tUSDT");
    await page.byId("authorise").click();
    await page.byId("step-reset").waitFor();
    await shot(page, "tUSDT-reset");
    await page.waitForScreen("receipt");
    expect(await walletWasAsked(page)).toEqual(["eth_signTypedData_v4", "eth_sendTransaction", "eth_sendTransaction"]);
  });

  test("with a trial: authorised now, nothing is taken and the first payment comes when it ends", async () => {
    const session = await subscribe({ trialPeriod: { value: 14, unit: "days" } });
    const page = await open(session);
    await shot(page, "trial-1-open");
    await page.toOffer({ symbol: "tUSDC", wallet: "test-rich" });
    await shot(page, "trial-2-offer");
    await page.byId("authorise").click();
    // What was allowed before may cover it: then there is no second question.
    await page.confirmAll();
    await page.waitForScreen("receipt");
    await shot(page, "trial-3-receipt");
    expect(await paymentsOf(session.uuid)).toEqual([]);
    expect((await system.client.subscriptions.get(session.uuid)).status).toBe("trial");
    await system.client.clock.advance({ value: 14, unit: "days" });
    await active(session.uuid);
    await page.page.reload();
    await page.byId("receipt-amount").waitFor();
  });

  test("with a trial: begun without a wallet", async () => {
    const session = await subscribe({ trialPeriod: { value: 14, unit: "days" } });
    const page = await open(session);
    await page.byId("when-later").click();
    await shot(page, "later");
    await page.byId("start-later").click();
    await page.waitForScreen("receipt");
    await shot(page, "later-receipt");
    expect((await system.client.subscriptions.get(session.uuid)).status).toBe("trial");
  });

  test("pay-as-you-go: a most per month, nothing to pay at once", async () => {
    const session = await system.client.payAsYouGo.createSession({ ...plan(), price: 0.024, freeCredits: 10 });
    const page = await open(session);
    await page.byId("currency-local-tUSDC").click();
    await page.byId("maximum").fill("0.001");
    await page.byId("choice-continue").click();
    await page.byId("error-maximum").waitFor();
    await page.byId("maximum").fill("50");
    await shot(page, "usage-1-choice");
    await page.byId("choice-continue").click();
    await page.connect("test-rich");
    expect(await page.byId("offer-cap").textContent()).toContain("$52.50");
    await shot(page, "usage-2-offer");
    await page.byId("authorise").click();
    await page.confirmAll();
    await page.waitForScreen("receipt");
    await shot(page, "usage-3-receipt");
    expect((await system.client.payAsYouGo.get(session.uuid)).status).toBe("active");
    expect(await paymentsOf(session.uuid)).toEqual([]);
  });

  test("a browser wallet on another network is asked to switch; refused mandate, refused permit, then authorised", async () => {
    const page = await open(await subscribe(), { account: 6, chainId: 1, mustAdd: true, refuses: [1, 3] });
    await toFakeOffer(page, "tUSDC");
    await page.byId("wrong-network").waitFor();
    await page.byId("authorise").click();
    await page.waitForProblem("rejected");
    await page.byId("authorise").click();
    await page.waitForProblem("rejected");
    await shot(page, "rejected");
    await page.byId("authorise").click();
    await page.waitForScreen("receipt");
    expect(await walletWasAsked(page)).toEqual(Array(5).fill("eth_signTypedData_v4"));
  });

  test("too little for the first payment is told before anything is signed", async () => {
    const page = await open(await subscribe());
    await page.toOffer({ symbol: "tUSDC", wallet: "test-empty" });
    await page.byId("authorise").click();
    await page.waitForProblem("tooLittle");
    await shot(page, "too-little");
    expect(await page.byId("test-wallet").count()).toBe(0);
  });

  test("a session that ends while the wallet asks says so, and nothing begins", async () => {
    const session = await subscribe();
    const page = await open(session);
    await page.toOffer({ symbol: "tUSDC", wallet: "test-second" });
    await page.byId("authorise").click();
    await page.byId("test-wallet").waitFor();
    await expire(session.uuid);
    await page.confirmAll();
    await page.waitForScreen("expired");
    await shot(page, "expired");
    await expect(system.client.subscriptions.get(session.uuid)).rejects.toMatchObject({ status: 404 });
  });

  test("reloads at each moment, a second tab and a lost answer end in one subscription", {
    timeout: 60_000,
  }, async () => {
    const session = await subscribe();
    const page = await open(session);
    await page.toOffer({ symbol: "tUSDC", wallet: "test-second", periods: "3" });
    await page.byId("authorise").click();
    await page.confirmInWallet();
    await page.page.locator("[data-testid=step-mandate][data-status=done]").waitFor();
    // Signed, and gone with the page: nobody has the signature.
    await page.page.reload();
    const second = await newPage();
    await second.open(session.link);
    await second.toOffer({ symbol: "tUSDC", wallet: "test-second", periods: "3" });
    await page.front();
    await page.toOffer({ symbol: "tUSDC", wallet: "test-second", periods: "3" });
    await page.byId("authorise").click();
    await page.byId("test-wallet").waitFor();
    await second.front();
    await second.byId("authorise").click();
    await second.waitForProblem("otherTab");
    await page.page.route(
      "**/mandate/signature",
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await page.front();
    await page.confirmAll();
    await page.page.reload();
    await page.waitForScreen("receipt");
    await second.waitForScreen("receipt");
    await active(session.uuid);
    expect(await paymentsOf(session.uuid)).toHaveLength(1);
  });

  test("a signature that arrives after the offer's time is void, and the new offer is signed", async () => {
    const session = await subscribe();
    const page = await open(session);
    await page.toOffer({ symbol: "tUSDC", wallet: "test-second", periods: "3" });
    await page.page.route(
      "**/mandate/signature",
      async (route) => {
        await system.client.clock.advance({ value: 20, unit: "minutes" });
        await route.continue();
      },
      { times: 1 },
    );
    await page.byId("authorise").click();
    await page.confirmInWallet();
    await page.confirmInWallet();
    await page.waitForProblem("offerExpired");
    await shot(page, "offer-expired");
    await page.byId("authorise").click();
    await page.confirmAll();
    await page.waitForScreen("receipt");
    expect(await paymentsOf(session.uuid)).toHaveLength(1);
  });

  test("a permit that somebody else used first does not stop it", async () => {
    const session = await subscribe();
    const page = await open(session);
    await page.toOffer({ symbol: "tUSDC", wallet: "test-second", periods: "12" });
    await page.page.route("**/mandate/signature", async (route) => {
      await sendPermit(session.uuid, route.request().postDataJSON());
      await route.continue();
    });
    await page.byId("authorise").click();
    await page.confirmAll();
    await page.waitForScreen("receipt");
    await active(session.uuid);
  });

  test("with the keyboard alone, 320 pixels wide, with nothing for axe to find", async () => {
    await context.close();
    context = await browser.newContext({ viewport: { width: 320, height: 640 }, reducedMotion: "reduce" });
    context.setDefaultTimeout(15_000);
    const { link } = await subscribe({ trialPeriod: { value: 1, unit: "weeks" }, minPeriods: 3 });
    const page = await newPage();
    await page.open(link);
    const { keyboard } = page.page;
    await accessible(page);
    await tabTo(page, "field-name");
    await keyboard.type("Ada");
    await tabTo(page, "field-lastName");
    await keyboard.type("Lovelace");
    await tabTo(page, "field-email");
    await keyboard.type("keys@subscribe.example");
    await keyboard.press("Enter");
    await page.detailsSaved();
    await accessible(page);
    await tabTo(page, "currency-local-tDAI");
    await keyboard.press("Space");
    await tabTo(page, "periods-12");
    await keyboard.press("ArrowRight");
    await accessible(page);
    await tabTo(page, "choice-continue");
    await keyboard.press("Enter");
    await tabTo(page, "wallet-test-second");
    await keyboard.press("Enter");
    await page.byId("offer").waitFor();
    await accessible(page);
    await tabTo(page, "authorise");
    await keyboard.press("Enter");
    await page.byId("test-wallet-confirm").waitFor();
    await accessible(page);
    await tabTo(page, "test-wallet-confirm");
    await keyboard.press("Enter");
    await page.page.locator("[data-testid=step-mandate][data-status=done]").waitFor();
    await accessible(page);
    await tabTo(page, "test-wallet-confirm");
    await keyboard.press("Enter");
    await page.waitForScreen("receipt");
    await accessible(page);
  });
});
