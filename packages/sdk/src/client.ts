import { optionsFromEnv, type QBitFlowOptions, resolveConfig } from "./config.ts";
import { ApiKeys } from "./services/api-keys.ts";
import { TestClock } from "./services/clock.ts";
import { Customers } from "./services/customers.ts";
import { Events } from "./services/events.ts";
import { OneTimePayments } from "./services/one-time-payments.ts";
import { PayAsYouGo } from "./services/pay-as-you-go.ts";
import { Products } from "./services/products.ts";
import { Subscriptions } from "./services/subscriptions.ts";
import { TransactionStatuses } from "./services/transaction-status.ts";
import { Users } from "./services/users.ts";
import { Webhooks } from "./services/webhooks.ts";
import { Transport } from "./transport.ts";

/** A client of one QBitFlow server with one API key. Make one and keep it; it holds no connection. */
export class QBitFlow {
  readonly oneTimePayments: OneTimePayments;
  readonly subscriptions: Subscriptions;
  readonly payAsYouGo: PayAsYouGo;
  readonly customers: Customers;
  readonly products: Products;
  readonly users: Users;
  readonly apiKeys: ApiKeys;
  readonly transactionStatus: TransactionStatuses;
  readonly webhooks: Webhooks;
  readonly events: Events;
  /** Of a local server. */
  readonly clock: TestClock;
  readonly #shown: string;

  /** `new QBitFlow({ apiKey, baseUrl })`, or `new QBitFlow(apiKey, { baseUrl })`. Throws ValidationError for a bad option. */
  constructor(options: QBitFlowOptions);
  constructor(apiKey: string, options: Omit<QBitFlowOptions, "apiKey">);
  constructor(first: QBitFlowOptions | string, second?: Omit<QBitFlowOptions, "apiKey">) {
    const config = resolveConfig(typeof first === "string" ? { ...second, apiKey: first } : first);
    const transport = new Transport(config);
    this.oneTimePayments = new OneTimePayments(transport);
    this.subscriptions = new Subscriptions(transport);
    this.payAsYouGo = new PayAsYouGo(transport);
    this.customers = new Customers(transport);
    this.products = new Products(transport);
    this.users = new Users(transport);
    this.apiKeys = new ApiKeys(transport);
    this.transactionStatus = new TransactionStatuses(transport);
    this.webhooks = new Webhooks(transport, config.webhookSecrets);
    this.events = new Events(transport);
    this.clock = new TestClock(transport);
    this.#shown = `QBitFlow { baseUrl: "${config.baseUrl}", mode: ${modeOf(config.apiKey)} }`;
  }

  /** From QBITFLOW_API_KEY, QBITFLOW_BASE_URL and QBITFLOW_WEBHOOK_SECRET; what is passed wins over the environment. */
  static fromEnv(overrides: Partial<QBitFlowOptions> = {}): QBitFlow {
    return new QBitFlow(optionsFromEnv(overrides));
  }

  /** What logs show: no key, no secret. */
  toString(): string {
    return this.#shown;
  }

  toJSON(): string {
    return this.#shown;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.#shown;
  }
}

function modeOf(apiKey: string): string {
  return /^sk_[^_]+_(test|live)_/.exec(apiKey)?.[1] ?? "unknown";
}
