// The checkout page's first load in Chromium: how much JavaScript, how soon the largest thing stands, how soon it works.
import { gzipSync } from "node:zlib";
import { QBitFlow } from "@qbitflow/sdk";
import type { Browser } from "playwright-core";
import { launchChromium } from "../apps/checkout/test/chromium.ts";
import { startServer, temporaryDataDir } from "../e2e/harness/server.ts";
import { median, type Row } from "./table.ts";

const loads = 5;
/** Chromium's own "Slow 4G" of the developer tools. */
const slow4G = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 };

interface Load {
  readonly paintedMs: number;
  readonly usableMs: number;
  readonly scripts: readonly string[];
}

/**
 * A first visit: nothing cached. Usable: the first field stands, with its handlers on, in a frame that was painted; the page
 * notes it itself, as the test tool's own questions take as long as the page does. That it takes text is tried afterwards.
 */
async function visit(browser: Browser, link: string, throttled: boolean): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 375, height: 812 } });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    if (throttled) await devtools.send("Network.emulateNetworkConditions", slow4G);
    await page.addInitScript(() => {
      const seen = window as unknown as { painted: number; usable: number };
      const watch = new MutationObserver(() => {
        if (document.querySelector('[data-testid="field-name"]') === null) return;
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => (seen.usable = performance.now())));
      });
      watch.observe(document, { childList: true, subtree: true });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.painted = entry.startTime;
      }).observe({ type: "largest-contentful-paint", buffered: true });
    });
    const scripts: string[] = [];
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") scripts.push(response.url());
    });
    await page.goto(link, { waitUntil: "commit" });
    await page.getByTestId("field-name").fill("Ada");
    await page.waitForFunction(() => (window as unknown as { usable?: number }).usable !== undefined);
    const { usableMs, paintedMs } = await page.evaluate(() => {
      const seen = window as unknown as { painted: number; usable: number };
      return { usableMs: seen.usable, paintedMs: seen.painted };
    });
    return { usableMs, paintedMs, scripts };
  } finally {
    await context.close();
  }
}

async function gzippedBytes(urls: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    urls.map(async (url) => gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer()), { level: 6 }).byteLength),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function measure(
  browser: Browser,
  link: string,
  throttled: boolean,
): Promise<{ painted: number; usable: number }> {
  const visits: Load[] = [];
  for (let index = 0; index < loads; index += 1) visits.push(await visit(browser, link, throttled));
  return {
    painted: median(visits.map(({ paintedMs }) => paintedMs)) / 1000,
    usable: median(visits.map(({ usableMs }) => usableMs)) / 1000,
  };
}

const line = (what: string, seconds: number, limit: number): Row => ({
  what,
  figure: `${seconds.toFixed(2)} s`,
  goal: `≤ ${limit} s`,
  met: seconds <= limit,
  detail: { seconds },
});

export async function benchPage(): Promise<Row[]> {
  const directory = temporaryDataDir();
  const server = await startServer({ dataDir: directory.path, env: { LOG_LEVEL: "error" } });
  const browser = await launchChromium();
  try {
    const client = new QBitFlow({ apiKey: server.dev.testApiKey, baseUrl: server.dev.apiUrl });
    const { link } = await client.oneTimePayments.createSession({ productId: 1 });
    const { scripts } = await visit(browser, link, false);
    const kilobytes = (await gzippedBytes(scripts)) / 1000;
    const slow = await measure(browser, link, true);
    const fast = await measure(browser, link, false);
    return [
      {
        what: "JavaScript of the first load, gzip",
        figure: `${kilobytes.toFixed(0)} kB`,
        goal: "≤ 120 kB",
        met: kilobytes <= 120,
        detail: { kilobytes },
      },
      line("largest contentful paint, Slow 4G", slow.painted, 2),
      line("usable, Slow 4G", slow.usable, 3.5),
      line("largest contentful paint, not throttled", fast.painted, 0.3),
      line("usable, not throttled", fast.usable, 0.3),
    ];
  } finally {
    await browser.close();
    await server.stop();
    directory.remove();
  }
}
