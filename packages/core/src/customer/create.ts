import type { Context, Principal } from "../context.ts";
import { readFields } from "../fields.ts";
import type { Tenant } from "../tenant.ts";
import { textRules } from "../text.ts";
import type { Customer } from "./customer.ts";
import { alreadyTaken, readCustomer } from "./rules.ts";
import { insertCustomer, insertCustomerUnlessKnown } from "./store.ts";

/** Throws `validation_failed`, `email_taken`, `reference_taken`. */
export async function createCustomer(ctx: Context, principal: Principal, input: unknown): Promise<Customer> {
  const fields = readFields(input);
  const typed = { ...readCustomer(fields), reference: fields.optionalText("reference", textRules.reference) };
  fields.done();
  const customer = { ...typed, uuid: ctx.ids.uuid(), createdAt: ctx.clock.now() };
  try {
    await insertCustomer(ctx.db, principal, customer);
  } catch (error) {
    throw alreadyTaken(error);
  }
  return customer;
}

/**
 * What a person typed on a page → that email's customer: a known one, whose data is neither shown nor changed, or a new
 * one. Two browsers at once make one customer. Throws `validation_failed`.
 */
export async function knowCustomer(
  ctx: Context,
  tenant: Tenant,
  input: unknown,
): Promise<{ uuid: string; isNew: boolean }> {
  const fields = readFields(input);
  const typed = readCustomer(fields);
  fields.done();
  const created = { ...typed, reference: null, uuid: ctx.ids.uuid(), createdAt: ctx.clock.now() };
  const uuid = await insertCustomerUnlessKnown(ctx.db, tenant, created);
  return { uuid, isNew: uuid === created.uuid };
}
