export { checkoutState } from "./state.ts";
