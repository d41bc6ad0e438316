// The customer's portal as a customer has it: Chromium, the running server, the built-in test wallet, the real chain. The
// price of a token falls where it is set: the server is started again with another one. Screenshots go to
// test-artifacts/portal. Without Chromium these tests are reported as not run; under CI that is a failure.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { QBitFlow } from "@qbitflow/sdk";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, launchChromium } from "../apps/checkout/test/chromium.ts";
import { CheckoutPage } from "../apps/checkout/test/page.ts";
import { ada } from "./harness/customer.ts";
import { freePort, type RunningServer, startServer, temporaryDataDir, until } from "./harness/server.ts";
import { subscriberOf } from "./harness/subscriber.ts";

const artifacts = join(import.meta.dirname, "../test-artifacts/portal");
const phone = { width: 375, height: 812 };
const desktop = { width: 1280, height: 900 };
const monthly = { productName: "Studio plan", description: "Unlimited projects.", price: 10 } as const;
const frequency = { value: 1, unit: "months" } as const;

let directory: ReturnType<typeof temporaryDataDir>;
let port: string;
let server: RunningServer;
let client: QBitFlow;
let browser: Browser;
let context: BrowserContext;
let problems: string[];

async function start(env: Record<string, string> = {}): Promise<void> {
  server = await startServer({ dataDir: directory.path, env: { PORT: port, ...env } });
  client = new QBitFlow({ apiKey: server.dev.testApiKey, baseUrl: server.dev.apiUrl });
}

async function newPage(): Promise<CheckoutPage> {
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) problems.push(message.text());
  });
  return new CheckoutPage(page);
}

async function openPortal(uuid: string): Promise<CheckoutPage> {
  const portal = await newPage();
  await portal.page.goto((await client.subscriptions.getPortalLink(uuid)).portalUrl);
  await portal.byId("portal").waitFor();
  return portal;
}

const hasStatus = (portal: CheckoutPage, status: string) =>
  portal.page.locator(`[data-testid=portal][data-status=${status}]`).waitFor();

/** On a phone in the dark, and on a desk. */
async function shots({ page }: CheckoutPage, name: string, { fullPage = true } = {}): Promise<void> {
  for (const [device, size, colorScheme] of [
    ["phone", phone, "dark"],
    ["desktop", desktop, "light"],
  ] as const) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(artifacts, `${name}-${device}.png`), fullPage });
  }
}

