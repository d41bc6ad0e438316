import type { CheckoutPage } from "../page.ts";
import { beforeScript, type Walker } from "./walker.ts";

const still = [
  "monthly",
  "minimum",
  "yearly",
  "usage",
  "failedTry",
  "subscribing",
  "subscribed",
  "trialStarted",
  "subscribeExpired",
  "declined",
  "subscribeLong",
];

/** Subscription and pay-as-you-go, from the offer to the receipt. */
export async function subscribeWalk(walker: Walker): Promise<void> {
  const { open, link, snap } = walker;
  await beforeScript(walker, link("monthlyFresh"));
  const checkout = await open();
  const shot = (name: string) => snap(checkout.page, name);
  for (const name of still) {
    await checkout.open(link(name));
    await shot(name);
  }
  await checkout.open(link("trial"));
  await shot("trial");
  await checkout.byId("when-later").click();
  await shot("trial-later");
  await checkout.byId("when-now").click();
  await checkout.toOffer({ symbol: "tUSDC", wallet: "test-rich", periods: "6" });
  await shot("trial-offer");
  await checkout.open(link("usage"));
  await checkout.byId("currency-local-tUSDC").click();
  await checkout.byId("choice-continue").click();
  await checkout.byId("error-maximum").waitFor();
  await shot("maximum-needed");
  await checkout.byId("maximum").fill("50");
  await checkout.byId("choice-continue").click();
  await checkout.connect("test-rich");
  await checkout.byId("offer").waitFor();
  await shot("usage-offer");
  await byPermit(checkout, walker);
  await byApproval(checkout, walker);
  await checkout.open(link("monthly"));
  await checkout.byId("cancel").click();
  await shot("decline");
}

async function byPermit(checkout: CheckoutPage, { link, snap }: Walker): Promise<void> {
  const shot = (name: string) => snap(checkout.page, name);
  await checkout.open(link("monthly"));
  await checkout.byId("currency-local-tDAI").click();
  await shot("choice");
  await checkout.byId("periods-all").click();
  await checkout.byId("choice-continue").click();
  await shot("wallets");
  await checkout.connect("test-empty");
  await checkout.byId("offer").waitFor();
  await checkout.byId("authorise").click();
  await checkout.waitForProblem("tooLittle");
  await shot("too-little");
  await checkout.byId("wallet-change").click();
  await checkout.connect("test-rich");
  await checkout.byId("offer").waitFor();
  await checkout.byId("authorise").click();
  await shot("test-wallet");
  await checkout.confirmInWallet();
  await checkout.page.locator("[data-testid=step-mandate][data-status=done]").waitFor();
  await checkout.byId("test-wallet").waitFor();
  await shot("second-question");
  await checkout.confirmInWallet();
  await checkout.waitForScreen("progress");
  await shot("progress");
  await checkout.waitForScreen("receipt");
  await shot("receipt");
}

async function byApproval(checkout: CheckoutPage, { link, snap }: Walker): Promise<void> {
  await checkout.open(link("monthly"));
  await checkout.toOffer({ symbol: "tUSDT", wallet: "test-rich", periods: "12" });
  await snap(checkout.page, "approve-offer");
  await checkout.byId("authorise").click();
  await checkout.refuseInWallet();
  await checkout.waitForProblem("rejected");
  await snap(checkout.page, "rejected");
}
