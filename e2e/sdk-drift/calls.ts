/** One call, as both SDKs make it. */
export interface SdkCall {
  readonly operation: string;
  /** As TypeScript writes it; Python in snake_case. */
  readonly method: string;
  /** All that it can be given. In Python the fields of an object are named arguments. */
  readonly given: readonly unknown[];
  /** Requests that follow by themselves. */
  readonly followedBy?: readonly string[];
}

const person = { name: "Ada", lastName: "Byron", email: "ada@example.org" };
const contact = { ...person, phoneNumber: "+44 20", address: "London", reference: "c-1" };
const product = { name: "Tea", description: "Green", price: 24.99, reference: "tea" };
const page = { limit: 5, cursor: "after-this" };
const month = { value: 1, unit: "months" };
const session = {
  ...{ productId: 1, productName: "Tea", description: "Green", price: 24.99, customerUUID: "c1" },
  ...{ webhookUrl: "https://shop.example/hook", successUrl: "https://shop.example/ok" },
  ...{ cancelUrl: "https://shop.example/no", reference: "order-1", metadata: { tea: "green" }, expiresInMinutes: 60 },
};
const recurring = { ...session, frequency: month, trialPeriod: { value: 7, unit: "days" }, minPeriods: 3 };
const signed = { "x-webhook-signature-256": "sha256=00", "x-webhook-timestamp": "1768471501" };
const usage = {
  eventId: "e1",
  subscriptionUUID: "u1",
  units: 2.5,
  occurredAt: "2026-01-15T10:00:00Z",
  metadata: { a: "b" },
};

const line = (operation: string, method: string, ...given: readonly unknown[]): SdkCall => ({
  operation,
  method,
  given,
});

function ofSubscriptions(service: string): SdkCall[] {
  return [
    line("getSubscription", `${service}.get`, "u1"),
    line("listSubscriptions", `${service}.list`, page),
    line("getSubscriptionHistory", `${service}.getPaymentHistory`, "u1"),
    line("forceCancelSubscription", `${service}.forceCancel`, "u1"),
    line("executeBilling", `${service}.executeTestBilling`, "u1"),
    line("getPortalLink", `${service}.getPortalLink`, "u1"),
    line("revokePortalLinks", `${service}.revokePortalLinks`, "u1"),
  ];
}

const ofSessions = ["oneTimePayments", "subscriptions", "payAsYouGo"].flatMap((service) => [
  line("getSession", `${service}.getSession`, "u1", { closeToExpireError: false }),
  line("expireSession", `${service}.expireSession`, "u1"),
]);

/** Every method that sends something, and the operation of the document that it asks for. */
export const calls: readonly SdkCall[] = [
  line("createSession", "oneTimePayments.createSession", session),
  line("createSession", "subscriptions.createSession", recurring),
  line("createSession", "payAsYouGo.createSession", { ...recurring, freeCredits: 99.5 }),
  ...ofSessions,
  line("getPayment", "oneTimePayments.get", "u1"),
  line("listPayments", "oneTimePayments.getAll", page),
  line("listPayments", "oneTimePayments.iterate", page),
  line("listCombinedPayments", "oneTimePayments.getAllCombined", page),
  line("getStatus", "transactionStatus.get", "u1", "executeSubscription"),
  ...ofSubscriptions("subscriptions"),
  ...ofSubscriptions("payAsYouGo"),
  line("increaseUnits", "payAsYouGo.increaseUnitsCurrentPeriod", "u1", 2.5),
  line("recordUsageEvents", "payAsYouGo.recordUsage", [usage]),
  line("createProduct", "products.create", product),
  line("listProducts", "products.getAll"),
  line("getProduct", "products.get", 7),
  line("getProductByReference", "products.getByReference", "tea"),
  line("updateProduct", "products.update", 7, product),
  line("deleteProduct", "products.delete", 7),
  line("createCustomer", "customers.create", contact),
  line("listCustomers", "customers.getAll", page),
  line("listCustomers", "customers.iterate", page),
  line("getCustomer", "customers.get", "c1"),
  line("getCustomerByEmail", "customers.getByEmail", "ada@example.org"),
  line("getCustomerByReference", "customers.getByReference", "c-1"),
  line("updateCustomer", "customers.update", "c1", contact),
  line("deleteCustomer", "customers.delete", "c1"),
  line("createUser", "users.create", { ...person, password: "a long password", role: "user", organizationFeeBps: 100 }),
  line("getOwnUser", "users.me"),
  line("listUsers", "users.getAll"),
  line("getUser", "users.get", 3),
  line("updateUser", "users.update", 3, { ...person, password: "a long password", organizationFeeBps: 100 }),
  line("deleteUser", "users.delete", 3),
  line("createApiKey", "apiKeys.create", { name: "ci", userId: 3, expiresAt: "2027-01-01T00:00:00Z", test: true }),
  line("listApiKeys", "apiKeys.getAll"),
  line("listApiKeysOfUser", "apiKeys.getByUser", 3),
  line("deleteApiKey", "apiKeys.delete", 9),
  line("verifyWebhook", "webhooks.verifyRemote", '{"uuid":"u1"}', signed),
  line("listWebhookDeliveries", "webhooks.deliveries", "u1"),
  line("replayWebhookDelivery", "webhooks.replay", "d1"),
  line("listEvents", "events.list", { ...page, type: "payment.late", uuid: "u1" }),
  line("listEvents", "events.iterate", { ...page, type: "payment.late", uuid: "u1" }),
  line("getClock", "clock.get"),
  { ...line("advanceClock", "clock.advance", month), followedBy: ["getClock"] },
];

/** Methods that send nothing, or that look at statuses by way of `get` and a WebSocket, which has tests of its own. */
export const besides = [
  "webhooks.verify",
  "webhooks.sign",
  "webhooks.deliveryOf",
  "transactionStatus.watch",
  "transactionStatus.waitFor",
];

/** Operations without a method of their own. */
export const withoutMethod: Readonly<Record<string, string>> = {
  createStatusTicket: "transactionStatus.watch asks for tickets",
  openWebhookListener:
    "`qbitflow listen` asks for it, on the machine of a developer; a server has an address for webhooks",
  nextWebhooks: "the same",
  closeWebhookListener: "the same",
  updateCustomerByBody: "clients of 1.x name the customer in the body; customers.update names it in the path",
  forceCancelSubscriptionByGet: "clients of 1.x send a GET; forceCancel sends the POST",
  executeBillingByGet: "clients of 1.x send a GET; executeTestBilling sends the POST",
};
