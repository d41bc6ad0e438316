// The example shop as its README starts it, clicked through by a customer: product → checkout → verified webhook → paid.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium, withoutBrowser } from "../apps/checkout/test/chromium.ts";
import { CheckoutPage } from "../apps/checkout/test/page.ts";
import { ada } from "./harness/customer.ts";
import { freePort, type RunningServer, startServer, temporaryDataDir, until } from "./harness/server.ts";

const root = join(import.meta.dirname, "..");
const artifacts = join(root, "test-artifacts/shop");
const directory = temporaryDataDir();
let server: RunningServer;
let shop: { url: string; process: ChildProcess };
let browser: Browser;

async function startShop({ dev }: RunningServer): Promise<typeof shop> {
  const child = spawn(process.execPath, ["shop.ts"], {
    cwd: join(root, "examples/shop"),
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env.PATH ?? "",
      PORT: String(await freePort()),
      QBITFLOW_BASE_URL: dev.apiUrl,
      QBITFLOW_API_KEY: dev.testApiKey,
      QBITFLOW_WEBHOOK_SECRET: dev.webhookSecret,
    },
  });
  for await (const line of createInterface(child.stdout)) {
    const [url] = /http:\S+/.exec(line) ?? [];
    if (url !== undefined) return { url, process: child };
  }
  throw new Error("the shop ended before it was open");
}

/** What the shop answered to each of a session's webhooks, last attempts only. */
async function webhookAnswers(uuid: string): Promise<(number | undefined)[]> {
  const answer = await fetch(`${server.dev.apiUrl}/webhooks/deliveries?uuid=${uuid}`, {
    headers: { "x-api-key": server.dev.testApiKey },
  });
  const { items } = (await answer.json()) as { items: { attempts: { httpStatus?: number }[] }[] };
  return items.map(({ attempts }) => attempts.at(-1)?.httpStatus);
}

describe.skipIf(withoutBrowser)("the example shop in Chromium", () => {
  beforeAll(async () => {
    mkdirSync(artifacts, { recursive: true });
    [server, browser] = await Promise.all([startServer({ dataDir: directory.path }), launchChromium()]);
    shop = await startShop(server);
  });
  afterAll(async () => {
    await browser?.close();
    if (shop !== undefined) {
      const ended = once(shop.process, "exit");
      shop.process.kill();
      await ended;
    }
    await server?.stop();
    directory.remove();
  });

  test("a cup is bought, paid and the order page says so", async () => {
    const context = await browser.newContext();
    const checkout = new CheckoutPage(await context.newPage());
    const { page } = checkout;
    await page.goto(shop.url);
    await page.screenshot({ path: join(artifacts, "1-products.png"), fullPage: true });
    await page
      .getByRole("listitem")
      .filter({ hasText: "Cup" })
      .getByRole("button", { name: "Buy with crypto" })
      .click();

    await page.waitForURL(`${server.dev.checkoutUrl}/pay/*`);
    const uuid = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    await checkout.byId("checkout").waitFor();
    expect(await checkout.byId("price").textContent()).toContain("$12.00");
    await checkout.payAll({ customer: ada, network: "local", symbol: "tUSDC" });
    await checkout.byId("continue").click();

    await page.waitForURL(`${shop.url}/order/*`);
    await page.getByRole("heading", { name: "Paid. Thank you!" }).waitFor();
    await page.screenshot({ path: join(artifacts, "2-paid.png"), fullPage: true });
    // 204 is what the shop answers to a webhook whose signature it verified; anything else it answers 400.
    await until("every webhook was taken", async () => {
      const answers = await webhookAnswers(uuid);
      return answers.length >= 2 && answers.every((status) => status === 204);
    });
    await context.close();
  });

  test("a checkout that is cancelled leads back to an order that says nothing was charged", async () => {
    const context = await browser.newContext();
    const checkout = new CheckoutPage(await context.newPage());
    const { page } = checkout;
    await page.goto(shop.url);
    await page.getByRole("listitem").filter({ hasText: "Sticker" }).getByRole("button").click();
    await page.waitForURL(`${server.dev.checkoutUrl}/pay/*`);
    await checkout.byId("checkout").waitFor();
    await checkout.cancel();
    await page.waitForURL(`${shop.url}/order/*`);
    await page.getByText("Nothing was charged").waitFor();
    await context.close();
  });
});
