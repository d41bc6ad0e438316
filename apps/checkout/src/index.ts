export { type CheckoutAssets, checkoutAssets } from "./assets.ts";
export { checkoutCsp, renderCheckoutHtml, renderNotFoundHtml, renderUnavailableHtml } from "./template.ts";
