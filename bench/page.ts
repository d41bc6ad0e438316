// The checkout page's first load in Chromium: how much JavaScript, how soon the largest thing stands, how soon it works.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { QBitFlow } from "@qbitflow/sdk";
import type { Browser } from "playwright-core";
import { launchChromium } from "../apps/checkout/test/chromium.ts";
import { startServer, temporaryDataDir } from "../e2e/harness/server.ts";
import { median, type Row } from "./table.ts";

const loads = { throttled: 5, free: 11 };
/** Chromium's own "Slow 4G" of the developer tools. */
const slow4G = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 };

interface Load {
  readonly paintedMs: number;
  readonly usableMs: number;
  readonly scripts: readonly string[];
}

/**
 * A first visit: nothing cached. Usable: the first field stands, with its handlers on, in a frame that was painted. The page
 * notes it itself and tells it once, on its console: whatever the test tool asks of a page that is still loading runs on the
 * page's own thread and takes as long as the page does. That the field takes text is tried afterwards.
 */
async function visit(browser: Browser, link: string, throttled: boolean): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 375, height: 812 } });
  try {
    const page = await context.newPage();
    if (throttled) {
      const devtools = await context.newCDPSession(page);
      await devtools.send("Network.enable");
      await devtools.send("Network.emulateNetworkConditions", slow4G);
    }
    await page.addInitScript(noteTimes);
    const told = page.waitForEvent("console", { predicate: (message) => message.text().startsWith("usable ") });
    const scripts: string[] = [];
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") scripts.push(response.url());
    });
    await page.goto(link, { waitUntil: "commit" });
    const [, usableMs, paintedMs] = (await told).text().split(" ").map(Number);
    await page.getByTestId("field-name").fill("Ada");
    return { usableMs: usableMs ?? Number.NaN, paintedMs: paintedMs ?? Number.NaN, scripts };
  } finally {
    await context.close();
  }
}

/** Runs in the page, before anything of it: says `usable <ms> <ms of the largest paint>` when both are known. */
function noteTimes(): void {
  let usable = 0;
  let painted = 0;
  const tell = () => {
    if (usable > 0 && painted > 0) console.info(`usable ${usable} ${painted}`);
  };
  const watch = new MutationObserver(() => {
    if (document.querySelector('[data-testid="field-name"]') === null) return;
    watch.disconnect();
    requestAnimationFrame(() =>
      setTimeout(() => {
        usable = performance.now();
        // The largest paint up to here: entries of a frame are handed out after it.
        setTimeout(tell, 200);
      }),
    );
  });
  watch.observe(document, { childList: true, subtree: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) painted = entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
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
  for (let index = 0; index < (throttled ? loads.throttled : loads.free); index += 1)
    visits.push(await visit(browser, link, throttled));
  return {
    painted: median(visits.map(({ paintedMs }) => paintedMs)) / 1000,
    usable: median(visits.map(({ usableMs }) => usableMs)) / 1000,
  };
}

/** What the browser itself takes: a heading and a field, put there by a script of one line. */
async function startBarePage(): Promise<{ url: string; close(): Promise<void> }> {
  const field = `<input data-testid="field-name">`;
  const html = `<!doctype html><title>Bare</title><h1>Bare</h1><script>document.body.insertAdjacentHTML("beforeend", '${field}')</script>`;
  const server = createServer((_request, response) => response.setHeader("content-type", "text/html").end(html));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise<void>((closed) => void server.close(() => closed())),
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
  const bare = await startBarePage();
  try {
    const client = new QBitFlow({ apiKey: server.dev.testApiKey, baseUrl: server.dev.apiUrl });
    const { link } = await client.oneTimePayments.createSession({ productId: 1 });
    const { scripts } = await visit(browser, link, false);
    const kilobytes = (await gzippedBytes(scripts)) / 1000;
    const slow = await measure(browser, link, true);
    const fast = await measure(browser, link, false);
    const floor = await measure(browser, bare.url, false);
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
      {
        ...line("usable, not throttled", fast.usable, 0.3),
        figure: `${fast.usable.toFixed(2)} s, a bare page ${floor.usable.toFixed(2)} s`,
        detail: { seconds: fast.usable, bareSeconds: floor.usable },
      },
    ];
  } finally {
    await browser.close();
    await bare.close();
    await server.stop();
    directory.remove();
  }
}
