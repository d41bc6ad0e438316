import { escapeHtml } from "./html.ts";

/** The body of `/`: where to go from here. */
export function landingBody({ local, host }: { local: boolean; host: string }): string {
  const demo = local
    ? `<section class="card"><h2>Try a payment</h2>
<p>Makes a checkout session for product 1 and opens its page. Pay with the built-in test wallet: nothing to install, nothing of value.</p>
<form method="post" action="/dev/try"><button>Create a session and pay it</button></form></section>`
    : "";
  const banner = local
    ? `<div class="banner">Local test server: a chain of its own, made-up prices, no real money.</div>`
    : "";
  return `${banner}<main class="wrap"><h1>QBitFlow</h1>
<p>Checkout in crypto without custody: customers pay straight from their wallet to the merchant's.</p>
${demo}
<section class="card"><h2>Build with it</h2>
<p><a href="/docs">API reference</a> · <a href="/v1/openapi.json">OpenAPI 3.1</a> · <a href="/readyz">How this server stands</a></p>
${local ? "<p>Your test key: <code>npm start</code> printed it, and <code>dev.json</code> in the data directory has it.</p>\n" : ""}<pre><code>curl https://${escapeHtml(host)}/v1/transaction/session-checkout \\
  -H "X-API-Key: $QBITFLOW_API_KEY" -H 'Content-Type: application/json' \\
  -d '{"productId": 1}'</code></pre></section></main>`.replace("https://", local ? "http://" : "https://");
}
