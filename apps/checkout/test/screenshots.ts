/**
 * Pictures of every state, phone and desktop, light and dark, into test-artifacts/ (not committed), and sheets of them.
 * `npm run screenshots -w @qbitflow/checkout -- [view or walk …]`: `phone-dark portal` takes only these. Says what axe finds in each.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { contactSheets } from "./contact-sheets.ts";
import { type DevServer, startDevServer } from "./dev-server.ts";
import { type FakeWalletBehaviour, installFakeWallet } from "./fake-wallet.ts";
import { hindrances } from "./hindrances.ts";
import { CheckoutPage } from "./page.ts";
import { exitWalk } from "./walks/exit.ts";
import { payWalk } from "./walks/pay.ts";
import { portalWalk } from "./walks/portal.ts";
import { subscribeWalk } from "./walks/subscribe.ts";
import type { Walk, Walker } from "./walks/walker.ts";

const directory = join(import.meta.dirname, "..", "test-artifacts");
const views = [
  { name: "phone-light", width: 360, height: 740, colorScheme: "light" },
  { name: "phone-dark", width: 360, height: 740, colorScheme: "dark" },
  { name: "desktop-light", width: 1280, height: 800, colorScheme: "light" },
  { name: "desktop-dark", width: 1280, height: 800, colorScheme: "dark" },
  { name: "tiny-light", width: 320, height: 568, colorScheme: "light" },
  // A desktop at 200 %.
  { name: "zoomed-light", width: 640, height: 400, colorScheme: "light" },
  { name: "forced-colors", width: 360, height: 740, colorScheme: "dark", forcedColors: "active" },
] as const;
const walks: Record<string, Walk> = { pay: payWalk, subscribe: subscribeWalk, portal: portalWalk, exit: exitWalk };

type View = (typeof views)[number];

/** Walks through one page's states in one view; answers the pictures' names in their order. */
async function take(name: string, { browser, server, view }: { browser: Browser; server: DevServer; view: View }) {
  const context = await browser.newContext({
    viewport: { width: view.width, height: view.height },
    colorScheme: view.colorScheme,
    forcedColors: "forcedColors" in view ? view.forcedColors : "none",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(15_000);
  const taken: string[] = [];
  const snap = async (page: Page, state: string) => {
    // axe reckons with the colours that the reader's replace.
    const found = "forcedColors" in view ? [] : await hindrances(page);
    for (const each of found) console.log(`${view.name} ${name} ${state}: ${each}`);
    const path = join(directory, view.name, `${name}.${state}.png`);
    await page.screenshot({ path, fullPage: true });
    taken.push(path);
  };
  const open = async (link?: string, wallet?: FakeWalletBehaviour) => {
    const page = await context.newPage();
    page.on("pageerror", (error) => console.log(view.name, "page error", error.message));
    if (wallet) await installFakeWallet(page, wallet);
    const checkout = new CheckoutPage(page);
    if (link !== undefined) await checkout.open(link);
    return checkout;
  };
  const walker: Walker = { server, context, open, snap, link: (scenario) => `${server.url}${server.open(scenario)}` };
  try {
    await walks[name]?.(walker);
  } finally {
    await context.close();
  }
  return taken;
}

const server = await startDevServer();
const browser = await launchChromium();
try {
  const wanted = process.argv.slice(2);
  const chosen = <T>(all: readonly T[], name: (each: T) => string) => {
    const some = all.filter((each) => wanted.includes(name(each)));
    return some.length > 0 ? some : all;
  };
  for (const view of chosen(views, ({ name }) => name)) {
    await mkdir(join(directory, view.name), { recursive: true });
    for (const name of chosen(Object.keys(walks), (each) => each)) {
      const taken = await take(name, { browser, server, view });
      await contactSheets(browser, taken, { path: join(directory, `${name}.${view.name}`), width: view.width });
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
