// How 1.x clients hand a delivered webhook to POST /webhooks/verify. Each decodes and writes it its own way.

type Json = Record<string, unknown>;

const statusFields = ["type", "status", "txHash", "message"];
const sessionFields = [
  "uuid",
  "productId",
  "productName",
  "description",
  "price",
  "organizationName",
  "successUrl",
  "cancelUrl",
  "customerUUID",
  "options",
  "availableCurrencies",
];
const optionFields = ["subscriptionType", "frequency", "trialPeriod", "freeCredits", "minPeriods"];
const subscriptionFields = [
  "subscriptionUUID",
  "subscriptionReference",
  "previousStatus",
  "currentStatus",
  "updatedAt",
];
const currencyFields = ["id", "name", "symbol", "decimals", "address", "mainCurrencyId", "mainCurrency", "test"];

/** Keeps what a typed model knows, in its order; what is absent becomes null where `absent` is null. */
function typed(value: Json, known: readonly string[], absent: undefined | null): Json {
  return Object.fromEntries(known.map((name) => [name, value[name] ?? absent]));
}

function typedCurrency(value: Json, absent: undefined | null): Json {
  const main = value.mainCurrency as Json | undefined;
  return {
    ...typed(value, currencyFields, absent),
    mainCurrency: main === undefined ? absent : typedCurrency(main, absent),
  };
}

function typedWebhook(raw: string, absent: undefined | null): Json {
  const body = JSON.parse(raw) as { uuid: string; status: Json; session: Json | undefined };
  const { uuid, status, session } = body;
  if (session === undefined) return typed(body, subscriptionFields, absent);
  const options = session.options as Json | undefined;
  const currencies = session.availableCurrencies as Json[];
  return {
    uuid,
    status: typed(status, statusFields, absent),
    session: {
      ...typed(session, sessionFields, absent),
      options: options === undefined ? absent : typed(options, optionFields, absent),
      availableCurrencies: currencies.map((currency) => typedCurrency(currency, absent)),
    },
  };
}

const escaped = (json: string, pattern: RegExp): string =>
  json.replace(pattern, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);

export interface Proof {
  readonly receivedSignature: string;
  readonly receivedTimestamp: string;
}

/** The request body a client makes of a delivery's raw body and its two headers. */
export const verifyBodies: Readonly<Record<string, (raw: string, proof: Proof) => string>> = {
  "JavaScript, which parsed it": (raw, proof) => JSON.stringify({ payload: JSON.parse(raw), ...proof }),
  "Python, which parsed it": (raw, proof) =>
    escaped(JSON.stringify({ payload: JSON.parse(raw), ...proof }), /[\u0080-\uffff]/g),
  "Python's typed model, unset fields null": (raw, proof) =>
    JSON.stringify({ payload: typedWebhook(raw, null), ...proof }),
  "Go's typed model, unset fields left out": (raw, proof) =>
    escaped(JSON.stringify({ payload: typedWebhook(raw, undefined), ...proof }), /[<>&\u2028\u2029]/g),
  "WooCommerce, as raw text with slashes and letters escaped": (raw, proof) =>
    escaped(JSON.stringify({ payload: raw, ...proof }), /[\u0080-\uffff]/g).replaceAll("/", "\\/"),
};
