export { offerAllowance } from "./allowance.ts";
export { offerAuthorisation, signAuthorisation } from "./authorise.ts";
export { portalLink, portalUrl, subscriptionOfLink } from "./link.ts";
export { offerMaximum } from "./maximum.ts";
export { signAllowance } from "./sign-allowance.ts";
export { signMaximum } from "./sign-maximum.ts";
export { portalState } from "./state.ts";
