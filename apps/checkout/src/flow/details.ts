import type { CheckoutCustomer } from "@qbitflow/api";
import { words } from "../words.ts";
import type { FieldErrors, FieldName } from "./state.ts";

const longest: Record<FieldName, number> = { name: 100, lastName: 100, email: 254 };

/** Trims what was typed and says what is missing. The server has the last word on the email. */
export function checkDetails(typed: CheckoutCustomer): { customer: CheckoutCustomer; errors: FieldErrors } {
  const customer = { ...typed, name: typed.name.trim(), lastName: typed.lastName.trim(), email: typed.email.trim() };
  const errors: FieldErrors = {};
  if (!customer.name) errors.name = words.details.needName;
  if (!customer.lastName) errors.lastName = words.details.needLastName;
  if (!/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(customer.email)) errors.email = words.details.needEmail;
  for (const field of ["name", "lastName", "email"] as const) {
    if ([...customer[field]].length > longest[field]) errors[field] = words.details.tooLong(longest[field]);
  }
  return { customer, errors };
}
