import { join } from "node:path";
import type { Address } from "viem";
import { landingBody } from "../../../server/src/http/landing-page.ts";
import { pageHtml } from "../../../server/src/http/page-style.ts";
import { checkoutAssets } from "../../src/assets.ts";
import { activeTerms } from "../exit-mandate.ts";
import type { Walker } from "./walker.ts";

/** The exit page as a saved file, on a real mandate, and the server's landing page. */
export async function exitWalk({ open, server, snap }: Walker): Promise<void> {
  const [, other, , , , subscriber] = (await server.chain.accounts()) as Address[];
  if (!other || !subscriber) throw new Error("The chain has accounts.");
  const terms = await activeTerms(server.chain.url, { subscriber, other });
  const exit = await open();
  const { page } = exit;
  const shot = (name: string) => snap(page, name);
  await page.goto(`file://${join(checkoutAssets().directory, ".vite", "exit.html")}`);
  await shot("load");
  await exit.byId("terms").fill("nothing of the kind");
  await exit.byId("use-terms").click();
  await exit.byId("bad-terms").waitFor();
  await shot("bad-terms");
  await exit.byId("terms").fill(`https://gone.example/exit#${encodeURIComponent(JSON.stringify(terms))}`);
  await exit.byId("use-terms").click();
  await exit.byId("rpc-url").fill(server.chain.url);
  await shot("terms");
  await page.locator("summary").click();
  await shot("by-hand");
  await page.locator("summary").click();
  await exit.byId("rpc-use").click();
  await exit.byId("actions").waitFor();
  await shot("active");
  await exit.byId("cancel-do").click();
  await page.locator("[data-testid=exit-cancel][data-over=true]").waitFor();
  await shot("cancelled");
  await exit.byId("revoke-do").click();
  await page.locator("[data-testid=exit-revoke][data-over=true]").waitFor();
  await shot("over");
  // Not in the exit page's tab: its policy would go on.
  const landing = (await open()).page;
  for (const local of [true, false]) {
    const body = landingBody({ local, host: "pay.example" });
    await landing.setContent(pageHtml({ title: "QBitFlow", body, nonce: "" }));
    await snap(landing, local ? "landing-local" : "landing");
  }
}
