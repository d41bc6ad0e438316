import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Browser } from "playwright-core";

/** Joins pictures into sheets of a size that can still be read: `<path>.1.png`, `<path>.2.png`, … */
export async function contactSheets(
  browser: Browser,
  pictures: readonly string[],
  { path, width }: { path: string; width: number },
): Promise<void> {
  const [columns, shown, perSheet] = width > 800 ? [3, 640, 6] : [6, width, 6];
  const page = await browser.newPage({ viewport: { width: columns * (shown + 16) + 16, height: 600 } });
  for (let first = 0; first < pictures.length; first += perSheet) {
    const figures = await Promise.all(
      pictures.slice(first, first + perSheet).map(async (each) => {
        const data = (await readFile(each)).toString("base64");
        const name = basename(each, ".png");
        return `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${data}" width="${shown}"></figure>`;
      }),
    );
    await page.setContent(`<style>
body{margin:16px;background:#777;font:600 16px system-ui;color:#fff;display:grid;gap:16px;align-items:start;grid-template-columns:repeat(${columns},${shown}px)}
figure{margin:0}figcaption{margin-bottom:4px}img{display:block}
</style>${figures.join("")}`);
    await page.screenshot({ path: `${path}.${first / perSheet + 1}.png`, fullPage: true });
  }
  await page.close();
}
