export { type CheckoutAssets, checkoutAssets } from "./assets.ts";
export { checkoutCsp, renderCheckoutHtml, renderNotFoundHtml } from "./template.ts";
