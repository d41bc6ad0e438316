import type { Context, Principal } from "../context.ts";
import { readFields } from "../fields.ts";
import { notFound } from "../tenant.ts";
import { isUuid } from "../uuid.ts";
import type { Customer } from "./customer.ts";
import { alreadyTaken, readCustomerChange } from "./rules.ts";
import { eraseCustomer, updateCustomerRow } from "./store.ts";

/** Changes what is given. Throws `validation_failed`, `not_found`, `email_taken`, `reference_taken`. */
export async function updateCustomer(
  ctx: Context,
  principal: Principal,
  input: { readonly uuid: string; readonly change: unknown },
): Promise<Customer> {
  const { uuid } = input;
  const fields = readFields(input.change);
  const change = readCustomerChange(fields);
  fields.done();
  let changed: Customer | undefined;
  try {
    changed = isUuid(uuid) ? await updateCustomerRow(ctx.db, principal, { uuid, change }) : undefined;
  } catch (error) {
    throw alreadyTaken(error);
  }
  if (!changed) throw notFound("customer");
  return changed;
}

/** Erases everything personal and keeps the payments; email and reference are free again. Throws `not_found`. */
export async function removeCustomer(ctx: Context, principal: Principal, uuid: string): Promise<void> {
  const isGone = isUuid(uuid) && (await eraseCustomer(ctx.db, principal, { uuid, at: ctx.clock.now() }));
  if (!isGone) throw notFound("customer");
}
