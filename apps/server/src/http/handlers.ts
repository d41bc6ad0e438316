import type { Handlers } from "./register-routes.ts";
import { apiKeyHandlers } from "./routes/api-key.ts";
import { checkoutHandlers } from "./routes/checkout.ts";
import { clockHandlers } from "./routes/clock.ts";
import { customerHandlers } from "./routes/customer.ts";
import { healthHandlers } from "./routes/health.ts";
import { portalHandlers } from "./routes/portal.ts";
import { productHandlers } from "./routes/product.ts";
import { sessionHandlers } from "./routes/session.ts";
import { subscriptionHandlers } from "./routes/subscription.ts";
import { transactionHandlers } from "./routes/transaction.ts";
import { usageHandlers } from "./routes/usage.ts";
import { userHandlers } from "./routes/user.ts";
import { webhookHandlers } from "./routes/webhook.ts";

/** A handler for every route of the table; the type refuses a missing one. */
export const handlers: Handlers = {
  ...apiKeyHandlers,
  ...checkoutHandlers,
  ...clockHandlers,
  ...customerHandlers,
  ...healthHandlers,
  ...portalHandlers,
  ...productHandlers,
  ...sessionHandlers,
  ...subscriptionHandlers,
  ...transactionHandlers,
  ...usageHandlers,
  ...userHandlers,
  ...webhookHandlers,
};
