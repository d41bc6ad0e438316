export { authoriseLater, offerCheckoutMandate, signCheckoutMandate } from "./mandate.ts";
export { checkoutState } from "./state.ts";
