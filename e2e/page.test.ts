// The page as a customer has it: Chromium, the running server, the built-in test wallet, the real chain. Screenshots go
// to test-artifacts/page. Without Chromium these tests are reported as not run; under CI that is a failure.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { accessible, tabTo } from "../apps/checkout/test/accessible.ts";
import { chromiumPath, launchChromium } from "../apps/checkout/test/chromium.ts";
import { CheckoutPage } from "../apps/checkout/test/page.ts";
import { ada, customerOf, relayReady } from "./harness/customer.ts";
import { until } from "./harness/server.ts";
import { type System, startSystem } from "./harness/system.ts";

const artifacts = join(import.meta.dirname, "../test-artifacts/page");
let system: System;
let server: System["server"];
let receiver: System["receiver"];
let client: System["client"];
let browser: Browser;
let context: BrowserContext | undefined;

const phone = { viewport: { width: 375, height: 812 }, colorScheme: "dark" } as const;
const tiny = { viewport: { width: 320, height: 640 }, colorScheme: "dark", reducedMotion: "reduce" } as const;
const desktop = { viewport: { width: 1280, height: 800 }, colorScheme: "light" } as const;

async function newPage(device: typeof phone | typeof tiny | typeof desktop = desktop): Promise<CheckoutPage> {
  context ??= await browser.newContext(device);
  return new CheckoutPage(await context.newPage());
}

async function session(overrides: Record<string, unknown> = {}) {
  return client.oneTimePayments.createSession({
    productName: "Blue mug",
    description: "Holds 300 ml",
    price: 24.9,
    webhookUrl: receiver.url,
    ...overrides,
  });
}

const shot = (page: CheckoutPage, name: string) =>
  page.page.screenshot({ path: join(artifacts, `${name}.png`), fullPage: true });
const statusOf = async (uuid: string) => (await client.transactionStatus.get(uuid, "payment")).status;

