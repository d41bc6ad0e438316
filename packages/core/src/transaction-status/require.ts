import { getSession } from "../checkout-session/index.ts";
import type { Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { getSubscription, type Subscription } from "../subscription/index.ts";
import { isOfSession, type TransactionName } from "./progress.ts";

/** Those that only one kind of subscription has. */
const kinds: Partial<Record<TransactionName["type"], Subscription["kind"]>> = {
  cancelSubscription: "subscription",
  cancelPAYGSubscription: "payAsYouGo",
};

async function isThere(ctx: Context, principal: Principal, { uuid, type }: TransactionName): Promise<boolean> {
  if (isOfSession(type)) {
    const session = await getSession(ctx, principal, { uuid, closeToExpireError: false });
    return session.transactionType === type;
  }
  const { kind } = await getSubscription(ctx, principal, uuid);
  return kinds[type] === undefined || kinds[type] === kind;
}

/** Returns when the organization has a transaction of this name in this mode. Throws `not_found`. */
export async function requireTransaction(ctx: Context, principal: Principal, name: TransactionName): Promise<void> {
  if (await isThere(ctx, principal, name)) return;
  throw new DomainError("not_found", "not_found", `There is no transaction of type ${name.type} with this uuid.`);
}
