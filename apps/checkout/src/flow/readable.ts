import type { CheckoutState } from "@qbitflow/api";
import { withoutOverrides } from "../format.ts";

/** The session with its merchant-written texts made safe to read; hostile merchants name things, too. */
export function readable(session: CheckoutState): CheckoutState {
  return {
    ...session,
    organizationName: withoutOverrides(session.organizationName),
    productName: withoutOverrides(session.productName),
    description: withoutOverrides(session.description),
  };
}
