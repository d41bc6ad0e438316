export { portalLink, subscriptionOfLink } from "./link.ts";
