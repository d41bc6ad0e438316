import tailwindcss from "@tailwindcss/vite";
import type { InlineConfig } from "vite";
import { reactOnPreact } from "./react-on-preact.ts";

/**
 * The pages, each built by itself: what two of them share stands in both, so that a browser asks for one script and not for
 * several pieces. A customer opens one page; a cache shared between them would pay nobody.
 */
export const pages = {
  checkout: "src/main.tsx",
  subscribe: "src/subscribe/main.tsx",
  portal: "src/portal/main.tsx",
} as const;
export type Page = keyof typeof pages;

/** No index.html: the server writes the page (src/template.ts) and names the files from the builds' manifests. */
export const pageBuild = (page: Page, outDir: string): InlineConfig => ({
  configFile: false,
  root: import.meta.dirname,
  base: "/assets/checkout/",
  mode: "production",
  logLevel: "warn",
  plugins: [tailwindcss()],
  publicDir: false,
  resolve: { alias: reactOnPreact },
  build: {
    outDir,
    // build.ts empties it once, for all.
    emptyOutDir: false,
    assetsDir: "",
    manifest: `.vite/${page}.json`,
    modulePreload: { polyfill: false },
    // Fonts and pictures inside the style sheet would need `data:` in more CSP rules than images have.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { input: { [page]: `${import.meta.dirname}/${pages[page]}` } },
  },
});
