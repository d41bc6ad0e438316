/** The exit page as a saved file, with no server of ours anywhere: Chromium, the real contract, a chain. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { type Address, createPublicClient, createWalletClient, erc20Abi, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startAnvil } from "../../../packages/chains/src/evm/anvil.testing.ts";
import { deployContracts } from "../../../packages/chains/src/evm/deploy.ts";
import { subscriptionsAddress } from "../../../packages/chains/src/evm/generated/subscriptions.ts";
import { deployTestTokens } from "../../../packages/chains/src/evm/test-tokens.ts";
import { buildExit } from "../build-exit.ts";
import { launchChromium, withoutBrowser } from "./chromium.ts";
import { activeTerms, exitToken } from "./exit-mandate.ts";

// Anvil's first development key, public by design.
const deployer = privateKeyToAccount("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
let directory: string;
let anvil: Awaited<ReturnType<typeof startAnvil>>;
let browser: Browser;
let page: Page;
let subscriber: Address;
let other: Address;
const problems: string[] = [];

const chain = () => createPublicClient({ transport: http(anvil.url), pollingInterval: 100 });
const allowanceOf = () =>
  chain().readContract({
    address: exitToken,
    abi: erc20Abi,
    functionName: "allowance",
    args: [subscriber, subscriptionsAddress],
  });

beforeAll(async () => {
  if (withoutBrowser) return;
  directory = mkdtempSync(join(tmpdir(), "qbitflow-exit-"));
  mkdirSync(join(directory, ".vite"));
  [, anvil, browser] = await Promise.all([
    buildExit(directory),
    startAnvil(["--hardfork", "cancun"]),
    launchChromium(),
  ]);
  const publicClient = chain();
  const walletClient = createWalletClient({ account: deployer, transport: http(anvil.url) });
  await deployContracts({ walletClient, publicClient });
  await deployTestTokens({ walletClient, publicClient });
  const accounts = await createWalletClient({ transport: http(anvil.url) }).getAddresses();
  [subscriber, other] = [accounts[5] as Address, accounts[1] as Address];
  const context = await browser.newContext({ viewport: { width: 375, height: 812 } });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
});
afterAll(async () => {
  await browser?.close();
  await anvil?.stop();
  if (directory) rmSync(directory, { recursive: true, force: true });
});

describe.skipIf(withoutBrowser)("the exit page, opened from a file", () => {
  it("ends the mandate and takes the allowance back, from the chain alone", async () => {
    const terms = await activeTerms(anvil.url, { subscriber, other });
    await page.goto(`file://${join(directory, ".vite", "exit.html")}`);
    await page.getByTestId("terms").fill("nothing of the kind");
    await page.getByTestId("use-terms").click();
    await page.getByTestId("bad-terms").waitFor();
    await page.getByTestId("terms").fill(`https://gone.example/exit#${encodeURIComponent(JSON.stringify(terms))}`);
    await page.getByTestId("use-terms").click();
    await page.getByTestId("rpc-url").fill(anvil.url);
    await page.getByTestId("rpc-use").click();
    await page.getByTestId("actions").waitFor();
    expect(await page.getByTestId("cancel-state").textContent()).toBe("Active");
    expect(await page.getByTestId("revoke-state").textContent()).toBe("365.40 tUSDC");
    await page.getByTestId("cancel-do").click();
    await page.locator("[data-testid=exit-cancel][data-over=true]").waitFor();
    await page.getByTestId("revoke-do").click();
    await page.locator("[data-testid=exit-revoke][data-over=true]").waitFor();
    expect(await page.getByTestId("cancel-state").textContent()).toBe("Cancelled");
    expect(await allowanceOf()).toBe(0n);
    expect(problems).toEqual([]);
  });
});
