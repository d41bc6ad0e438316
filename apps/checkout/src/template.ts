/** The page's HTML, written by the server: who asks, for what and how much can be read before any JavaScript runs. */
import type { CheckoutState, PortalState } from "@qbitflow/api";
import type { InlineStyles } from "./assets.ts";
import { closedWords } from "./flow/closed.ts";
import { readable } from "./flow/readable.ts";
import { formatTime, formatUsd } from "./format.ts";
import { readablePortal } from "./portal/state.ts";
import { portalWords, statusSaid, statusWords } from "./portal/words.ts";
import { subscribeWords } from "./subscribe/words.ts";
import { type Said, words } from "./words.ts";

export interface TemplateAssets {
  readonly js: readonly string[];
  readonly css: readonly string[];
  /** In the page instead of `css`; its hash belongs in the policy. */
  readonly styles?: InlineStyles;
  /** Scripts of a subscription's page, in place of `js`. */
  readonly subscribe?: readonly string[];
  /** Scripts of the portal's page. */
  readonly portal?: readonly string[];
}

export interface CheckoutHtmlInput {
  readonly state: CheckoutState;
  readonly assets: TemplateAssets;
  /** Only for a server whose CSP asks for one; the page has no inline script, and no inline style but `styles`. */
  readonly nonce?: string;
}

