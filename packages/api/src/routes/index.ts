import type { Route } from "../route.ts";
import { apiKeyRoutes } from "./api-key.ts";
import { checkoutRoutes } from "./checkout.ts";
import { clockRoutes } from "./clock.ts";
import { customerRoutes } from "./customer.ts";
import { healthRoutes } from "./health.ts";
import { portalRoutes } from "./portal.ts";
import { productRoutes } from "./product.ts";
import { sessionRoutes } from "./session.ts";
import { subscriptionRoutes } from "./subscription.ts";
import { transactionRoutes } from "./transaction.ts";
import { usageRoutes } from "./usage.ts";
import { userRoutes } from "./user.ts";
import { webhookRoutes } from "./webhook.ts";

const table = [
  ...sessionRoutes,
  ...transactionRoutes,
  ...subscriptionRoutes,
  ...usageRoutes,
  ...productRoutes,
  ...customerRoutes,
  ...userRoutes,
  ...apiKeyRoutes,
  ...webhookRoutes,
  ...checkoutRoutes,
  ...portalRoutes,
  ...clockRoutes,
  ...healthRoutes,
] as const;

/** Every route of the API, once. */
export const routes: readonly Route[] = table;
export type RouteId = (typeof table)[number]["id"];
