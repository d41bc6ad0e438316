export { type CheckoutAssets, checkoutAssets, exitPage } from "./assets.ts";
export {
  checkoutCsp,
  renderCheckoutHtml,
  renderNotFoundHtml,
  renderPortalHtml,
  renderPortalNotFoundHtml,
  renderUnavailableHtml,
} from "./template.ts";
