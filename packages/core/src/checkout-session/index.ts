export { cancelSession, expireSession } from "./cancel.ts";
export { createSession, prepareSession } from "./create.ts";
export { checkoutCustomer, setCustomer } from "./customer.ts";
export { expireDue, runSweeper } from "./expire-due.ts";
export { getPublicSession, getSession, listSessions } from "./get.ts";
export { requireNothingOnItsWay, requireOpen } from "./open.ts";
export { durationOf, type SessionOptions } from "./options.ts";
export { isOwner, newBrowserToken } from "./owner.ts";
export {
  createdResource,
  sessionLink,
  sessionReadResource,
  sessionResource,
  sessionResources,
  unixSeconds,
} from "./resource.ts";
export { type CheckoutSession, sessionColumns } from "./session.ts";
export { deriveStatus, isFinal, type SessionStatusFields } from "./status.ts";
export { statusOf } from "./status-of.ts";
export { transition } from "./transition.ts";
