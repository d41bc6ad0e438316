export { type CheckoutAssets, checkoutAssets, exitPage } from "./assets.ts";
export {
  checkoutCsp,
  renderCheckoutHtml,
  renderNotFoundHtml,
  renderPortalHtml,
  renderUnavailableHtml,
} from "./template.ts";