/** The Content-Security-Policy both pages are served with. WalletConnect's hosts are let in only where it is configured. */
export function checkoutCsp({
  walletConnect,
  host,
  styles,
}: {
  walletConnect: boolean;
  host: string;
  styles?: InlineStyles;
}): string {
  // Older Safari does not take `'self'` for WebSockets. A Host header is hostile input until it looks like one.
  const sockets = /^[a-z0-9.:[\]-]+$/i.test(host) ? [`ws://${host}`, `wss://${host}`] : [];
  const relays = walletConnect ? walletConnectHosts : [];
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${styles === undefined ? "" : ` '${styles.hash}'`}`,
    "img-src 'self' data:",
    `connect-src ${["'self'", ...sockets, ...relays].join(" ")}`,
    "font-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    // WalletConnect's own check of who asks, shown by the wallet.
    ...(walletConnect ? [`frame-src ${verifyHosts.join(" ")}`] : []),
  ].join("; ");
}

const verifyHosts = ["https://verify.walletconnect.com", "https://verify.walletconnect.org"];
const walletConnectHosts = [
  "wss://relay.walletconnect.com",
  "wss://relay.walletconnect.org",
  "https://rpc.walletconnect.com",
  "https://rpc.walletconnect.org",
];

/** The payment page for a session in any status. Escapes everything; the state rides along as JSON for the script. */
export function renderCheckoutHtml({ state: told, assets, nonce }: CheckoutHtmlInput): string {
  const state = readable(told);
  const body = `${banners(state)}<a class="skip" href="#app">${escapeHtml(state.subscription ? subscribeWords.skip : words.page.skip)}</a>
<div class="mx-auto grid w-full max-w-5xl grid-cols-1 gap-6 px-4 pb-10 pt-5 sm:px-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:gap-12 lg:pt-14">
${summary(state)}
<main id="app" tabindex="-1" class="min-w-0">${beforeScript(state)}</main>
</div>
<script type="application/json" id="state">${escapeJson(state)}</script>`;
  const title = state.subscription
    ? `${subscribeWords.title(state.organizationName)} – ${state.productName}`
    : `${words.page.title(state.organizationName)} – ${state.productName}`;
  const scripts = state.subscription ? { ...assets, js: assets.subscribe ?? [] } : assets;
  return html({ title, body, assets: scripts, ...(nonce === undefined ? {} : { nonce }) });
}

/** The customer's portal. Escapes everything; the state rides along as JSON for the script. */
export function renderPortalHtml({ state: told, assets }: { state: PortalState; assets: TemplateAssets }): string {
  const state = readablePortal(told);
  const { productName, organizationName, status, price, frequency, kind } = state;
  const said = statusWords[status];
  const initial = [...organizationName.trim()][0]?.toUpperCase() ?? "";
  const unit = kind === "payAsYouGo" ? subscribeWords.perUnit(frequency) : subscribeWords.per(frequency);
  const body = `${banners(state)}<a class="skip" href="#app">${escapeHtml(portalWords.skip)}</a>
<div class="mx-auto grid w-full max-w-5xl grid-cols-1 gap-6 px-4 pb-10 pt-5 sm:px-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:gap-12 lg:pt-14">
<header class="grid min-w-0 grid-cols-1 content-start gap-4 lg:gap-6">
<div class="flex min-w-0 items-start gap-3">
<span class="grid size-10 shrink-0 place-items-center rounded-xl bg-accent text-lg font-semibold text-on-accent" aria-hidden="true">${escapeHtml(initial)}</span>
<p class="min-w-0 leading-snug"><span class="text-sm text-muted">${escapeHtml(portalWords.yours)}</span><bdi class="wrap-any block font-semibold" data-testid="organization">${escapeHtml(organizationName)}</bdi></p>
</div>
<div class="grid min-w-0 grid-cols-1 gap-1">
<h1 class="wrap-any text-2xl font-semibold tracking-tight" dir="auto" data-testid="product">${escapeHtml(productName)}</h1>
<p class="text-muted"><span class="font-medium tabular-nums text-ink">${escapeHtml(formatUsd(price))}</span> ${escapeHtml(unit)}</p>
</div>
<div class="hidden gap-2 border-t border-line pt-5 text-sm text-muted lg:grid">
<p>${escapeHtml(portalWords.poweredBy)}</p>
<p>${escapeHtml(subscribeWords.receipt.number)} <span class="wrap-any font-mono text-xs">${escapeHtml(state.uuid)}</span></p>
</div>
</header>
<main id="app" tabindex="-1" class="min-w-0"><div class="card grid gap-2 p-6"><h2 class="text-xl font-semibold">${escapeHtml(said.name)}</h2><p>${escapeHtml(statusSaid(state).text)}</p><p class="text-muted">${escapeHtml(portalWords.loading)}</p><noscript>${escapeHtml(portalWords.noScript)}</noscript></div></main>
</div>
<script type="application/json" id="state">${escapeJson(state)}</script>`;
  const title = `${portalWords.title(productName)} – ${organizationName}`;
  return html({ title, body, assets: { ...assets, js: assets.portal ?? [] } });
}

/** The page for a link that leads nowhere. Needs no script. */
export function renderNotFoundHtml(input: { assets: TemplateAssets; nonce?: string }): string {
  return notice(input, { testId: "not-found", sign: "?", ...words.notFound });
}

/** The page for a portal's link that is not whole, or was revoked. */
export function renderPortalNotFoundHtml(input: { assets: TemplateAssets; nonce?: string }): string {
  return notice(input, { testId: "not-found", sign: "?", ...portalWords.notFound });
}

/** The page in place of a session's while the server cannot answer: too many requests, a database that is away. */
export function renderUnavailableHtml(input: { assets: TemplateAssets; nonce?: string }): string {
  return notice(input, { testId: "unavailable", sign: "!", ...words.unavailable });
}

function notice(
  input: { assets: TemplateAssets; nonce?: string },
  said: { readonly testId: string; readonly sign: string } & Said,
): string {
  const body = `<main class="mx-auto grid min-h-[80dvh] max-w-md content-center gap-3 px-6 text-center" data-testid="${said.testId}">
<div class="mx-auto mb-2 grid size-14 place-items-center rounded-full bg-accent-soft text-2xl font-semibold text-accent" aria-hidden="true">${said.sign}</div>
<h1 class="text-2xl font-semibold tracking-tight">${escapeHtml(said.title)}</h1>
<p class="text-muted">${escapeHtml(said.text)}</p>
</main>`;
  return html({ ...input, title: said.title, body, assets: { ...input.assets, js: [] } });
}

function html(input: { title: string; body: string; assets: TemplateAssets; nonce?: string }): string {
  const nonce = input.nonce === undefined ? "" : ` nonce="${escapeHtml(input.nonce)}"`;
  const [entry, ...preload] = input.assets.js;
  const { styles } = input.assets;
  const css = styles
    ? [`<style>${styles.text}</style>`]
    : input.assets.css.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}"${nonce}>`);
  const early = preload.map((href) => `<link rel="modulepreload" href="${escapeHtml(href)}"${nonce}>`);
  const script = entry ? [`<script type="module" src="${escapeHtml(entry)}"${nonce}></script>`] : [];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(input.title)}</title>
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<link rel="icon" href="${favicon}">
${[...css, ...early, ...script].join("\n")}
</head>
<body>
${input.body}
</body>
</html>
`;
}

const favicon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%233548cf'/%3E%3Cpath d='M9 16.5l5 5 9-11' fill='none' stroke='%23fff' stroke-width='3.5' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

function banners(state: Pick<CheckoutState, "mode" | "fixedPrices">): string {
  const texts = [
    ...(state.mode === "test" ? [words.page.testMode] : []),
    ...(state.fixedPrices ? [words.page.fixedPrices] : []),
  ];
  if (texts.length === 0) return "";
  return `<p class="border-b border-warn/30 bg-warn-soft px-4 py-2 text-center text-sm font-medium text-balance text-warn" data-testid="test-banner">${escapeHtml(texts.join(", "))}</p>`;
}

function summary(state: CheckoutState): string {
  const initial = [...state.organizationName.trim()][0]?.toUpperCase() ?? "";
  // Cut through a line, so that it is seen to go on; the keyboard must reach what scrolls.
  const scrolls = state.description.length > 120 || state.description.includes("\n");
  const description = state.description
    ? `<p class="wrap-any whitespace-pre-line text-muted max-lg:max-h-[6.75rem] max-lg:overflow-y-auto" dir="auto"${scrolls ? ' tabindex="0"' : ""} data-testid="description">${escapeHtml(state.description)}</p>`
    : "";
  const price = formatUsd(state.price);
  const { asks, unit, poweredBy } = offered(state);
  return `<header class="grid min-w-0 grid-cols-1 content-start gap-4 lg:gap-6">
