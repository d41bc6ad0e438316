export { authoriseLater, offerCheckoutMandate, signCheckoutMandate } from "./mandate.ts";
export { checkoutProgress } from "./progress.ts";
export { checkoutState } from "./state.ts";
