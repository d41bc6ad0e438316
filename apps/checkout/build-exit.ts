import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import { build } from "vite";
import { reactOnPreact } from "./react-on-preact.ts";
import { exitWords } from "./src/exit/words.ts";

/** Builds the exit page: one file with everything inside, which a customer can save and open from anywhere. */
export async function buildExit(outDir: string): Promise<void> {
  // As in build.ts: a test run's NODE_ENV would build for development.
  process.env.NODE_ENV = "production";
  const built = await build({
    configFile: false,
    root: import.meta.dirname,
    resolve: { alias: reactOnPreact },
    mode: "production",
    logLevel: "warn",
    plugins: [tailwindcss()],
    publicDir: false,
    build: {
      write: false,
      modulePreload: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { exit: join(import.meta.dirname, "src/exit/main.tsx") },
        output: { codeSplitting: false },
      },
    },
  });
  const { output } = Array.isArray(built) ? (built[0] ?? { output: [] }) : (built as { output: readonly unknown[] });
  const parts = output as readonly { type: string; code?: string; fileName: string; source?: string | Uint8Array }[];
  const script = parts.find((part) => part.type === "chunk")?.code;
  const styles = parts.find((part) => part.fileName.endsWith(".css"))?.source;
  if (script === undefined || styles === undefined)
    throw new Error("The exit page's build has no script or no styles.");
  // Beside the manifest: a folder that is not served under its name for ever.
  await writeFile(join(outDir, ".vite", "exit.html"), pageOf(script, styles.toString()));
}

function pageOf(script: string, styles: string): string {
  // What would end its element or begin a comment in HTML; in JavaScript's strings these mean the same.
  const safe = script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  // Wallets bring their own connection; the page itself asks only a chain on this machine.
  const policy = [
    "default-src 'none'",
    `script-src ${hash(safe)}`,
    `style-src ${hash(styles)}`,
    "img-src data:",
    "connect-src http://127.0.0.1:* http://localhost:*",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${exitWords.title}</title>
<style>${styles}</style>
</head>
<body>
<div id="app"><noscript>${exitWords.title}: turn JavaScript on for this page.</noscript></div>
<script type="module">${safe}</script>
</body>
</html>
`;
}
