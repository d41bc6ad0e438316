/** The page in a real browser, with the real contract and tokens; only our own server is played by dev-server.ts. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkoutAssets } from "../src/assets.ts";
import { builtCheckout } from "./built.ts";
import { launchChromium, withoutBrowser } from "./chromium.ts";
import { type DevServer, startDevServer } from "./dev-server.ts";
import { askedOf, type FakeWalletBehaviour, installFakeWallet } from "./fake-wallet.ts";
import { CheckoutPage } from "./page.ts";

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

async function newPage(behaviour?: FakeWalletBehaviour): Promise<CheckoutPage> {
  const page = await context.newPage();
  // A violation of the policy or an exception is a failure, whatever the page shows.
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) problems.push(message.text());
  });
  if (behaviour) await installFakeWallet(page, behaviour);
  return new CheckoutPage(page);
}

function link(scenario: string): string {
  return `${server.url}${server.open(scenario)}`;
}

async function openWith(behaviour: FakeWalletBehaviour, symbol: string): Promise<CheckoutPage> {
  const checkout = await newPage(behaviour);
  await checkout.open(link("known"));
  await checkout.pick("local", symbol);
  await checkout.byId(behaviour.legacy ? "wallet-legacy" : "wallet-test.fake").click();
  return checkout;
}

async function stepKinds(page: Page): Promise<(string | null)[]> {
  return page
    .locator("[data-testid=steps] li")
    .evaluateAll((items) => items.map((item) => item.getAttribute("data-testid")));
}

describe.skipIf(withoutBrowser)("a customer with the test wallet", () => {
  it("types details, pays by permit with two confirmations and gets a receipt and the way on", async () => {
    const checkout = await newPage();
    await checkout.open(link("fresh"));
    await checkout.payAll({ customer, network: "local", symbol: "tUSDC", questions: 2 });
    expect(await checkout.byId("receipt-amount").textContent()).toBe("49.90 tUSDC");
    expect(await checkout.byId("continue").getAttribute("href")).toBe("https://shop.example/thanks");
    await checkout.byId("stay").click();
    await checkout.byId("stay").waitFor({ state: "detached" });
    expect(problems).toEqual([]);
  });

  it.each([
    ["ETH", 1],
    ["tDAI", 2],
  ])("pays in %s with %d questions", async (symbol, questions) => {
    const checkout = await newPage();
    await checkout.open(link("known"));
    await checkout.payAll({ network: "local", symbol, questions });
    expect(problems).toEqual([]);
  });

  it("is told how much is missing before the wallet is asked", async () => {
    const checkout = await newPage();
    await checkout.open(link("known"));
    await checkout.pick("local", "tUSDC");
    await checkout.connect("test-empty");
    await checkout.pressPay();
    await checkout.waitForProblem("tooLittle");
    expect(await checkout.byId("problem-tooLittle").textContent()).toContain("49.90 tUSDC is missing");
  });

  it("sees why a payment that was on its way did not go through, and pays again", async () => {
    const path = server.open("known") ?? "";
    const checkout = await newPage();
    await checkout.open(`${server.url}${path}`);
    const { state } = server.session(path) ?? {};
    if (!state) throw new Error("The session is there.");
    state.status = { type: "payment", status: "pending" };
    await checkout.waitForScreen("progress");
    state.status = { type: "payment", status: "created", message: "The payment failed on the chain." };
    await checkout.byId("last-try").waitFor();
    expect(await checkout.byId("last-try").textContent()).toContain("failed on the chain");
    await checkout.payAll({ network: "local", symbol: "ETH", questions: 1 });
  });

  it("may refuse, and pay after all", async () => {
    const checkout = await newPage();
    await checkout.open(link("known"));
    await checkout.pick("local", "ETH");
    await checkout.connect("test-rich");
    await checkout.pressPay();
    await checkout.refuseInWallet();
    await checkout.waitForProblem("rejected");
    await checkout.pressPay();
    await checkout.confirmInWallet();
    await checkout.waitForScreen("receipt");
  });
});

describe.skipIf(withoutBrowser)("a browser wallet", () => {
  it("approves USDT, and next time sets a smaller permission to zero first", async () => {
    await server.chain.fund(7);
    const first = await openWith({ account: 7 }, "tUSDT");
    await first.pressPay();
    await first.byId("steps").waitFor();
    expect(await stepKinds(first.page)).toEqual(["step-approve", "step-pay"]);
    await first.waitForScreen("receipt");

    await server.chain.approveUsdt(7, 1n);
    const second = await openWith({ account: 7 }, "tUSDT");
    await second.pressPay();
    await second.byId("steps").waitFor();
    expect(await stepKinds(second.page)).toEqual(["step-reset", "step-approve", "step-pay"]);
    await second.waitForScreen("receipt");
    expect(problems).toEqual([]);
  });

  it("that runs batches asks once for approval and payment", async () => {
    await server.chain.fund(8);
    const checkout = await openWith({ account: 8, batches: true }, "tUSDT");
    await checkout.pressPay();
    await checkout.waitForScreen("receipt");
    const asked = await askedOf(checkout.page);
    expect(asked.filter((method) => /send|sign/.test(method))).toEqual(["wallet_sendCalls"]);
  });

  it("that cannot sign a permit approves instead", async () => {
    await server.chain.fund(8);
    const errors = { eth_signTypedData_v4: { code: 4200, message: "Not supported." } };
    const checkout = await openWith({ account: 8, errors }, "tUSDC");
    await checkout.pressPay();
    await checkout.waitForScreen("receipt");
  });

  it("on another network is asked to add ours, then to switch", async () => {
    const checkout = await openWith({ account: 6, chainId: 1, mustAdd: true }, "ETH");
    await checkout.byId("wrong-network").waitFor();
    await checkout.pressPay();
    await checkout.waitForScreen("receipt");
    const asked = (await askedOf(checkout.page)).filter((method) => /Chain$/.test(method));
    expect(asked).toEqual(["wallet_switchEthereumChain", "wallet_addEthereumChain", "wallet_switchEthereumChain"]);
  });

  it.each([
    ["live", 1],
    ["withoutProject", 0],
  ])("may be WalletConnect where the operator configured a project: %s", async (scenario, offers) => {
    const checkout = await newPage({ account: 6 });
    await checkout.open(link(scenario));
    await checkout.page.locator("[data-testid^=currency-]").first().click();
    await checkout.byId("wallet-test.fake").waitFor();
    expect(await checkout.byId("wallet-walletconnect").count()).toBe(offers);
  });

  it("without EIP-6963 is found at window.ethereum", async () => {
    const checkout = await openWith({ account: 6, legacy: true }, "ETH");
    await checkout.byId("wallet-account").waitFor();
  });

  it.each([
    [4001, "rejected"],
    [-32002, "walletBusy"],
    [4100, "walletLocked"],
  ])("that answers %d to connecting is told in words: %s", async (code, problem) => {
    const checkout = await openWith({ account: 6, errors: { eth_requestAccounts: { code, message: "x" } } }, "ETH");
    await checkout.waitForProblem(problem);
  });
});

describe.skipIf(withoutBrowser)("nothing is paid twice", () => {
  it("two tabs: one pays, the other is told so and follows along", async () => {
    const url = link("known");
    const [one, two] = [await newPage(), await newPage()];
    for (const tab of [one, two]) {
      await tab.open(url);
      if (await tab.byId("currency-local-ETH").isVisible()) await tab.pick("local", "ETH");
      await tab.connect("test-rich");
    }
    await one.front();
    await one.pressPay();
    await one.byId("test-wallet").waitFor();
    await two.front();
    await two.pressPay();
    await two.waitForProblem("otherTab");
    await one.front();
    await one.confirmInWallet();
    await two.waitForScreen("progress");
    await Promise.all([one.waitForScreen("receipt"), two.waitForScreen("receipt")]);
  });

  it("a page closed while the wallet waited asks before it pays again", async () => {
    const url = link("known");
    const checkout = await newPage();
    await checkout.open(url);
    await checkout.pick("local", "ETH");
    await checkout.connect("test-rich");
    await checkout.pressPay();
    await checkout.byId("test-wallet").waitFor();
    await checkout.open(url);
    await checkout.connect("test-rich");
    await checkout.byId("asked").waitFor();
    expect(await checkout.byId("pay").count()).toBe(0);
    await checkout.byId("asked-not-confirmed").click();
    await checkout.byId("pay").waitFor();
  });

  it("a reload right after sending goes on waiting, and ends with the receipt", async () => {
    const url = link("known");
    const checkout = await newPage();
    await checkout.open(url);
    await checkout.pick("local", "ETH");
    await checkout.connect("test-rich");
    await checkout.pressPay();
    await checkout.confirmInWallet();
    await checkout.waitForScreen("progress");
    await checkout.open(url);
    expect(await checkout.byId("pay").count()).toBe(0);
    await checkout.waitForScreen("receipt");
  });

  it("a server that has not seen the payment yet does not bring the pay button back, in no tab", async () => {
    const url = link("blind");
    const [checkout, other] = [await newPage(), await newPage()];
    await other.open(url);
    await checkout.front();
    await checkout.open(url);
    await checkout.pick("local", "ETH");
    await checkout.connect("test-rich");
    await checkout.pressPay();
    await checkout.confirmInWallet();
    await other.waitForScreen("progress");
    await checkout.open(url);
    await checkout.waitForScreen("progress");
  });

  it("a session paid elsewhere meanwhile stops the payment before the wallet is asked", async () => {
    const path = server.open("known") ?? "";
    const checkout = await newPage();
    await checkout.open(server.url + path);
    await checkout.pick("local", "ETH");
    await checkout.connect("test-rich");
    // Paid at the last moment: only the page's own look right before paying can see it.
    await context.route(`**/v1/checkout/${path.split("/").at(-1)}`, (route) => {
      const session = server.session(path);
      if (session) session.state.status = { type: "payment", status: "completed" };
      return route.continue();
    });
    await checkout.pressPay();
    await checkout.waitForScreen("receipt");
    expect(await checkout.byId("test-wallet").count()).toBe(0);
  });
});

describe.skipIf(withoutBrowser)("when things change or break", () => {
  it("a quote that runs out is renewed, and a new amount is pointed out", async () => {
    const checkout = await newPage();
    await checkout.open(link("shortquote"));
    await checkout.pick("local", "tUSDC");
    await checkout.byId("quote-changed").waitFor();
    expect(await checkout.byId("quote-changed").textContent()).toContain("13 tUSDC instead of 12 tUSDC");
  });

  it("a server that cannot be reached shows a banner until it is back", async () => {
    const checkout = await newPage();
    await checkout.open(link("known"));
    await context.route("**/v1/checkout/**", (route) => route.abort());
    await checkout.byId("currency-local-ETH").click();
    await checkout.byId("offline").waitFor();
    await context.unroute("**/v1/checkout/**");
    await checkout.byId("quote-retry").click();
    await checkout.byId("quote-amount").waitFor();
    expect(await checkout.byId("offline").count()).toBe(0);
  });

  it("the server's field errors stand at their fields, and the focus goes there", async () => {
    const checkout = await newPage();
    await checkout.open(link("refusing"));
    await checkout.fillDetails(customer);
    expect(await checkout.byId("error-email").textContent()).toContain("does not receive mail");
    // The words stand a frame before the focus is there.
    await checkout.page.waitForFunction(() => (document.activeElement as HTMLInputElement).name === "email");
  });

  it("a reload shows the typed details again, and lets them be changed", async () => {
    const url = link("fresh");
    const checkout = await newPage();
    await checkout.open(url);
    await checkout.fillDetails(customer);
    await checkout.detailsSaved();
    await checkout.open(url);
    await checkout.byId("details-change").click();
    expect(await checkout.byId("field-email").inputValue()).toBe(customer.email);
  });

  it("cancelling asks first, then shows that it is cancelled", async () => {
    const checkout = await newPage();
    await checkout.open(link("known"));
    await checkout.cancel();
    await checkout.waitForScreen("cancelled");
  });

  it("everything up to the wallet can be done with the keyboard", async () => {
    const checkout = await newPage();
    await checkout.open(link("fresh"));
    await checkout.byId("field-name").focus();
    for (const text of Object.values(customer)) {
      await checkout.page.keyboard.type(text);
      await checkout.page.keyboard.press("Tab");
    }
    await checkout.page.keyboard.press("Enter");
    await checkout.detailsSaved();
    await checkout.page.keyboard.press("Tab");
    await checkout.page.keyboard.press("Enter");
    await checkout.byId("quote-amount").waitFor();
    await checkout.page.keyboard.press("Tab");
    await checkout.page.keyboard.press("Enter");
    await checkout.byId("wallet-account").waitFor();
  });
});
