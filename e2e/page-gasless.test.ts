// Payments that the customer only signs, in Chromium against the running server, its relay and the real chain.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { splitFees } from "@qbitflow/money";
import type { Browser, BrowserContext, Route } from "playwright-core";
import {
  type Address,
  createTestClient,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  http,
  keccak256,
  parseAbi,
} from "viem";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { launchChromium, withoutBrowser } from "../apps/checkout/test/chromium.ts";
import { askedOf, type FakeWalletBehaviour, installFakeWallet } from "../apps/checkout/test/fake-wallet.ts";
import { CheckoutPage } from "../apps/checkout/test/page.ts";
import { ada, customerOf, relayReady } from "./harness/customer.ts";
import { until } from "./harness/server.ts";
import { type System, startSystem } from "./harness/system.ts";

const artifacts = join(import.meta.dirname, "../test-artifacts/page-gasless");
const tokenAbi = parseAbi(["function mint(address to, uint256 amount)"]);
let system: System;
let browser: Browser;
let context: BrowserContext;

async function newPage(behaviour?: FakeWalletBehaviour): Promise<CheckoutPage> {
  const page = await context.newPage();
  if (behaviour) await installFakeWallet(page, behaviour);
  return new CheckoutPage(page);
}

const shot = (page: CheckoutPage, name: string) =>
  page.page.screenshot({ path: join(artifacts, `${name}.png`), fullPage: true });
const rich = () => customerOf(system.server.dev);
const statusOf = async (uuid: string) => (await system.client.transactionStatus.get(uuid, "payment")).status;
const paymentsOf = async (uuid: string) => (await rich().state(uuid)).payments;

function tokenAt(symbol: string): Address {
  const tokens = system.server.dev.chain.tokens as Record<string, { address: Address }>;
  return tokens[symbol]?.address ?? "0x";
}
const balanceOf = (symbol: string, owner: Address) =>
  rich().publicClient.readContract({
    address: tokenAt(symbol),
    abi: erc20Abi,
    functionName: "balanceOf",
    args: [owner],
  });

/** The node holds these keys: a browser wallet's accounts that nobody else in the tests uses. */
async function transact(transaction: { from: Address; to: Address; data: Hex }): Promise<void> {
  const node = createTestClient({ mode: "anvil", transport: http(system.server.dev.chain.rpcUrl) });
  const hash = (await node.request({ method: "eth_sendTransaction", params: [transaction] } as never)) as Hex;
  await rich().publicClient.waitForTransactionReceipt({ hash });
}

// The ones before it are the server's and its customers'.
const firstAccount = 8;
const given = new Map<string, number>();

/** An account of the node that was given nothing of the token before, with so much of it. */
async function someoneWith(symbol: string, amountBase: bigint): Promise<{ index: number; address: Address }> {
  const index = firstAccount + (given.get(symbol) ?? 0);
  given.set(symbol, index - firstAccount + 1);
  const accounts = (await rich().publicClient.request({ method: "eth_accounts" } as never)) as Address[];
  const address = accounts[index] as Address;
  const data = encodeFunctionData({ abi: tokenAbi, functionName: "mint", args: [address, amountBase] });
  await transact({ from: address, to: tokenAt(symbol), data });
  return { index, address };
}

function allowPermit2(owner: Address, amountBase: bigint): Promise<void> {
  const args = [system.server.dev.chain.contracts.permit2 as Address, amountBase] as const;
  const data = encodeFunctionData({ abi: erc20Abi, functionName: "approve", args });
  return transact({ from: owner, to: tokenAt("tUSDT"), data });
}

/** Opens a session, with its details typed and the currency chosen. */
async function open(symbol: string, behaviour?: FakeWalletBehaviour) {
  const { uuid, link } = await system.client.oneTimePayments.createSession({
    productName: "Blue mug",
    description: "Holds 300 ml",
    price: 24.9,
  });
  await rich().identify(uuid, ada);
  const page = await newPage(behaviour);
  await page.open(link);
  await page.pick("local", symbol);
  if (behaviour) await page.byId("wallet-test.fake").click();
  else await page.connect("test-rich");
  await page.byId("pay").waitFor();
  return { uuid, link, page };
}

