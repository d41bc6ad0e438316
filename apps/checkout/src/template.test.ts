import { describe, expect, it } from "vitest";
import { session } from "./flow/flow.testing.ts";
import { checkoutCsp, escapeJson, renderCheckoutHtml, renderNotFoundHtml } from "./template.ts";

const assets = { js: ["/assets/checkout/a.js", "/assets/checkout/b.js"], css: ["/assets/checkout/a.css"] };
const hostile = `</script><script>alert(1)</script><!--"'&\u2028]]>`;

describe("the page's HTML", () => {
  it("says who asks, for what and how much, without a script", () => {
    const html = renderCheckoutHtml({ state: session({ price: 1234.5 }), assets });
    const visible = html.replace(/<script[\s\S]*?<\/script>/g, "");
    for (const text of ["Shop", "Book", "$1,234.50"]) expect(visible).toContain(text);
  });

  it("lets no merchant text become markup", () => {
    const state = session({
      organizationName: hostile,
      productName: hostile,
      description: hostile,
      supportEmail: `"><img src=x onerror=alert(1)>@a.b`,
      status: { type: "payment", status: "expired", message: hostile },
    });
    const html = renderCheckoutHtml({ state, assets });
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toContain("<img");
    expect(html).not.toContain("<!--");
  });

  it("begins the form before the script runs, with the merchant's name as text", () => {
    const html = renderCheckoutHtml({ state: session({ needsCustomer: true, organizationName: hostile }), assets });
    const visible = html.replace(/<script[\s\S]*?<\/script>/g, "");
    expect(visible).toContain("Your details");
    expect(visible).toContain("gets these details with your payment");
    expect(html.match(/<script/g)).toHaveLength(2);
    const named = renderCheckoutHtml({ state: session({ needsCustomer: false }), assets });
    expect(named).not.toContain("Your details");
  });

  it("embeds the state so that it reads back to the letter", () => {
    const state = session({ productName: hostile });
    const html = renderCheckoutHtml({ state, assets });
    const json = /<script type="application\/json" id="state">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? "";
    expect(JSON.parse(json)).toEqual(state);
  });

  it("has no inline script, style or handler, so the CSP can be strict", () => {
    for (const html of [renderCheckoutHtml({ state: session(), assets }), renderNotFoundHtml({ assets })]) {
      expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
      expect(html).not.toMatch(/<script(?![^>]*(src=|application\/json))/);
    }
  });

  it("has its styles inside where they are given, let in by their hash alone", () => {
    const styles = { text: "a{color:red}", hash: "sha256-abc=" };
    const html = renderCheckoutHtml({ state: session(), assets: { ...assets, styles } });
    expect(html).toContain("<style>a{color:red}</style>");
    expect(html).not.toContain('rel="stylesheet"');
    const csp = checkoutCsp({ walletConnect: false, host: "pay.example", styles });
    expect(csp).toContain("style-src 'self' 'sha256-abc=';");
  });

  it("marks test sessions and fixed prices, and only those", () => {
    expect(renderCheckoutHtml({ state: session({ mode: "test", fixedPrices: true }), assets })).toContain(
      "no real money",
    );
    expect(renderCheckoutHtml({ state: session(), assets })).not.toContain("test-banner");
  });

  it.each(["completed", "expired", "cancelled", "failed"] as const)(
    "tells a %s session's end without a script",
    (status) => {
      const html = renderCheckoutHtml({ state: session({ status: { type: "payment", status } }), assets });
      expect(html).not.toContain("Loading the payment form");
    },
  );

  it("carries a nonce where the server's policy wants one", () => {
    const html = renderCheckoutHtml({ state: session(), assets, nonce: `a"b` });
    expect(html).toContain(`src="/assets/checkout/a.js" nonce="a&quot;b"`);
  });
});

describe("escapeJson", () => {
  it("stays JSON and holds no character that HTML or old JavaScript reads", () => {
    const value = { text: `<>&\u2028\u2029` };
    expect(escapeJson(value)).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(escapeJson(value))).toEqual(value);
  });
});

describe("the policy", () => {
  it("lets only this server in, unless WalletConnect is configured", () => {
    const csp = checkoutCsp({ walletConnect: false, host: "pay.example" });
    expect(csp).toContain("connect-src 'self' ws://pay.example wss://pay.example;");
    expect(csp).not.toMatch(/unsafe|walletconnect|\*/);
    expect(checkoutCsp({ walletConnect: true, host: "pay.example" })).toContain("wss://relay.walletconnect.com");
  });

  it("takes no policy from a hostile Host header", () => {
    expect(checkoutCsp({ walletConnect: false, host: "a; script-src *" })).not.toContain("script-src *");
  });
});