<div class="flex min-w-0 items-start gap-3">
<span class="grid size-10 shrink-0 place-items-center rounded-xl bg-accent text-lg font-semibold text-on-accent" aria-hidden="true">${escapeHtml(initial)}</span>
<p class="min-w-0 self-center leading-snug"><bdi class="wrap-any block font-semibold" data-testid="organization">${escapeHtml(state.organizationName)}</bdi><span class="asks text-sm text-muted">${escapeHtml(asks)}</span></p>
</div>
<div class="offer grid min-w-0 grid-cols-1 gap-3 lg:gap-6">
<p class="${priceSize(price)} flex flex-wrap items-baseline gap-x-2 font-semibold tracking-tight tabular-nums" data-testid="price">${escapeHtml(price)} <span class="text-base font-normal tracking-normal text-muted">${escapeHtml(unit)}</span></p>
<div class="grid min-w-0 grid-cols-1 gap-1">
<h1 class="wrap-any text-lg font-medium" dir="auto" data-testid="product">${escapeHtml(state.productName)}</h1>
${description}
</div>
${subscriptionFacts(state)}</div>
<div class="hidden gap-2 border-t border-line pt-5 text-sm text-muted lg:grid">
<p>${escapeHtml(poweredBy)}</p>
<p>${escapeHtml(state.subscription ? subscribeWords.receipt.number : words.page.footerSession)} <span class="wrap-any font-mono text-xs">${escapeHtml(state.uuid)}</span></p>
</div>
</header>`;
}

/** The words round the price: for a payment, or for what repeats. */
function offered({ subscription }: CheckoutState): { asks: string; unit: string; poweredBy: string } {
  if (!subscription) return { asks: words.page.asks, unit: "USD", poweredBy: words.page.poweredBy };
  const { kind, frequency } = subscription;
  const unit = kind === "payAsYouGo" ? subscribeWords.perUnit(frequency) : subscribeWords.per(frequency);
  return { asks: subscribeWords.asks[kind], unit, poweredBy: subscribeWords.poweredBy };
}

/** What repeats, for how long, and what is free: before anything is typed. */
function subscriptionFacts({ subscription }: CheckoutState): string {
  if (!subscription) return "";
  const { trial, freeCredits, minPeriods, frequency } = subscription;
  const facts = [
    ...(trial ? [subscribeWords.trial(trial)] : []),
    ...(freeCredits ? [subscribeWords.credits(formatUsd(freeCredits))] : []),
    ...(minPeriods ? [subscribeWords.minimum(minPeriods, frequency)] : []),
    subscribeWords.renews,
  ];
  const items = facts.map(
    (fact) => `<li class="flex gap-2"><span class="text-good" aria-hidden="true">✓</span>${escapeHtml(fact)}</li>`,
  );
  return `<ul class="grid gap-1 text-sm" data-testid="facts">${items.join("")}</ul>
