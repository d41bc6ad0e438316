import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The built pages: `build.ts` puts them in `dist/`. */
export interface CheckoutAssets {
  /** Folder to serve under `urlPrefix`, for ever: names carry a content hash. Beside each file stand its `.br` and `.gz`. */
  readonly directory: string;
  readonly urlPrefix: "/assets/checkout/";
  /** URL paths of the one-time page for the template, the entry first, then what it imports at once. */
  readonly js: string[];
  /** The same of the other pages. */
  readonly subscribe: string[];
  readonly portal: string[];
  readonly css: string[];
  /** The style sheets' text, to stand in the page: asking for them would hold the first paint up by a round trip. */
  readonly styles: InlineStyles;
}

export interface InlineStyles {
  readonly text: string;
  /** For the Content-Security-Policy, which lets in this text and no other: `sha256-…`. */
  readonly hash: string;
}

interface ManifestEntry {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

const notBuilt = "The checkout pages are not built: run `npm run build -w @qbitflow/checkout`.";
const urlPrefix = "/assets/checkout/";

/** The exit page, with everything inside, and its own policy to be sent as a header, too. */
export function exitPage(directory = join(import.meta.dirname, "..", "dist")): { html: string; csp: string } {
  const html = readBuilt(directory, "exit.html");
  const policy = /http-equiv="content-security-policy" content="([^"]+)"/.exec(html)?.[1];
  if (policy === undefined) throw new Error(notBuilt);
  // A page cannot forbid by itself that it is framed.
  return { html, csp: `${policy}; frame-ancestors 'none'` };
}

/** Reads the builds' manifests. Throws with what to run when the page has not been built. */
export function checkoutAssets(directory = join(import.meta.dirname, "..", "dist")): CheckoutAssets {
  const chunks = (page: string, key: string) => {
    const manifest = readManifest(directory, page);
    if (!manifest[key]?.isEntry) throw new Error(notBuilt);
    return withStaticImports(manifest, key).flatMap((each) => manifest[each] ?? []);
  };
  const checkout = chunks("checkout", "src/main.tsx");
  const js = (entry: readonly ManifestEntry[]) => entry.map(({ file }) => urlPrefix + file);
  // One style sheet for all pages: its text is the same in each build.
  const css = [...new Set(checkout.flatMap((each) => each.css ?? []))].map((file) => urlPrefix + file);
  return {
    directory,
    urlPrefix,
    js: js(checkout),
    subscribe: js(chunks("subscribe", "src/subscribe/main.tsx")),
    portal: js(chunks("portal", "src/portal/main.tsx")),
    css,
    styles: readStyles(directory, css),
  };
}

function readStyles(directory: string, css: readonly string[]): InlineStyles {
  const text = css.map((href) => readFileSync(join(directory, href.slice(urlPrefix.length)), "utf8")).join("");
  if (/<\/style/i.test(text)) throw new Error(`A style sheet in ${directory} would end its own element.`);
  return { text, hash: `sha256-${createHash("sha256").update(text).digest("base64")}` };
}

function readManifest(directory: string, page: string): Record<string, ManifestEntry> {
  return JSON.parse(readBuilt(directory, `${page}.json`));
}

function readBuilt(directory: string, file: string): string {
  try {
    return readFileSync(join(directory, ".vite", file), "utf8");
  } catch (cause) {
    throw new Error(notBuilt, { cause });
  }
}

function withStaticImports(manifest: Record<string, ManifestEntry>, entryKey: string): string[] {
  const seen = new Set<string>([entryKey]);
  // A Set iterates over what is added to it meanwhile, so this walks the whole import tree.
  for (const key of seen) for (const next of manifest[key]?.imports ?? []) seen.add(next);
  return [...seen];
}
