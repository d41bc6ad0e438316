/** The customer's portal in a real browser, with real tokens and signatures; our server is played by dev-server.ts. */
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkoutAssets } from "../src/assets.ts";
import { accessible, tabTo } from "./accessible.ts";
import { builtCheckout } from "./built.ts";
import { launchChromium, withoutBrowser } from "./chromium.ts";
import { type DevServer, startDevServer } from "./dev-server.ts";
import { askedOf, type FakeWalletBehaviour, installFakeWallet } from "./fake-wallet.ts";
import { CheckoutPage } from "./page.ts";

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

async function open(scenario: string, wallet?: FakeWalletBehaviour): Promise<CheckoutPage> {
  const page = await context.newPage();
  if (wallet) await installFakeWallet(page, wallet);
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) problems.push(message.text());
  });
  const checkout = new CheckoutPage(page);
  await page.goto(`${server.url}/manage/${scenario}`);
  await checkout.byId("portal").waitFor();
  return checkout;
}

describe.skipIf(withoutBrowser)("the portal", () => {
  it("raises the cap by a signature, and shows it on its way and there", async () => {
    const portal = await open("pending");
    await portal.byId("maximum-start").click();
    expect(await portal.byId("maximum").inputValue()).toBe("29");
    await portal.byId("maximum").fill("");
    await portal.byId("show-maximum").click();
    await portal.byId("error-maximum").waitFor();
    await portal.byId("maximum").fill("60");
    await portal.byId("show-maximum").click();
    expect(await portal.byId("change").textContent()).toContain("63 tUSDC");
    await portal.connect("test-rich");
    await portal.byId("sign").click();
    await portal.confirmInWallet();
    await portal.byId("under-way-updateMaxAmount").waitFor();
    await portal.byId("under-way").waitFor({ state: "detached" });
    expect(await portal.byId("paying").textContent()).toContain("63 tUSDC");
    expect(await portal.byId("portal").getAttribute("data-status")).toBe("active");
    expect(problems).toEqual([]);
  });

  it("raises the cap by a browser wallet on another network, which refuses at first", async () => {
    const portal = await open("pending~2", { account: 5, chainId: 1, mustAdd: true, refuses: [1] });
    await portal.byId("maximum-start").click();
    await portal.byId("show-maximum").click();
    await portal.byId("wallet-test.fake").click();
    await portal.byId("wallet-account").waitFor();
    await portal.byId("sign").click();
    await portal.waitForProblem("rejected");
    await portal.byId("sign").click();
    await portal.byId("under-way-updateMaxAmount").waitFor();
    await portal.page.locator("[data-testid=portal][data-status=active]").waitFor();
    expect(await askedOf(portal.page)).toContain("wallet_addEthereumChain");
    expect(problems).toEqual([]);
  });

  it("does it with the keyboard alone, 320 pixels wide, with nothing for axe to find", async () => {
    await context.close();
    context = await browser.newContext({ viewport: { width: 320, height: 640 }, reducedMotion: "reduce" });
    context.setDefaultTimeout(15_000);
    const portal = await open("pending~3");
    const press = async (testId: string, key = "Enter") => {
      await tabTo(portal, testId);
      await portal.page.keyboard.press(key);
    };
    await accessible(portal);
    await press("maximum-start");
    await accessible(portal);
    await press("show-maximum");
    await press("wallet-test-rich");
    await portal.byId("wallet-account").waitFor();
    await press("sign");
    await portal.byId("test-wallet").waitFor();
    await accessible(portal);
    await press("test-wallet-confirm");
    await portal.page.locator("[data-testid=portal][data-status=active]").waitFor();
    await accessible(portal);
    await press("end-cancel");
    await portal.byId("end-dialog").waitFor();
    await accessible(portal);
    await press("end-yes");
    await portal.byId("end-dialog").waitFor({ state: "detached" });
    expect(await portal.byId("status").textContent()).toContain("Stopped. It ends on");
  });

  it("signs no other maximum than it shows", async () => {
    const portal = await open("lying");
    await portal.byId("change-cap").click();
    await portal.byId("maximum").fill("60");
    await portal.byId("show-maximum").click();
    await portal.connect("test-rich");
    await portal.byId("sign").click();
    await portal.waitForProblem("termsDiffer");
    expect(await portal.byId("test-wallet").count()).toBe(0);
  });

  it("refuses another wallet than the one that pays", async () => {
    const portal = await open("active");
    await portal.byId("change-cap").click();
    await portal.byId("maximum").fill("60");
    await portal.byId("show-maximum").click();
    await portal.connect("test-second");
    await portal.byId("sign").click();
    await portal.waitForProblem("otherWallet");
  });

  it("tops the allowance up by permit, and takes it back by approval", async () => {
    const portal = await open("usage");
    await portal.byId("top-up").click();
    await portal.byId("periods-6").click();
    await portal.byId("change").waitFor();
    await portal.connect("test-rich");
    await portal.byId("sign").click();
    await portal.confirmInWallet();
    await portal.byId("done-allowance").waitFor();
    await portal.byId("revoke").click();
    await portal.byId("wallet-account").waitFor();
    await portal.byId("sign").click();
    await portal.confirmInWallet();
    await portal.page.locator("[data-testid=portal][data-status=low_on_funds]").waitFor();
    expect(problems).toEqual([]);
  });

  it("authorises after a trial that ran out", async () => {
    const portal = await open("trialExpired");
    await portal.byId("mandate-start").click();
    await portal.byId("currency-local-tDAI").click();
    await portal.byId("choice-continue").click();
    await portal.connect("test-rich");
    await portal.byId("offer").waitFor();
    await portal.authorise(2);
    await portal.byId("under-way-createSubscription").waitFor();
    await portal.page.locator("[data-testid=portal][data-status=active]").waitFor();
  });

  it("shows a bill's receipt, and cancels after asking", async () => {
    const portal = await open("active");
    await portal.byId("bill-receipt").first().click();
    await portal.byId("print").waitFor();
    await portal.byId("back").click();
    expect(await portal.byId("exit-link").getAttribute("href")).toContain("/exit#");
    await portal.byId("end-cancel").click();
    await portal.byId("end-yes").click();
    await portal.byId("end-dialog").waitFor({ state: "detached" });
    expect(await portal.byId("status").textContent()).toContain("Stopped. It ends on");
  });

  it("does not offer to cancel before the agreed date, and says until when", async () => {
    const portal = await open("minimum");
    await portal.byId("not-yet").waitFor();
    expect(await portal.byId("end-cancel").count()).toBe(0);
    expect(await portal.byId("exit-link").count()).toBe(1);
  });
});