const onRelay = (page: CheckoutPage, handler: (route: Route) => Promise<void>, times?: number) =>
  page.page.route("**/relay", handler, times === undefined ? {} : { times });

describe.skipIf(withoutBrowser)("a payment that is only signed", () => {
  beforeAll(async () => {
    mkdirSync(artifacts, { recursive: true });
    [system, browser] = await Promise.all([startSystem(), launchChromium()]);
    await relayReady(system);
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 375, height: 812 }, reducedMotion: "reduce" });
    context.setDefaultTimeout(15_000);
  });
  afterEach(() => context.close());
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
  });

  test.each(["tUSDC", "tDAI"])("takes the total that was shown, in %s alone", async (symbol) => {
    const { uuid, page } = await open(symbol);
    const { address, publicClient } = rich();
    const coinBefore = await publicClient.getBalance({ address });
    const before = await balanceOf(symbol, address);
    const { gasless } = await rich().quote(uuid, symbol);
    const shown = (await page.byId("quote-amount").textContent())?.replaceAll(",", "");
    expect(Number(shown?.split(" ")[0])).toBe(Number(gasless?.total));
    expect(Number(gasless?.relayFee)).toBeGreaterThan(0);
    expect(await page.byId("pay").textContent()).toContain(await page.byId("quote-amount").textContent());
    await shot(page, `${symbol}-1-ready`);
    await page.pressPay();
    await page.byId("test-wallet").waitFor();
    await shot(page, `${symbol}-2-question`);
    await page.confirmInWallet();
    await page.waitForScreen("receipt");
    await shot(page, `${symbol}-3-receipt`);
    expect(await paymentsOf(uuid)).toMatchObject([{ amount: "24.9", relayFee: gasless?.relayFee }]);
    expect(await page.byId("receipt").textContent()).toContain(`Network fee${gasless?.relayFee} ${symbol}`);
    expect(await publicClient.getBalance({ address })).toBe(coinBefore);
    const { terms } = await rich()
      .quote(uuid, symbol)
      .catch(() => ({ terms: undefined }));
    expect(terms).toBeUndefined();
    const amountBase = BigInt(gasless?.relay.fee ?? 0) + 24_900_000n * (symbol === "tDAI" ? 10n ** 12n : 1n);
    expect(before - (await balanceOf(symbol, address))).toBe(amountBase);
    expect(await statusOf(uuid)).toBe("completed");
  });

  test("by Permit2, in a token without a permit: offered once the wallet allows it, and takes what was shown", async () => {
    const { index, address } = await someoneWith("tUSDT", 100_000_000n);
    const { uuid, page } = await open("tUSDT", { account: index });
    // Not allowed yet: the customer sends it, and is offered nothing that would not work.
    await expect.poll(() => page.byId("pay").textContent()).toBe("Pay 24.90 tUSDT");
    expect(await page.byId("have-it-sent").count()).toBe(0);
    expect(await page.byId("quote-fee").textContent()).toContain("paid in ETH, comes on top");
    await shot(page, "tUSDT-0-not-allowed");

    await allowPermit2(address, 2n ** 256n - 1n);
    await page.page.reload();
    const quote = await rich().quote(uuid, "tUSDT");
    const { terms } = quote;
    const total = BigInt(terms.amount) + BigInt(quote.gasless?.relay.fee ?? 0);
    await expect.poll(() => page.byId("quote-amount").textContent()).toBe(`${quote.gasless?.total} tUSDT`);
    expect(await page.byId("quote-fee").textContent()).toContain("gave Permit2 before");
    await shot(page, "tUSDT-1-ready");
    const coinBefore = await rich().publicClient.getBalance({ address });
    const before = await balanceOf("tUSDT", address);
    const merchantBefore = await balanceOf("tUSDT", terms.merchant as Address);
    const handed = page.page.waitForRequest("**/relay");
    await page.pressPay();
    await page.waitForScreen("receipt");
    // Of all that is signed for a session, one can be used.
    const { permit2Nonce } = (await handed).postDataJSON() as { permit2Nonce: string };
    expect(permit2Nonce).toBe(String(BigInt(keccak256(`0x${uuid.replaceAll("-", "")}`))));
    expect(await askedOf(page.page)).not.toContain("eth_sendTransaction");
    expect(await rich().publicClient.getBalance({ address })).toBe(coinBefore);
    expect(before - (await balanceOf("tUSDT", address))).toBe(total);
    const { merchantBase } = splitFees({ ...terms, amountBase: BigInt(terms.amount) });
    expect((await balanceOf("tUSDT", terms.merchant as Address)) - merchantBefore).toBe(merchantBase);
    expect(await paymentsOf(uuid)).toMatchObject([{ amount: "24.9", relayFee: quote.gasless?.relayFee }]);
    expect(await page.byId("receipt").textContent()).toContain(`Network fee${quote.gasless?.relayFee} tUSDT`);
    expect(await statusOf(uuid)).toBe("completed");
  });

  test("an allowance for Permit2 that was taken back meanwhile is told before anything is signed", async () => {
    const { index, address } = await someoneWith("tUSDT", 50_000_000n);
    await allowPermit2(address, 50_000_000n);
    const { uuid, page } = await open("tUSDT", { account: index });
    await page.byId("send-alone").waitFor();
    await allowPermit2(address, 0n);
    await page.pressPay();
    await page.waitForProblem("permit2TooLittle");
    await shot(page, "permit2-too-little");
    expect(await page.byId("pay").textContent()).toBe("Pay 24.90 tUSDT");
    expect(await askedOf(page.page)).not.toContain("eth_signTypedData_v4");
    await page.pressPay();
    await page.waitForScreen("receipt");
    expect(await paymentsOf(uuid)).toHaveLength(1);
  });

  test("may be sent by the customer instead, without the fee", async () => {
    const { uuid, page } = await open("tUSDC");
    await page.byId("send-alone").click();
    expect(await page.byId("quote-amount").textContent()).toBe("24.90 tUSDC");
    await shot(page, "alone");
    const before = await balanceOf("tUSDC", rich().address);
    await page.pressPay();
    await page.confirmInWallet();
    await page.confirmInWallet();
    await page.waitForScreen("receipt");
    expect(before - (await balanceOf("tUSDC", rich().address))).toBe(24_900_000n);
    expect((await paymentsOf(uuid))[0]).not.toHaveProperty("relayFee");
    expect(await statusOf(uuid)).toBe("completed");
  });

  test("refused in the wallet costs nothing and can be signed after all", async () => {
    const { uuid, page } = await open("tUSDC");
    await page.pressPay();
    await page.refuseInWallet();
    await page.waitForProblem("rejected");
    expect(await statusOf(uuid)).toBe("created");
    await page.pressPay();
    await page.confirmInWallet();
    await page.waitForScreen("receipt");
  });

  test("a wallet that cannot sign it pays by itself, after the amount without the fee was shown", async () => {
    const unsupported = { code: 4200, message: "Not supported." };
    const { uuid, page } = await open("tUSDC", { account: 5, errors: { eth_signTypedData_v4: unsupported } });
    await page.pressPay();
    await page.waitForProblem("cannotBeSent");
    await shot(page, "cannot-sign");
    expect(await page.byId("pay").textContent()).toBe("Pay 24.90 tUSDC");
    expect(await askedOf(page.page)).not.toContain("eth_sendTransaction");
    await page.pressPay();
    await page.waitForScreen("receipt");
    expect(await paymentsOf(uuid)).toHaveLength(1);
  });

  test("money for the price but not for the fee is told before anything is signed", async () => {
    const { index } = await someoneWith("tUSDC", 24_900_000n);
    const { page } = await open("tUSDC", { account: index });
    await page.pressPay();
    await page.waitForProblem("tooLittleToBeSent");
    await shot(page, "too-little-to-be-sent");
    expect(await askedOf(page.page)).not.toContain("eth_signTypedData_v4");
    await page.pressPay();
    await page.waitForScreen("receipt");
  });

  test("what the relay refuses is told, and nothing is paid", async () => {
    const { index, address } = await someoneWith("tUSDC", 50_000_000n);
    const { uuid, page } = await open("tUSDC", { account: index });
    // The customer spends the money elsewhere while the signature is on its way.
    await onRelay(page, async (route) => {
      const args = [rich().address, 40_000_000n] as const;
      const data = encodeFunctionData({ abi: erc20Abi, functionName: "transfer", args });
      await transact({ from: address, to: tokenAt("tUSDC"), data });
      await route.continue();
    });
    await page.pressPay();
    await page.waitForProblem("relayRefused");
    await shot(page, "relay-refused");
    expect(await statusOf(uuid)).toBe("created");
    expect(await page.byId("pay").textContent()).toBe("Pay 24.90 tUSDC");
  });

  test("a signature that arrives after the amount's time is void, and the new amount is signed anew", async () => {
    const { uuid, page } = await open("tUSDC");
    await onRelay(
      page,
      async (route) => {
        await system.client.clock.advance({ value: 20, unit: "minutes" });
        // The chain was last seen 20 minutes ago, until it is looked at again.
        await until("the chain is seen again", async () => (await rich().quote(uuid, "tUSDC")) !== undefined);
        await route.continue();
      },
      1,
    );
    await page.pressPay();
    await page.confirmInWallet();
    await page.waitForProblem("quoteExpired");
    await shot(page, "quote-expired");
    expect(await statusOf(uuid)).toBe("created");
    await page.pressPay();
    await page.confirmInWallet();
    await page.waitForScreen("receipt");
    expect(await paymentsOf(uuid)).toHaveLength(1);
  });

  test("an answer that is lost is asked for again, and pays once", async () => {
    const { uuid, page } = await open("tUSDC");
    let lost = 0;
    await onRelay(page, async (route) => {
      lost += 1;
      if (lost > 2) return route.continue();
      // The server takes it; the browser never hears of it.
      await route.fetch();
      await route.abort();
    });
    await page.pressPay();
    await page.confirmInWallet();
    await page.waitForScreen("receipt");
    expect(await paymentsOf(uuid)).toHaveLength(1);
  });

  test("reload and second tab while it is handed over: nobody can pay again, and it goes on", async () => {
    const { uuid, link, page } = await open("tUSDC");
    await context.route("**/relay", (route) => route.abort());
    await page.pressPay();
    await page.confirmInWallet();
    await page.waitForScreen("progress");
    await shot(page, "handing-over");
    await page.page.reload();
    await page.waitForScreen("progress");
    const second = await newPage();
    await second.open(link);
    await second.waitForScreen("progress");
    expect(await second.byId("pay").count()).toBe(0);
    // The tab that signed is closed: the other one hands it over.
    await page.page.close();
    await context.unroute("**/relay");
    await second.waitForScreen("receipt");
    expect(await paymentsOf(uuid)).toHaveLength(1);
  });

  test("a session that is paid in another browser while the wallet asks is not signed for the relay again", async () => {
    const { uuid, page } = await open("tUSDC");
    await page.pressPay();
    await page.byId("test-wallet").waitFor();
    await customerOf(system.server.dev, 1).pay(uuid, "tDAI");
    await page.confirmInWallet();
    await page.waitForScreen("receipt");
    expect(await paymentsOf(uuid)).toHaveLength(1);
  });
});
