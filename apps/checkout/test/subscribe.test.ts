/** The subscription's page in a real browser, with real tokens and signatures; our server is played by dev-server.ts. */
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkoutAssets } from "../src/assets.ts";
import { builtCheckout } from "./built.ts";
import { launchChromium, withoutBrowser } from "./chromium.ts";
import { type DevServer, startDevServer } from "./dev-server.ts";
import { hindrances } from "./hindrances.ts";
import { CheckoutPage } from "./page.ts";
import { paymentOf } from "./scenarios.ts";

const customer = { name: "Ada", lastName: "Lovelace", email: "ada@example.com" };
let built: Awaited<ReturnType<typeof builtCheckout>>;
let server: DevServer;
let browser: Browser;
let context: BrowserContext;
let problems: string[];

beforeAll(async () => {
  if (withoutBrowser) return;
  built = await builtCheckout();
  [server, browser] = await Promise.all([startDevServer(checkoutAssets(built.directory)), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  built?.remove();
});
beforeEach(async () => {
  problems = [];
  context = await browser.newContext({ viewport: { width: 375, height: 812 }, reducedMotion: "reduce" });
  context.setDefaultTimeout(15_000);
});
afterEach(() => context.close());

async function open(scenario: string): Promise<CheckoutPage> {
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) problems.push(message.text());
  });
  const checkout = new CheckoutPage(page);
  await checkout.open(`${server.url}${server.open(scenario)}`);
  return checkout;
}

describe.skipIf(withoutBrowser)("subscribing with the test wallet", () => {
  // Mandate and permit are signatures; a token without permit is approved by a transaction.
  it.each(["tUSDC", "tDAI", "tUSDT"])(
    "authorises %s with two confirmations and gets receipt and portal",
    async (symbol) => {
      const checkout = await open("monthlyFresh");
      await checkout.fillDetails(customer);
      await checkout.detailsSaved();
      await checkout.toOffer({ symbol, wallet: "test-rich", periods: "6" });
      expect(await checkout.byId("offer-cap").textContent()).toContain(`30.45 ${symbol}`);
      expect(await checkout.byId("offer-allowance").textContent()).toContain(`182.70 ${symbol}`);
      await checkout.authorise(2);
      await checkout.waitForScreen("progress");
      await checkout.waitForScreen("receipt");
      expect(await checkout.byId("receipt-amount").textContent()).toBe(`29 ${symbol}`);
      expect(await checkout.byId("portal-link").getAttribute("href")).toContain("/manage/");
      expect(problems).toEqual([]);
    },
  );

  it("sets the most per period for pay-as-you-go", async () => {
    const checkout = await open("usage");
    await checkout.byId("currency-local-tUSDC").click();
    await checkout.byId("choice-continue").click();
    await checkout.byId("error-maximum").waitFor();
    await checkout.byId("maximum").fill("50");
    await checkout.byId("choice-continue").click();
    await checkout.connect("test-rich");
    expect(await checkout.byId("offer-cap").textContent()).toContain("$52.50");
    await checkout.authorise(2);
    await checkout.waitForScreen("receipt");
  });

  it("begins a trial without a wallet, or authorises it at once", async () => {
    const later = await open("trial");
    await later.byId("when-later").click();
    await later.byId("start-later").click();
    await later.waitForScreen("receipt");
    const now = await open("trial");
    await now.toOffer({ symbol: "tUSDC", wallet: "test-rich" });
    await now.authorise(2);
    await now.waitForScreen("receipt");
  });
});

describe.skipIf(withoutBrowser)("what stands in the way", () => {
  it("never asks the wallet to sign more than is shown", async () => {
    const checkout = await open("differs");
    await checkout.toOffer({ symbol: "tUSDC", wallet: "test-rich" });
    await checkout.byId("authorise").click();
    await checkout.waitForProblem("termsDiffer");
    expect(await checkout.byId("test-wallet").count()).toBe(0);
  });

  it("tells how much the first payment lacks before anything is signed", async () => {
    const checkout = await open("monthly");
    await checkout.toOffer({ symbol: "tUSDC", wallet: "test-empty" });
    await checkout.byId("authorise").click();
    await checkout.waitForProblem("tooLittle");
    expect(await checkout.byId("test-wallet").count()).toBe(0);
  });

  it("lets the customer refuse, and authorise after all", async () => {
    const checkout = await open("monthly");
    await checkout.toOffer({ symbol: "tUSDC", wallet: "test-rich" });
    await checkout.byId("authorise").click();
    await checkout.confirmInWallet();
    await checkout.refuseInWallet();
    await checkout.waitForProblem("rejected");
    await checkout.authorise(2);
    await checkout.waitForScreen("receipt");
  });

  it("says why the last try failed, and takes another", async () => {
    const checkout = await open("failedTry");
    await checkout.byId("failure-insufficient_balance").waitFor();
    await checkout.toOffer({ symbol: "tUSDC", wallet: "test-rich" });
    await checkout.authorise(2);
    await checkout.waitForScreen("receipt");
  });
});

describe.skipIf(withoutBrowser)("names of 160 letters without a gap, in two scripts, 320 pixels wide", () => {
  beforeEach(async () => {
    await context.close();
    context = await browser.newContext({ viewport: { width: 320, height: 568 }, reducedMotion: "reduce" });
  });

  it.each(["long", "subscribeLong"])("fit every state of %s, with nothing for axe to find", async (scenario) => {
    const path = server.open(scenario) ?? "";
    const session = server.session(path);
    if (!session) throw new Error("The session is there.");
    const checkout = new CheckoutPage(await context.newPage());
    const { type } = session.state.status;
    const late = paymentOf({ match: "late", amount: "999999.123456789012345678" });
    const found: string[] = [];
    for (const status of ["created", "pending", "expired", "cancelled", "failed", "completed"] as const) {
      session.state.status = { type, status, txHash: late.transactionHash, message: session.state.organizationName };
      session.state.payments = status === "created" ? [] : [late];
      await checkout.open(`${server.url}${path}`);
      found.push(...(await hindrances(checkout.page)).map((each) => `${status}: ${each}`));
    }
    expect(found).toEqual([]);
  });

  it("fit the portal", async () => {
    const page = await context.newPage();
    await page.goto(`${server.url}/manage/long`);
    await page.getByTestId("paying").waitFor();
    expect(await hindrances(page)).toEqual([]);
  });
});
