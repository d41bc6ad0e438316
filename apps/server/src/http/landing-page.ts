import { escapeHtml } from "./html.ts";

/** What the local default lets anybody try, by the last part of `POST /dev/try/…`. */
export const trials = {
  payment: {
    title: "Pay once",
    text: "A T-shirt for $25.",
    session: { productId: 1 },
  },
  subscription: {
    title: "Subscribe",
    text: "A plan for $20 a month, after a trial of 7 days.",
    session: {
      productName: "Pro plan",
      description: "Everything, monthly",
      price: 20,
      options: {
        subscriptionType: "subscription",
        frequency: { unit: "months", value: 1 },
        trialPeriod: { unit: "days", value: 7 },
      },
    },
  },
  "pay-as-you-go": {
    title: "Pay as you go",
    text: "$0.002 for each call of an API, billed monthly; the first $1 is free.",
    session: {
      productName: "API calls",
      description: "Billed by the month",
      price: 0.002,
      options: { subscriptionType: "payAsYouGo", frequency: { unit: "months", value: 1 }, freeCredits: 1 },
    },
  },
} as const;

const trialCards = Object.entries(trials)
  .map(
    ([kind, { title, text }]) => `<form class="card" method="post" action="/dev/try/${kind}">
<h3>${title}</h3><p>${text}</p><button>${title}</button></form>`,
  )
  .join("\n");

/** The body of `/`: where to go from here. */
export function landingBody({ local, host }: { local: boolean; host: string }): string {
  const demo = local
    ? `<h2>Try it</h2>
<p>Each makes a checkout session and opens its page. The built-in test wallet pays: nothing to install, nothing of value.</p>
<div class="cards">${trialCards}</div>
<p class="muted">Time is yours, too: <code>npm run -s qbitflow -- clock advance 35d</code> brings the next bill.</p>`
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
