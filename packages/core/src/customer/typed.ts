import type { CheckoutCustomer } from "@qbitflow/api";
import type { Context } from "../context.ts";
import { readFields } from "../fields.ts";
import type { Tenant } from "../tenant.ts";
import { readCustomer } from "./rules.ts";
import { eraseCustomer, findCustomer, findTyped, replaceTyped, upsertTyped } from "./store.ts";

/**
 * Corrects a customer made on a page: all of it, as typed anew. False when it is gone, or when another email was typed:
 * then it is another customer. Throws `validation_failed`.
 */
export async function correctCustomer(
  ctx: Context,
  tenant: Tenant,
  input: { readonly uuid: string; readonly change: unknown },
): Promise<boolean> {
  const fields = readFields(input.change);
  const typed = readCustomer(fields);
  fields.done();
  return replaceTyped(ctx.db, tenant, { uuid: input.uuid, ...typed });
}

/** A customer made on a page whose browser then typed another: nobody asked to be kept. One with the merchant's reference stays. */
export async function forgetTyped(ctx: Context, tenant: Tenant, uuid: string): Promise<void> {
  const customer = await findCustomer(ctx.db, tenant, { uuid });
  if (customer?.reference === null) await eraseCustomer(ctx.db, tenant, { uuid, at: ctx.clock.now() });
}

/** Keeps what a browser typed, whether it made a customer or meant a known one. Throws `validation_failed`. */
export async function keepTyped(
  ctx: Context,
  input: { readonly sessionUuid: string; readonly customerUuid: string; readonly customer: unknown },
): Promise<void> {
  const fields = readFields(input.customer);
  const { name, lastName, email, phoneNumber, address } = readCustomer(fields);
  const typed = {
    name,
    lastName,
    email,
    ...(phoneNumber === null ? {} : { phoneNumber }),
    ...(address === null ? {} : { address }),
  };
  await upsertTyped(ctx.db, { sessionUuid: input.sessionUuid, customerUuid: input.customerUuid, typed });
}

/** What was typed into this session, for whoever typed it; nothing when the customer was erased. */
export function findTypedCustomer(ctx: Context, sessionUuid: string): Promise<CheckoutCustomer | undefined> {
  return findTyped(ctx.db, sessionUuid);
}
