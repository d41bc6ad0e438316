// What the decoders of the 1.x clients insist on, all of them together: Go fails on any other JSON type, Python on
// anything missing and on values outside its enums. Fields they do not know are passed over by all.

/** What a client would stumble over, one line each; none when it can read the value. */
export type Decoder = (value: unknown, at?: string) => string[];

const rule =
  (expected: string, fits: (value: unknown) => boolean): Decoder =>
  (value, at = "answer") =>
    fits(value) ? [] : [`${at} must be ${expected}, is ${JSON.stringify(value)?.slice(0, 80) ?? "missing"}`];

const text = rule("a text", (value) => typeof value === "string");
const filled = rule("a text that is not empty", (value) => typeof value === "string" && value !== "");
const integer = rule("an integer", (value) => Number.isSafeInteger(value));
const usd = rule("a number from 0", (value) => typeof value === "number" && value >= 0);
const flag = rule("true or false", (value) => typeof value === "boolean");
const address = rule("an absolute URL", (value) => typeof value === "string" && /^https?:\/\/\S+$/.test(value));
const time = rule(
  "an RFC 3339 time in UTC",
  (value) => typeof value === "string" && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(value),
);
const oneOf = (...values: string[]) => rule(`one of ${values.join(", ")}`, (value) => values.includes(value as string));

