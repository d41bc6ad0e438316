import type { BrowserContext, Page } from "playwright-core";
import type { DevServer } from "../dev-server.ts";
import type { FakeWalletBehaviour } from "../fake-wallet.ts";
import type { CheckoutPage } from "../page.ts";

/** What a walk through a page's states needs. */
export interface Walker {
  readonly server: DevServer;
  readonly context: BrowserContext;
  /** A new tab, at a checkout's link where one is given, with a browser wallet of our own making where one is told. */
  open(link?: string, wallet?: FakeWalletBehaviour): Promise<CheckoutPage>;
  /** A new session's link. */
  link(scenario: string): string;
  /** Takes a picture of the whole page under the state's name. */
  snap(page: Page, state: string): Promise<void>;
}

export type Walk = (walker: Walker) => Promise<void>;

/** The page as it stands before its script has come. */
export async function beforeScript({ context, snap }: Walker, link: string): Promise<void> {
  const page = await context.newPage();
  await page.route("**/*.js", (route) => route.abort());
  await page.goto(link);
  await snap(page, "loading");
  await page.close();
}

/** Nothing of our server is reached any more. */
export async function cutOff(page: Page): Promise<void> {
  await page.route("**/v1/**", (route) => route.abort());
  await page.route("**/dev/**", (route) => route.abort());
}
