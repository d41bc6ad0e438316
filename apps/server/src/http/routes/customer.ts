import {
  createCustomer,
  customerResource,
  getCustomer,
  getCustomerByEmail,
  getCustomerByReference,
  listCustomers,
  removeCustomer,
  updateCustomer,
} from "@qbitflow/core";
import { creating } from "../idempotent.ts";
import { uuidId } from "../path-ids.ts";
import type { Handlers } from "../register-routes.ts";

export const customerHandlers = {
  createCustomer: (call) =>
    creating(call, async (ctx) => customerResource(await createCustomer(ctx, call.principal, call.body))),
  updateCustomer: async ({ server, principal, params, body }) =>
    customerResource(
      await updateCustomer(server.core, principal, { uuid: uuidId(params.uuid ?? "", "customer"), change: body }),
    ),
  updateCustomerByBody: async ({ server, principal, body }) => {
    const { uuid, ...change } = body as { uuid: string };
    return customerResource(await updateCustomer(server.core, principal, { uuid: uuidId(uuid, "customer"), change }));
  },
  listCustomers: async ({ server, principal, query }) => {
    const page = await listCustomers(server.core, principal, query);
    return { items: page.items.map(customerResource), nextCursor: page.nextCursor };
  },
  getCustomer: async ({ server, principal, params }) =>
    customerResource(await getCustomer(server.core, principal, uuidId(params.uuid ?? "", "customer"))),
  getCustomerByEmail: async ({ server, principal, params }) =>
    customerResource(await getCustomerByEmail(server.core, principal, params.email ?? "")),
  getCustomerByReference: async ({ server, principal, params }) =>
    customerResource(await getCustomerByReference(server.core, principal, params.reference ?? "")),
  deleteCustomer: async ({ server, principal, params }) => {
    await removeCustomer(server.core, principal, uuidId(params.uuid ?? "", "customer"));
    return { message: "The customer is erased." };
  },
} satisfies Partial<Handlers>;
