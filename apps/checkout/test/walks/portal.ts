import { checkoutAssets } from "../../src/assets.ts";
import { renderPortalNotFoundHtml } from "../../src/index.ts";
import type { CheckoutPage } from "../page.ts";
import { beforeScript, cutOff, type Walker } from "./walker.ts";

const still = [
  "active",
  "trial",
  "trialExpired",
  "lowOnFunds",
  "pending",
  "pastDue",
  "allowanceShort",
  "stopped",
  "minimum",
  "cancelled",
  "noBills",
  "credits",
  "usage",
  "unlimited",
  "onItsWay",
  "manyBills",
  "long",
];

/** The customer's portal in each status, and each thing that is done there. */
export async function portalWalk(walker: Walker): Promise<void> {
  const { open, server, snap } = walker;
  await beforeScript(walker, `${server.url}/manage/active~${Math.random()}`);
  const portal = await open();
  for (const name of still) {
    await show(portal, walker, name);
    await snap(portal.page, name);
  }
  await tasks(portal, walker);
  await endings(portal, walker);
  await cutOff(portal.page);
  await portal.byId("end-cancel").click();
  await portal.byId("end-yes").click();
  await portal.byId("end-problem").waitFor();
  await snap(portal.page, "end-offline");
  await portal.page.keyboard.press("Escape");
  await snap(portal.page, "offline");
  await portal.page.setContent(renderPortalNotFoundHtml({ assets: checkoutAssets() }));
  await snap(portal.page, "not-found");
}

/** Each walk has subscriptions of its own: what is done to one stays. */
async function show(portal: CheckoutPage, { server }: Walker, name: string): Promise<void> {
  await portal.page.goto(`${server.url}/manage/${name}~${Math.random()}`);
  await portal.byId("portal").waitFor();
}

async function tasks(portal: CheckoutPage, walker: Walker): Promise<void> {
  const shot = (name: string) => walker.snap(portal.page, name);
  await show(portal, walker, "pending");
  await portal.byId("maximum-start").click();
  await shot("limit");
  await portal.byId("maximum").fill("0");
  await portal.byId("show-maximum").click();
  await portal.byId("error-maximum").waitFor();
  await shot("limit-error");
  await portal.byId("maximum").fill("60");
  await portal.byId("show-maximum").click();
  await portal.byId("change").waitFor();
  await shot("limit-change");
  await portal.connect("test-rich");
  await shot("limit-sign");
  await portal.byId("sign").click();
  await portal.byId("test-wallet").waitFor();
  await shot("limit-wallet");
  await portal.confirmInWallet();
  await portal.byId("under-way-updateMaxAmount").waitFor();
  await shot("limit-on-its-way");
  await show(portal, walker, "active");
  await portal.byId("top-up").click();
  await shot("allowance");
  await portal.byId("periods-6").click();
  await portal.byId("change").waitFor();
  await portal.connect("test-second");
  await portal.byId("sign").click();
  await portal.waitForProblem("otherWallet");
  await shot("other-wallet");
  await portal.byId("back").click();
  await portal.byId("revoke").click();
  await portal.byId("change").waitFor();
  await shot("revoke");
  await show(portal, walker, "trialExpired");
  await portal.byId("mandate-start").click();
  await shot("mandate-currency");
  await portal.byId("currency-local-tDAI").click();
  await shot("mandate-choice");
  await portal.byId("choice-continue").click();
  await portal.connect("test-rich");
  await portal.byId("offer").waitFor();
  await shot("mandate-offer");
}

async function endings(portal: CheckoutPage, walker: Walker): Promise<void> {
  const shot = (name: string) => walker.snap(portal.page, name);
  await show(portal, walker, "usage");
  await portal.byId("stop").click();
  await portal.byId("end-dialog").waitFor();
  await shot("stop");
  await show(portal, walker, "active");
  await portal.byId("bill-receipt").first().click();
  await shot("receipt");
  await portal.byId("back").click();
  await portal.byId("end-cancel").click();
  await portal.byId("end-dialog").waitFor();
  await shot("end");
  await portal.page.keyboard.press("Escape");
}
