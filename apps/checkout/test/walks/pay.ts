import { checkoutAssets } from "../../src/assets.ts";
import { renderUnavailableHtml } from "../../src/index.ts";
import { beforeScript, cutOff, type Walker } from "./walker.ts";

const customer = { name: "Ada", lastName: "Lovelace", email: "ada@example.com" };
const still = [
  "pending",
  "confirming",
  "completed",
  "expired",
  "cancelled",
  "failed",
  "underpaid",
  "overpaid",
  "wrongToken",
  "late",
  "twice",
  "unavailable",
  "other",
  "lastTry",
  "live",
  "long",
];

/** The one-time payment, from its link to the receipt and everything that comes between. */
export async function payWalk(walker: Walker): Promise<void> {
  await beforeScript(walker, walker.link("fresh"));
  await form(walker);
  await wallets(walker);
  await trouble(walker);
  const page = await walker.open();
  for (const name of still) {
    await page.open(walker.link(name));
    await walker.snap(page.page, name);
  }
  await page.page.goto(`${walker.server.url}/pay/unknown`);
  await walker.snap(page.page, "not-found");
  await page.page.setContent(renderUnavailableHtml({ assets: checkoutAssets() }));
  await walker.snap(page.page, "server-away");
}

async function form({ open, link, snap }: Walker): Promise<void> {
  const checkout = await open(link("fresh"));
  const shot = (name: string) => snap(checkout.page, name);
  await shot("details");
  await checkout.byId("details-save").click();
  await checkout.byId("error-email").waitFor();
  await shot("details-errors");
  await checkout.fillDetails(customer);
  await checkout.detailsSaved();
  await shot("currencies");
  await checkout.page.route("**/quote", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  await checkout.byId("currency-local-tUSDC").click();
  await checkout.page.waitForTimeout(200);
  await shot("quote-loading");
  await checkout.byId("quote-amount").waitFor();
  await shot("wallets");
  await checkout.byId("wallet-help").locator("summary").click();
  await shot("wallet-help");
  await checkout.connect("test-empty");
  await checkout.pressPay();
  await checkout.waitForProblem("tooLittle");
  await shot("too-little");
  await checkout.byId("wallet-change").click();
  await checkout.connect("test-rich");
  await checkout.byId("wallet-balance").waitFor();
  await shot("ready");
  await checkout.pressPay();
  await checkout.byId("test-wallet").waitFor();
  await shot("test-wallet");
  await checkout.refuseInWallet();
  await checkout.waitForProblem("rejected");
  await shot("rejected");
  await checkout.pressPay();
  await checkout.confirmInWallet();
  await checkout.page.locator("[data-testid=step-permit][data-status=done]").waitFor();
  await checkout.byId("test-wallet").waitFor();
  await shot("second-question");
  await checkout.confirmInWallet();
  await checkout.waitForScreen("progress");
  await shot("progress");
  await checkout.waitForScreen("receipt");
  await shot("receipt");
  await checkout.page.close();
}

async function wallets({ open, link, snap }: Walker): Promise<void> {
  const live = await open(link("live"), { account: 6 });
  await live.byId("currency-ethereum-USDC").click();
  await live.byId("wallet-test.fake").waitFor();
  await snap(live.page, "wallets-live");
  await live.page.close();
  const none = await open(link("withoutProject"));
  await none.byId("currency-ethereum-USDC").click();
  await none.byId("wallet-list").waitFor();
  await snap(none.page, "no-wallet");
  await none.page.close();
  const silent = await open(link("known"), { account: 6, silent: ["eth_requestAccounts"] });
  await silent.pick("local", "tUSDC");
  await silent.byId("wallet-test.fake").click();
  await silent.byId("wallet-connecting").waitFor();
  await snap(silent.page, "connecting");
  await silent.page.close();
  const elsewhere = await open(link("known"), { account: 6, chainId: 1, silent: ["eth_signTypedData_v4"] });
  await elsewhere.pick("local", "tUSDC");
  await elsewhere.byId("wallet-test.fake").click();
  await elsewhere.byId("wrong-network").waitFor();
  await snap(elsewhere.page, "wrong-network");
  await elsewhere.pressPay();
  await elsewhere.page.locator("[data-status=inWallet]").waitFor();
  await snap(elsewhere.page, "in-wallet");
  await elsewhere.page.close();
  const gasless = await open(link("gasless"));
  await gasless.pick("local", "tUSDC");
  await gasless.connect("test-rich");
  await snap(gasless.page, "gasless");
  await gasless.page.close();
}

async function trouble({ open, link, snap }: Walker): Promise<void> {
  const renewed = await open(link("shortquote"));
  await renewed.pick("local", "tUSDC");
  await renewed.byId("quote-changed").waitFor();
  await snap(renewed.page, "quote-changed");
  await renewed.page.close();
  const asked = await open(link("known"));
  await asked.pick("local", "ETH");
  await asked.connect("test-rich");
  await asked.pressPay();
  await asked.byId("test-wallet").waitFor();
  await asked.page.reload();
  await asked.connect("test-rich");
  await asked.byId("asked").waitFor();
  await snap(asked.page, "asked");
  await asked.page.close();
  const offline = await open(link("known"));
  await cutOff(offline.page);
  await offline.byId("currency-local-ETH").click();
  await offline.byId("offline").waitFor();
  await snap(offline.page, "offline");
  await offline.page.close();
  const cancelled = await open(link("known"));
  await cancelled.byId("cancel").click();
  await snap(cancelled.page, "cancel");
  await cancelled.page.close();
  await slow({ open, link, snap });
}

/** Two minutes without a block. */
async function slow({ open, link, snap }: Pick<Walker, "open" | "link" | "snap">): Promise<void> {
  const checkout = await open();
  await checkout.page.clock.install();
  await checkout.open(link("blind"));
  await checkout.pick("local", "ETH");
  await checkout.connect("test-rich");
  await checkout.pressPay();
  await checkout.confirmInWallet();
  await checkout.waitForScreen("progress");
  await checkout.page.clock.fastForward(150_000);
  await checkout.byId("slow").waitFor();
  await snap(checkout.page, "slow");
  await checkout.byId("give-up").click();
  await snap(checkout.page, "give-up");
  await checkout.page.close();
}
