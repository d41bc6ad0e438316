import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { precompress } from "./precompress.ts";
import { reactOnPreact } from "./react-on-preact.ts";

// No index.html: the server writes the page (src/template.ts) and names the files from this build's manifest.
export default defineConfig({
  root: import.meta.dirname,
  base: "/assets/checkout/",
  plugins: [tailwindcss(), precompress()],
  publicDir: false,
  resolve: { alias: reactOnPreact },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsDir: "",
    manifest: true,
    modulePreload: { polyfill: false },
    // Fonts and pictures inside the style sheet would need `data:` in more CSP rules than images have.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: {
        checkout: `${import.meta.dirname}/src/main.tsx`,
        subscribe: `${import.meta.dirname}/src/subscribe/main.tsx`,
        portal: `${import.meta.dirname}/src/portal/main.tsx`,
      },
    },
  },
});
