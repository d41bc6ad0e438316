import type { Customer as WireCustomer } from "@qbitflow/api";

export interface Customer {
  readonly uuid: string;
  readonly name: string;
  readonly lastName: string;
  /** As it was typed; matched without regard to case. */
  readonly email: string;
  readonly phoneNumber: string | null;
  readonly address: string | null;
  readonly reference: string | null;
  readonly createdAt: Date;
}

export function customerResource(customer: Customer): WireCustomer {
  const { uuid, name, lastName, email, phoneNumber, address, reference, createdAt } = customer;
  return {
    uuid,
    name,
    lastName,
    email,
    ...(phoneNumber === null ? {} : { phoneNumber }),
    ...(address === null ? {} : { address }),
    ...(reference === null ? {} : { reference }),
    createdAt: createdAt.toISOString(),
  };
}
