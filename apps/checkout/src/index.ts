export { type CheckoutAssets, checkoutAssets } from "./assets.ts";
export {
  checkoutCsp,
  renderCheckoutHtml,
  renderNotFoundHtml,
  renderPortalHtml,
  renderUnavailableHtml,
} from "./template.ts";