function object(fields: Readonly<Record<string, Decoder>>): Decoder {
  return (value, at = "answer") => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${at} must be an object`];
    const given = value as Record<string, unknown>;
    return Object.entries(fields).flatMap(([name, decode]) => decode(given[name], `${at}.${name}`));
  };
}

/** Left out when it has no value: null would come back from a typed client as another body than was signed. */
const optional =
  (decode: Decoder): Decoder =>
  (value, at) =>
    value === undefined ? [] : decode(value, at);

const listOf =
  (decode: Decoder): Decoder =>
  (value, at = "answer") =>
    Array.isArray(value) ? value.flatMap((item, index) => decode(item, `${at}[${index}]`)) : [`${at} must be a list`];

const both =
  (...decoders: readonly Decoder[]): Decoder =>
  (value, at) =>
    decoders.flatMap((decode) => decode(value, at));

const notEmpty = rule("a list with something in it", (value) => Array.isArray(value) && value.length > 0);
// Go 1.0 writes the cursor into the URL as it is.
const cursor = rule("null or text that needs no encoding", (value) => value === null || /^[\w-]+$/.test(String(value)));
const pageOf = (item: Decoder) => object({ items: listOf(item), nextCursor: cursor });

const currencyFields = { id: integer, name: text, symbol: text, decimals: integer, address: filled, test: flag };
const currency = object({
  ...currencyFields,
  mainCurrencyId: optional(integer),
  mainCurrency: optional(object(currencyFields)),
});
const product = object({
  id: integer,
  name: text,
  description: text,
  price: usd,
  reference: optional(text),
  createdAt: time,
  isActive: flag,
});
const customer = object({
  uuid: filled,
  name: text,
  lastName: text,
  email: filled,
  phoneNumber: optional(text),
  address: optional(text),
  reference: optional(text),
  createdAt: time,
});
const sessionFields = {
  uuid: filled,
  productId: optional(integer),
  productName: text,
  description: text,
  price: usd,
  organizationName: text,
  successUrl: optional(text),
  cancelUrl: optional(text),
  customerUUID: text,
  availableCurrencies: both(notEmpty, listOf(currency)),
};
const session = object({
  ...sessionFields,
  options: rule("left out of a one-time session", (value) => value === undefined),
});
const above = rule("an integer above 0", (value) => Number.isSafeInteger(value) && Number(value) > 0);
const subscriptionSession = object({
  ...sessionFields,
  options: object({
    subscriptionType: oneOf("subscription", "payAsYouGo"),
    frequency: above,
    trialPeriod: optional(above),
    freeCredits: optional(usd),
    minPeriods: optional(above),
  }),
});
const status = object({
  type: oneOf(
    "payment",
    "createSubscription",
    "cancelSubscription",
    "executeSubscription",
    "createPAYGSubscription",
    "cancelPAYGSubscription",
    "increaseAllowance",
    "updateMaxAmount",
  ),
  status: oneOf("created", "pending", "waitingConfirmation", "completed", "failed", "cancelled", "expired"),
  txHash: optional(filled),
  message: optional(text),
});
const payment = object({
  uuid: filled,
  createdAt: time,
  from: filled,
  to: filled,
  name: text,
  description: text,
  amount: usd,
  currencyId: integer,
  currency,
  test: flag,
  productId: optional(integer),
  transactionHash: filled,
  customerUUID: text,
});
// Python's enum has these two alone.
const role = oneOf("admin", "user");
const user = object({
  id: integer,
  name: text,
  lastName: text,
  email: filled,
  createdAt: time,
  updatedAt: time,
  // JavaScript's name for it.
  updateAt: time,
  organizationId: integer,
  role,
  organizationFeeBps: rule(
    "0 to 65535",
    (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 65536,
  ),
});
const apiKey = object({
  id: integer,
  name: text,
  organizationId: integer,
  userId: integer,
  createdAt: time,
  expiresAt: optional(time),
  role,
  test: flag,
});
/** JavaScript and Go read `data` and `key`; Python the key's id and prefix beside them. */
const createdKey = object({ data: apiKey, key: filled, id: integer, prefix: filled });
const combined = both(
  payment,
  object({ source: oneOf("payment", "subscription_history"), subscriptionUUID: optional(filled) }),
);

const subscriptionStatus = oneOf(
  "active",
  "past_due",
  "low_on_funds",
  "pending",
  "trial",
  "trial_expired",
  "cancelled",
);
const subscriptionFields = {
  uuid: filled,
  // Empty while nothing is authorised.
  from: text,
  to: text,
  productId: integer,
  subscriptionHash: text,
  currencyId: integer,
  currency,
  test: flag,
  customerUUID: text,
  // Go reads 32 bits.
  frequency: rule("1 to 2^32 - 1", (value) => Number.isInteger(value) && Number(value) > 0 && Number(value) < 2 ** 32),
  allowance: usd,
  // JavaScript's name, and the others'.
  status: subscriptionStatus,
  subscriptionStatus,
  stopped: flag,
  lastBillingDate: optional(time),
  nextBillingDate: time,
  minimumCancellationDate: optional(time),
  createdAt: time,
  updatedAt: time,
};
const subscription = object(subscriptionFields);
const payAsYouGo = object({
  ...subscriptionFields,
  unitsCurrentPeriod: usd,
  maxSpendingPerPeriod: usd,
  freeCredits: usd,
});
/** Go reads productId as a number that is always there. */
const bill = both(payment, object({ subscriptionUUID: filled, productId: integer }));

/** JavaScript, Python and WooCommerce read `error`, Go reads `errors[].message` of a 400 and `error` of the rest. */
const failure: Decoder = (value, at) => {
  const always = object({ error: filled, status: integer })(value, at);
  const { status: code } = (value ?? {}) as { status?: unknown };
  if (code !== 400) return always;
  return [...always, ...object({ errors: both(notEmpty, listOf(object({ message: filled }))) })(value, at)];
};

export const decoders = {
  product,
  products: listOf(product),
  customer,
  customers: pageOf(customer),
  created: object({ uuid: filled, link: address, expiresAt: integer }),
  session,
  status,
  payment,
  payments: pageOf(payment),
  combinedPayments: pageOf(combined),
  user,
  users: both(notEmpty, listOf(user)),
  apiKeys: both(notEmpty, listOf(apiKey)),
  createdKey,
  message: object({ message: filled }),
  failure,
  subscriptionSession,
  subscription,
  payAsYouGo,
  history: both(notEmpty, listOf(bill)),
  noHistory: rule("an empty list", (value) => Array.isArray(value) && value.length === 0),
  billing: object({ message: filled, statusLink: address }),
  webhook: object({ uuid: filled, status, session }),
  subscriptionSessionWebhook: object({ uuid: filled, status, session: subscriptionSession }),
  subscriptionWebhook: object({
    subscriptionUUID: filled,
    subscriptionReference: optional(text),
    previousStatus: subscriptionStatus,
    currentStatus: subscriptionStatus,
    updatedAt: time,
  }),
  statusFrame: object({ transactionUUID: filled, status }),
  errorFrame: object({ error: filled, status: integer, message: filled }),
} satisfies Record<string, Decoder>;
