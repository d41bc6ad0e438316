/** Pictures of every state, phone and desktop, light and dark, into test-artifacts/ (not committed). */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { type DevServer, startDevServer } from "./dev-server.ts";
import { CheckoutPage } from "./page.ts";

const directory = join(import.meta.dirname, "..", "test-artifacts");
const customer = { name: "Ada", lastName: "Lovelace", email: "ada@example.com" };

const views = [
  { name: "phone-light", width: 375, height: 812, colorScheme: "light" },
  { name: "phone-dark", width: 375, height: 812, colorScheme: "dark" },
  { name: "desktop-light", width: 1280, height: 800, colorScheme: "light" },
  { name: "desktop-dark", width: 1280, height: 800, colorScheme: "dark" },
  { name: "tiny-light", width: 320, height: 640, colorScheme: "light" },
] as const;

const still = [
  "pending",
  "confirming",
  "completed",
  "expired",
  "cancelled",
  "failed",
  "underpaid",
  "twice",
  "unavailable",
  "other",
  "long",
  "live",
  "lastTry",
  "monthly",
  "minimum",
  "trial",
  "usage",
  "failedTry",
  "subscribed",
  "trialStarted",
  "subscribing",
  "subscribeExpired",
  "subscribeLong",
  "fresh",
];

async function shoot(browser: Browser, server: DevServer, view: (typeof views)[number]): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: view.width, height: view.height },
    colorScheme: view.colorScheme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") console.log(view.name, message.text());
  });
  page.on("pageerror", (error) => console.log(view.name, "page error", error.message));
  const checkout = new CheckoutPage(page);
  const snap = async (name: string) => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    if (wide) console.log(`${view.name} ${name}: scrolls sideways`);
    await page.screenshot({ path: join(directory, `${name}.${view.name}.png`), fullPage: true });
  };
  for (const name of still) {
    await checkout.open(`${server.url}${server.open(name)}`);
    await snap(name);
  }
  await checkout.byId("details-save").click();
  await checkout.byId("error-email").waitFor();
  await snap("details-errors");
  await checkout.fillDetails(customer);
  await checkout.detailsSaved();
  await snap("currencies");
  await checkout.pick("local", "tUSDC");
  await snap("wallets");
  await checkout.connect("test-empty");
  await checkout.pressPay();
  await checkout.waitForProblem("tooLittle");
  await snap("too-little");
  await checkout.byId("wallet-change").click();
  await checkout.connect("test-rich");
  await checkout.byId("wallet-balance").waitFor();
  await snap("ready");
  await checkout.pressPay();
  await checkout.byId("test-wallet").waitFor();
  await snap("test-wallet");
  await checkout.refuseInWallet();
  await checkout.waitForProblem("rejected");
  await snap("rejected");
  await checkout.pressPay();
  await checkout.confirmInWallet();
  await checkout.byId("test-wallet").waitFor();
  await checkout.page.locator("[data-testid=step-permit][data-status=done]").waitFor();
  await snap("second-question");
  await checkout.confirmInWallet();
  await checkout.waitForScreen("progress");
  await snap("progress");
  await checkout.waitForScreen("receipt");
  await snap("receipt");
  await checkout.open(`${server.url}${server.open("fresh")}`);
  await checkout.byId("cancel").click();
  await snap("cancel");
  await subscribe(checkout, { server, snap });
  await page.goto(`${server.url}/pay/unknown`);
  await snap("not-found");
  await context.close();
}

/** The subscription's form, from its first question to the receipt. */
async function subscribe(
  checkout: CheckoutPage,
  { server, snap }: { server: DevServer; snap: (name: string) => Promise<void> },
): Promise<void> {
  await checkout.open(`${server.url}${server.open("trial")}`);
  await checkout.byId("when-later").click();
  await snap("subscribe-later");
  await checkout.open(`${server.url}${server.open("usage")}`);
  await checkout.byId("currency-local-tUSDC").click();
  await checkout.byId("choice-continue").click();
  await checkout.byId("error-maximum").waitFor();
  await snap("subscribe-maximum-needed");
  await checkout.byId("maximum").fill("50");
  await checkout.byId("choice-continue").click();
  await checkout.connect("test-rich");
  await checkout.byId("offer").waitFor();
  await snap("subscribe-usage-offer");
  await checkout.open(`${server.url}${server.open("monthly")}`);
  await checkout.toOffer({ symbol: "tDAI", wallet: "test-empty", periods: "all" });
  await checkout.byId("authorise").click();
  await checkout.waitForProblem("tooLittle");
  await snap("subscribe-too-little");
  await checkout.byId("wallet-change").click();
  await checkout.connect("test-rich");
  await checkout.byId("offer").waitFor();
  await checkout.byId("authorise").click();
  await checkout.confirmInWallet();
  await checkout.page.locator("[data-testid=step-mandate][data-status=done]").waitFor();
  await snap("subscribe-second-question");
  await checkout.confirmInWallet();
  await checkout.waitForScreen("progress");
  await snap("subscribe-progress");
  await checkout.waitForScreen("receipt");
  await snap("subscribe-receipt");
}

const server = await startDevServer();
const browser = await launchChromium();
try {
  await mkdir(directory, { recursive: true });
  const wanted = process.argv.slice(2);
  for (const view of views) if (wanted.length === 0 || wanted.includes(view.name)) await shoot(browser, server, view);
} finally {
  await browser.close();
  await server.stop();
}
