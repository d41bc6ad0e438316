import type { Context, Principal } from "../context.ts";
import { emailProblem } from "../email.ts";
import { isTimeKey, type Page, type PageQuery, pageOf, readPage } from "../page.ts";
import { notFound } from "../tenant.ts";
import { textProblem, textRules } from "../text.ts";
import { isUuid } from "../uuid.ts";
import type { Customer } from "./customer.ts";
import { type CustomerKey, findCustomer, findCustomers } from "./store.ts";

async function find(ctx: Context, principal: Principal, key: CustomerKey | null): Promise<Customer> {
  const customer = key === null ? undefined : await findCustomer(ctx.db, principal, key);
  if (!customer) throw notFound("customer");
  return customer;
}

/** Throws `not_found`. */
export async function getCustomer(ctx: Context, principal: Principal, uuid: string): Promise<Customer> {
  return find(ctx, principal, isUuid(uuid) ? { uuid } : null);
}

/** Upper and lower case are the same. Throws `not_found`. */
export async function getCustomerByEmail(ctx: Context, principal: Principal, email: string): Promise<Customer> {
  const isPossible = textProblem(email, { max: 254 }) === null && emailProblem(email) === null;
  return find(ctx, principal, isPossible ? { email } : null);
}

/** Throws `not_found`. */
export async function getCustomerByReference(ctx: Context, principal: Principal, reference: string): Promise<Customer> {
  return find(ctx, principal, textProblem(reference, textRules.reference) === null ? { reference } : null);
}

/** Newest first. Throws `invalid_cursor`, `validation_failed`. */
export async function listCustomers(ctx: Context, principal: Principal, query: PageQuery): Promise<Page<Customer>> {
  const { limit, after } = readPage(query, [isTimeKey, isUuid]);
  const rows = await findCustomers(ctx.db, principal, { limit: limit + 1, after });
  return pageOf(rows, limit, ({ createdAt, uuid }) => [createdAt.toISOString(), uuid]);
}