describe.skipIf(chromiumPath() === undefined && process.env.CI === undefined)("the checkout page in Chromium", () => {
  beforeAll(async () => {
    mkdirSync(artifacts, { recursive: true });
    [system, browser] = await Promise.all([startSystem(), launchChromium()]);
    ({ server, receiver, client } = system);
    await relayReady(system);
  });
  afterEach(async () => {
    await context?.close();
    context = undefined;
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
  });

  // The number of questions is the number of confirmations the wallet asks for: one, but for a token without signatures.
  test.each([
    { symbol: "ETH", questions: 1, device: desktop },
    { symbol: "tUSDC", questions: 1, device: phone },
    { symbol: "tUSDT", questions: 2, device: desktop },
    { symbol: "tDAI", questions: 1, device: phone },
  ])(
    "pays in $symbol and goes on to the shop with the placeholders replaced",
    async ({ symbol, questions, device }) => {
      const thanks = `${new URL(receiver.url).origin}/thanks`;
      const { uuid, link } = await session({ successUrl: `${thanks}?uuid={{UUID}}&type={{TRANSACTION_TYPE}}` });
      const page = await newPage(device);
      await page.open(link);
      await shot(page, `${symbol}-1-open`);
      await page.payAll({ customer: { ...ada, email: `${symbol}@page.example` }, network: "local", symbol, questions });
      await shot(page, `${symbol}-2-receipt`);
      expect(await statusOf(uuid)).toBe("completed");
      await page.byId("continue").click();
      await page.page.waitForURL(`${thanks}?uuid=${uuid}&type=payment`);
    },
  );

  test("says who asks, for what and how much in the HTML itself", async () => {
    const { link } = await session({ productName: "<b>Mug</b> & saucer" });
    const answer = await fetch(link);
    const html = await answer.text();
    expect(html).toContain("&lt;b&gt;Mug&lt;/b&gt; &amp; saucer");
    expect(html).toContain("24.90");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("a wallet that refuses costs nothing, and the customer can try again", async () => {
    const { uuid, link } = await session();
    const page = await newPage(phone);
    await page.open(link);
    await page.fillDetails({ ...ada, email: "refuse@page.example" });
    await page.detailsSaved();
    await page.pick("local", "ETH");
    await page.connect("test-rich");
    await page.pressPay();
    await page.refuseInWallet();
    await page.waitForProblem("rejected");
    await shot(page, "refused");
    expect(await statusOf(uuid)).toBe("created");
    await page.pressPay();
    await page.confirmInWallet();
    await page.waitForScreen("receipt");
  });

  test("too little balance is told before anything is signed", async () => {
    const { link } = await session();
    const page = await newPage(phone);
    await page.open(link);
    await page.fillDetails({ ...ada, email: "empty@page.example" });
    await page.detailsSaved();
    await page.pick("local", "tUSDC");
    await page.connect("test-empty");
    await page.pressPay();
    await page.waitForProblem("tooLittle");
    await shot(page, "too-little");
  });

  test("reloading while the payment waits shows where it stands, and a second tab cannot pay again", async () => {
    const { uuid, link } = await session();
    const page = await newPage();
    await page.open(link);
    await page.fillDetails({ ...ada, email: "reload@page.example" });
    await page.detailsSaved();
    await page.pick("local", "ETH");
    await page.connect("test-rich");
    await page.pressPay();
    await page.confirmInWallet();
    await page.page.locator("[data-testid=checkout]:not([data-screen=pay])").waitFor();
    await page.page.reload();
    const second = await newPage();
    await second.open(link);
    await page.waitForScreen("receipt");
    await second.waitForScreen("receipt");
    expect(await page.byId("pay").count()).toBe(0);
    expect(await second.byId("pay").count()).toBe(0);
    expect((await customerOf(server.dev).state(uuid)).payments).toHaveLength(1);
  });

  test("a session paid elsewhere turns into its receipt while the page is open", async () => {
    const { uuid, link } = await session();
    const page = await newPage();
    await page.open(link);
    const customer = customerOf(server.dev, 1);
    await customer.identify(uuid, { ...ada, email: "elsewhere@page.example" });
    await customer.pay(uuid, "tDAI");
    await page.waitForScreen("receipt");
  });

  test("cancelling goes to the shop's cancel page and ends the session", async () => {
    const back = `${new URL(receiver.url).origin}/back`;
    const { uuid, link } = await session({ cancelUrl: `${back}?uuid={{UUID}}` });
    const page = await newPage(phone);
    await page.open(link);
    await page.cancel();
    await page.page.waitForURL(`${back}?uuid=${uuid}`);
    expect(await statusOf(uuid)).toBe("cancelled");
    const again = await newPage(phone);
    await again.open(link);
    await again.waitForScreen("cancelled");
    await shot(again, "cancelled");
  });

  test("an expired session says so, and whom to ask", async () => {
    const { uuid, link } = await session();
    await fetch(`${server.dev.apiUrl.replace(/\/v1$/, "")}/v1/transaction/session-checkout/${uuid}/expire`, {
      method: "POST",
      headers: { "x-api-key": server.dev.testApiKey },
    });
    const page = await newPage(phone);
    await page.open(link);
    await page.waitForScreen("expired");
    await shot(page, "expired");
  });

  test("another browser can pay but sees no typed data and cannot cancel", async () => {
    const { uuid, link } = await session();
    const owner = await newPage();
    await owner.open(link);
    await owner.fillDetails({ ...ada, email: "private@page.example" });
    await owner.detailsSaved();
    const strangerContext = await browser.newContext(phone);
    const stranger = new CheckoutPage(await strangerContext.newPage());
    await stranger.open(link);
    expect(await stranger.page.content()).not.toContain("private@page.example");
    expect(await stranger.byId("cancel").count()).toBe(0);
    await stranger.payAll({ network: "local", symbol: "ETH", questions: 1 });
    await owner.waitForScreen("receipt");
    await strangerContext.close();
    await until("completed", async () => (await statusOf(uuid)) === "completed");
  });

  test("with the keyboard alone, 320 pixels wide, with nothing for axe to find", async () => {
    const { link } = await session();
    const page = await newPage(tiny);
    await page.open(link);
    const { keyboard } = page.page;
    await accessible(page);
    await tabTo(page, "field-name");
    await keyboard.type("Ada");
    await tabTo(page, "field-lastName");
    await keyboard.type("Lovelace");
    await tabTo(page, "field-email");
    await keyboard.type("keys@page.example");
    await keyboard.press("Enter");
    await page.detailsSaved();
    await accessible(page);
    await tabTo(page, "currency-local-ETH");
    await keyboard.press("Space");
    await page.byId("quote-amount").waitFor();
    await tabTo(page, "wallet-test-rich");
    await keyboard.press("Enter");
    await page.byId("wallet-account").waitFor();
    await accessible(page);
    await tabTo(page, "pay");
    await keyboard.press("Enter");
    await page.byId("test-wallet-confirm").waitFor();
    await tabTo(page, "test-wallet-confirm");
    await keyboard.press("Enter");
    await page.waitForScreen("receipt");
    await accessible(page);
  });
});
