/** The exit page as a saved file, with no server of ours anywhere: Chromium, the real contract, a chain. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { type Address, createPublicClient, createWalletClient, type Hex, http, parseAbi, zeroAddress } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startAnvil } from "../../../packages/chains/src/evm/anvil.testing.ts";
import { deployContracts } from "../../../packages/chains/src/evm/deploy.ts";
import { subscriptionsAbi, subscriptionsAddress } from "../../../packages/chains/src/evm/generated/subscriptions.ts";
import { deployTestTokens, testTokens } from "../../../packages/chains/src/evm/test-tokens.ts";
import { buildExit } from "../build-exit.ts";
import { launchChromium, withoutBrowser } from "./chromium.ts";

// Anvil's first development key, public by design.
const deployer = privateKeyToAccount("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
const token = testTokens.find(({ symbol }) => symbol === "tUSDC")?.address as Address;
const erc20 = parseAbi([
  "function approve(address spender, uint256 amount)",
  "function allowance(address owner, address spender) view returns (uint256)",
]);
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
    address: token,
    abi: erc20,
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

function mandateOf(): Record<string, unknown> & { plan: Record<string, unknown> } {
  return {
    uuid: "0x01997c89d0e97c9a9886fe7709919695",
    subscriber,
    maxPerPeriod: "30450000",
    priceMicroUsd: "29000000",
    firstChargeAt: String(Math.floor(Date.now() / 1000) + 86_400),
    endsAt: "0",
    nonce: "7",
    plan: {
      merchant: other,
      token,
      kind: 0,
      periodUnit: 1,
      periodLength: 1,
      feeRecipient: other,
      maxFeeBps: 100,
      organization: zeroAddress,
      organizationFeeBps: 0,
      registry: zeroAddress,
      maxExecutionFee: "0",
    },
  };
}

const structs = (name: string) => {
  const entry = subscriptionsAbi.find((each) => each.type === "function" && each.name === "activate");
  const mandate = entry && "inputs" in entry ? entry.inputs[0] : undefined;
  const components = mandate && "components" in mandate ? mandate.components : [];
  const plan = components.find((each) => each.name === "plan");
  const members = name === "Mandate" ? components : plan && "components" in plan ? plan.components : [];
  return members.map((each) => ({ name: each.name, type: each.type === "tuple" ? "Plan" : each.type }));
};

/** Signs and activates for real, and allows something. */
async function subscribe(mandate: ReturnType<typeof mandateOf>): Promise<void> {
  const wallet = createWalletClient({ account: subscriber, transport: http(anvil.url) });
  const typedData = {
    domain: { name: "QBitFlow Subscriptions", version: "1", chainId: 31337, verifyingContract: subscriptionsAddress },
    types: { Mandate: structs("Mandate"), Plan: structs("Plan") },
    primaryType: "Mandate",
    message: mandate,
  };
  const signature = await wallet.signTypedData(typedData as never);
  const anyone = createWalletClient({ account: other, transport: http(anvil.url) });
  for (const hash of [
    await anyone.writeContract({
      chain: null,
      address: subscriptionsAddress,
      abi: subscriptionsAbi,
      functionName: "activate",
      args: [mandate as never, signature],
    }),
    await wallet.writeContract({
      chain: null,
      address: token,
      abi: erc20,
      functionName: "approve",
      args: [subscriptionsAddress, 365_400_000n],
    }),
  ]) {
    const receipt = await chain().waitForTransactionReceipt({ hash: hash as Hex });
    expect(receipt.status).toBe("success");
  }
}

describe.skipIf(withoutBrowser)("the exit page, opened from a file", () => {
  it("ends the mandate and takes the allowance back, from the chain alone", async () => {
    const mandate = mandateOf();
    await subscribe(mandate);
    const terms = {
      version: 1,
      chainId: 31337,
      network: "Local test chain",
      contract: subscriptionsAddress,
      product: "Studio <b>plan</b>",
      organization: "Nordlicht Audio",
      symbol: "tUSDC",
      mandate,
    };
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
