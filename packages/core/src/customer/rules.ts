import { isUniqueViolation } from "@qbitflow/db";
import { DomainError } from "../errors.ts";
import type { Fields } from "../fields.ts";
import { textRules } from "../text.ts";
import type { CustomerChange } from "./store.ts";

const PERSON_NAME = { max: 100, name: true } as const;
const PHONE_NUMBER = { max: 40, name: true } as const;
const ADDRESS = { max: 500 } as const;

/** What a customer must have, from a merchant or typed on the page. */
export function readCustomer(fields: Fields) {
  return {
    name: fields.text("name", PERSON_NAME),
    lastName: fields.text("lastName", PERSON_NAME),
    email: fields.email("email"),
    phoneNumber: fields.optionalText("phoneNumber", PHONE_NUMBER),
    address: fields.optionalText("address", ADDRESS),
  };
}

/** What is to be changed; null stays as it is. */
export function readCustomerChange(fields: Fields): CustomerChange {
  return {
    name: fields.optionalText("name", PERSON_NAME),
    lastName: fields.optionalText("lastName", PERSON_NAME),
    email: fields.has("email") ? fields.email("email") : null,
    phoneNumber: fields.optionalText("phoneNumber", PHONE_NUMBER),
    address: fields.optionalText("address", ADDRESS),
    reference: fields.optionalText("reference", textRules.reference),
  };
}

/** The failure for the caller: `email_taken` or `reference_taken` where the database says so, otherwise as it was. */
export function alreadyTaken(error: unknown): unknown {
  if (isUniqueViolation(error, "customer_email")) {
    return new DomainError("conflict", "email_taken", "Another customer has this email.");
  }
  if (isUniqueViolation(error, "customer_reference")) {
    return new DomainError("conflict", "reference_taken", "Another customer has this reference.");
  }
  return error;
}
