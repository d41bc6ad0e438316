export { portalLink, portalUrl, subscriptionOfLink } from "./link.ts";