`;
}

/** A price is never broken over lines, where it could be misread: a long one is set smaller. */
function priceSize(price: string): string {
  if (price.length > 12) return "text-2xl lg:text-3xl";
  return price.length > 9 ? "text-3xl lg:text-4xl" : "text-4xl lg:text-5xl";
}

/** What stands where the form comes, until the script runs; with JavaScript off, all there is. */
function beforeScript(state: CheckoutState): string {
  const said = finalWords(state);
  if (!said) return `<div class="card">${beforeForm(state)}</div>`;
  const email = state.supportEmail;
  const ask = email
    ? `<p><a class="link" href="mailto:${escapeHtml(encodeURI(email))}">${escapeHtml(words.ask(email))}</a></p>`
    : "";
  // The style sheet leaves out of the offer what is over already, as it does once the script runs.
  const screen = state.status.status === "completed" ? "receipt" : "closed";
  return `<div class="card grid justify-items-center gap-2 p-5 text-center sm:p-8" data-screen="${screen}"><span class="mb-1 size-14 rounded-full bg-well" aria-hidden="true"></span><h2 class="text-xl font-semibold tracking-tight sm:text-2xl">${escapeHtml(said.title)}</h2><p class="text-muted">${escapeHtml(said.text)}</p>${ask}</div>`;
}

/** The form's first words stand where they will stay, so that the page is read while its script is on the way. */
function beforeForm(state: CheckoutState): string {
  const loading = `<p class="text-sm text-muted">${escapeHtml(state.subscription ? subscribeWords.loading : words.page.loading)}</p><noscript>${escapeHtml(words.page.noScript)}</noscript>`;
  const next = state.subscription?.canAuthoriseLater ? subscribeWords.whenHeading : words.currency.heading;
  const title = state.needsCustomer ? words.details.heading : next;
  const why = state.needsCustomer
    ? `<p class="wrap-any -mt-2 text-sm text-muted">${escapeHtml(words.details.why(state.organizationName))}</p>`
    : "";
  return `<div class="grid grid-cols-1 gap-4 p-5 sm:p-6">
<div class="flex items-center gap-3"><span class="grid size-7 shrink-0 place-items-center rounded-full text-sm font-semibold bg-accent text-on-accent" aria-hidden="true">1</span>
<h2 class="min-w-0 grow text-lg font-semibold">${escapeHtml(title)}</h2></div>
${why}${loading}
<div class="coming grid gap-3" aria-hidden="true">${'<span class="h-16 rounded-xl bg-well"></span>'.repeat(state.needsCustomer ? 4 : 3)}</div></div>`;
}

function finalWords(state: CheckoutState): Said | undefined {
  const { status, organizationName, expiresAt, subscription } = state;
  switch (status.status) {
    case "completed":
      return {
        title: subscription ? subscribeWords.receipt.subscribed : words.receipt.title,
        text: (subscription ? subscribeWords : words).receipt.text(organizationName),
      };
    case "expired": {
      const { title, text } = closedWords("expired", state);
      return { title, text: `${text} (${formatTime(expiresAt * 1000)})` };
    }
    case "cancelled":
    case "failed":
      return closedWords(status.status, state);
    default:
      return undefined;
  }
}

const htmlEscapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** For text and for attribute values in either quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => htmlEscapes[character] ?? character);
}

/** JSON that no HTML parser can leave its script element through, and that is JavaScript, too. */
export function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
