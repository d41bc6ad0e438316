export { createCustomer, knowCustomer } from "./create.ts";
export { type Customer, customerResource } from "./customer.ts";
export { getCustomer, getCustomerByEmail, getCustomerByReference, listCustomers } from "./get.ts";
export { correctCustomer, findTypedCustomer, forgetTyped, keepTyped } from "./typed.ts";
export { removeCustomer, updateCustomer } from "./update.ts";