describe.skipIf(chromiumPath() === undefined && process.env.CI === undefined)("the portal in Chromium", () => {
  beforeAll(async () => {
    mkdirSync(artifacts, { recursive: true });
    directory = temporaryDataDir();
    port = String(await freePort());
    [, browser] = await Promise.all([start(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    directory?.remove();
  });

  async function inBrowser(work: () => Promise<void>): Promise<void> {
    problems = [];
    context = await browser.newContext({ viewport: phone, reducedMotion: "reduce" });
    context.setDefaultTimeout(30_000);
    try {
      await work();
      expect(problems).toEqual([]);
    } finally {
      await context.close();
    }
  }

  test(
    "after a trial that nobody authorised another wallet does, and the first bill is paid",
    { timeout: 90_000 },
    () =>
      inBrowser(async () => {
        const customer = await subscriberOf(server.dev);
        const trialPeriod = { value: 7, unit: "days" } as const;
        const { uuid } = await client.subscriptions.createSession({ ...monthly, frequency, trialPeriod });
        await customer.authoriseLater(uuid);
        const portal = await openPortal(uuid);
        await hasStatus(portal, "trial");
        await shots(portal, "trial");
        await client.clock.advance({ value: 8, unit: "days" });
        await hasStatus(portal, "trial_expired");
        await shots(portal, "trial-expired");
        await portal.byId("mandate-start").click();
        await portal.byId("currency-local-tDAI").click();
        await portal.byId("periods-6").click();
        await portal.byId("choice-continue").click();
        await portal.connect("test-second");
        await portal.byId("offer").waitFor();
        await shots(portal, "authorise");
        await portal.authorise(2);
        await hasStatus(portal, "active");
        await portal.byId("bill-receipt").waitFor();
        expect(await client.subscriptions.getPaymentHistory(uuid)).toMatchObject([{ amount: 10 }]);
        // DAI's permit knows all or nothing: the wallet approves, and the page has the chain looked at.
        await portal.byId("top-up").click();
        await portal.byId("periods-12").click();
        await portal.byId("sign").click();
        await portal.confirmInWallet();
        await portal.byId("done-allowance").waitFor();
        expect(await portal.byId("paying").textContent()).toContain("126 tDAI");
      }),
  );

  test(
    "usage is shown as it grows, stopped with one last bill, and the exit page needs no server",
    { timeout: 90_000 },
    () =>
      inBrowser(async () => {
        const { uuid, link } = await client.payAsYouGo.createSession({
          ...monthly,
          productName: "Speech API",
          price: 0.024,
          frequency,
        });
        const page = await newPage();
        await page.open(link);
        await page.fillDetails({ ...ada, email: "usage@portal.example" });
        await page.detailsSaved();
        await page.toOffer({ symbol: "tUSDC", wallet: "test-second", maximum: "30", periods: "12" });
        await page.authorise(2);
        await page.waitForScreen("receipt");
        const portal = await openPortal(uuid);
        await client.payAsYouGo.increaseUnitsCurrentPeriod(uuid, 1000.5);
        await portal.page.reload();
        await portal.byId("usage").waitFor();
        expect(await portal.byId("usage").textContent()).toContain("24.01");
        await shots(portal, "usage");
        await portal.byId("stop").click();
        await shots(portal, "stop", { fullPage: false });
        await portal.byId("end-yes").click();
        await portal.byId("end-dialog").waitFor({ state: "detached" });
        expect(await client.payAsYouGo.get(uuid)).toMatchObject({ stopped: true, status: "active" });

        const exit = await newPage();
        await exit.page.goto(
          new URL((await portal.byId("exit-link").getAttribute("href")) ?? "", portal.page.url()).href,
        );
        await exit.byId("rpc-url").fill(server.dev.chain.rpcUrl);
        await exit.byId("rpc-use").click();
        await exit.byId("actions").waitFor();
        await shots(exit, "exit");
        await exit.byId("cancel-do").click();
        await exit.page.locator("[data-testid=exit-cancel][data-over=true]").waitFor();
        await exit.byId("revoke-do").click();
        await exit.page.locator("[data-testid=exit-revoke][data-over=true]").waitFor();
        // What was done on the chain alone is seen here, too.
        await hasStatus(portal, "cancelled");
        await until("cancelled", async () => (await client.payAsYouGo.get(uuid)).status === "cancelled");

        await client.payAsYouGo.revokePortalLinks(uuid);
        await portal.page.reload();
        await portal.byId("not-found").waitFor();
        await shots(portal, "revoked");
      }),
  );

  // The last one: it leaves the price where it fell to.
  test(
    "a token falls by 40 % between two bills: the limit is raised, the bill goes through, the allowance is renewed, and it ends",
    {
      timeout: 180_000,
    },
    () =>
      inBrowser(async () => {
        const { uuid, link } = await client.subscriptions.createSession({ ...monthly, frequency });
        const page = await newPage();
        await page.open(link);
        await page.fillDetails({ ...ada, email: "falls@portal.example" });
        await page.detailsSaved();
        await page.toOffer({ symbol: "tUSDC", wallet: "test-rich", periods: "6" });
        await page.authorise(2);
        await page.waitForScreen("receipt");
        await page.byId("portal-link").click();
        await page.byId("portal").waitFor();
        await hasStatus(page, "active");
        await shots(page, "1-active");

        await server.stop();
        await page.byId("offline").waitFor();
        await start({ PRICE_FIXED_USDC: "0.6" });
        const { nextBillingDate } = await client.subscriptions.get(uuid);
        await client.clock.advance({ to: new Date(Date.parse(nextBillingDate) + 60_000) });
        // The page that is open shows it by itself.
        await hasStatus(page, "pending");
        await page.byId("offline").waitFor({ state: "detached" });
        expect(await page.byId("next-bill").textContent()).toContain("16.666667 tUSDC");
        expect(await page.byId("covers").textContent()).toContain("Does not cover");
        await shots(page, "2-pending");
        await page.byId("maximum-start").click();
        await page.byId("maximum").fill("12");
        await page.byId("show-maximum").click();
        expect(await page.byId("change").textContent()).toContain("21 tUSDC");
        await page.connect("test-rich");
        await shots(page, "3-maximum");
        await page.byId("sign").click();
        await page.confirmInWallet();
        await hasStatus(page, "active");
        await page.byId("under-way").waitFor({ state: "detached" });
        expect((await client.subscriptions.getPaymentHistory(uuid)).length).toBe(2);
        expect(await page.byId("bills").textContent()).toContain("16.666667 tUSDC");

        await page.byId("top-up").click();
        await page.byId("periods-12").click();
        await page.byId("change").waitFor();
        await page.byId("sign").waitFor();
        await shots(page, "4-allowance");
        await page.byId("sign").click();
        await page.confirmInWallet();
        await page.byId("under-way-increaseAllowance").waitFor();
        await page.byId("under-way").waitFor({ state: "detached" });
        expect(await page.byId("paying").textContent()).toContain("252 tUSDC");
        expect(await page.byId("covers").textContent()).toContain("15");

        await page.byId("bill-receipt").first().click();
        await page.byId("receipt").waitFor();
        await shots(page, "5-receipt");
        await page.byId("back").click();
        await page.byId("end-cancel").click();
        await shots(page, "6-end", { fullPage: false });
        await page.byId("end-yes").click();
        await page.byId("end-dialog").waitFor({ state: "detached" });
        expect(await page.byId("status").textContent()).toContain("Stopped. It ends on");
        expect(await client.subscriptions.get(uuid)).toMatchObject({ status: "active", stopped: true });
        await client.clock.advance({ value: 1, unit: "months" });
        await hasStatus(page, "cancelled");
        await shots(page, "7-ended");
      }),
  );
});
