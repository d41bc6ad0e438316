/** A USD amount as a number, exact to 6 decimals. Write it as you would show it: 24.99. */
export type Usd = number;
/** RFC 3339 in UTC, whole seconds: `2026-01-31T12:00:00Z`. */
export type Timestamp = string;

export type TransactionType =
  | "payment"
  | "createSubscription"
  | "cancelSubscription"
  | "executeSubscription"
  | "createPAYGSubscription"
  | "cancelPAYGSubscription"
  | "increaseAllowance"
  | "updateMaxAmount";

/** `subscription` and `payAsYouGo` stand for the two create types. */
export type TransactionTypeQuery = TransactionType | "subscription" | "payAsYouGo";

export type TransactionStatusName =
  | "created"
  | "pending"
  | "waitingConfirmation"
  | "completed"
  | "failed"
  | "cancelled"
  | "expired";

export interface TransactionStatus {
  type: TransactionType;
  /** created → pending (sent, in no block) → waitingConfirmation (in a block) → completed; or failed, cancelled, expired. */
  status: TransactionStatusName;
  txHash?: string;
  /** `2 of 12 confirmations`, or why it failed, in words. */
  message?: string;
}

export interface NativeCurrency {
  /** Stable over installations and releases. */
  id: number;
  symbol: string;
  name: string;
  decimals: number;
  /** Token contract; the zero address for a chain's native coin. */
  address: string;
  test: boolean;
}

/** A coin or token on one chain. */
export interface Currency extends NativeCurrency {
  mainCurrencyId?: number;
  /** The chain's native coin, for a token. */
  mainCurrency?: NativeCurrency;
}

export interface Product {
  id: number;
  name: string;
  description: string;
  price: Usd;
  reference?: string;
  createdAt: Timestamp;
  isActive: boolean;
}

export interface ProductInput {
  name: string;
  description: string;
  /** 0.000001 to 1 000 000; a one-time session needs 0.01 or more. */
  price: Usd;
  /** Your own id for it, unique, for `getByReference`. */
  reference?: string | undefined;
}

/** What is left out stays as it is. */
export type ProductUpdate = { [Field in keyof ProductInput]?: ProductInput[Field] | undefined };

export interface Customer {
  uuid: string;
  name: string;
  lastName: string;
  email: string;
  phoneNumber?: string;
  address?: string;
  reference?: string;
  createdAt: Timestamp;
}

export interface CustomerInput {
  name: string;
  lastName: string;
  email: string;
  phoneNumber?: string | undefined;
  address?: string | undefined;
  /** Your own id for the customer, unique, for `getByReference`. */
  reference?: string | undefined;
}

/** What is left out stays as it is. */
export type CustomerUpdate = { [Field in keyof CustomerInput]?: CustomerInput[Field] | undefined };

/** An owner reads `admin`; `isOwner` of the user tells them apart. */
export type UserRole = "admin" | "user";

export interface User {
  id: number;
  name: string;
  lastName: string;
  email: string;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  organizationId: number;
  role: UserRole;
  isOwner: boolean;
  /** The organization's share of this user's payments, in hundredths of a percent: 0 to 1000. */
  organizationFeeBps: number;
}

export interface UserInput {
  name: string;
  lastName: string;
  email: string;
  /** 8 characters or more. */
  password: string;
  role: UserRole;
  /** Hundredths of a percent, 0 to 1000; 0 unless set. */
  organizationFeeBps?: number | undefined;
}

/** What is left out stays as it is. A role cannot be changed. */
export interface UserUpdate {
  name?: string | undefined;
  lastName?: string | undefined;
  email?: string | undefined;
  password?: string | undefined;
  /** Hundredths of a percent; ignored unless the key is an admin's or owner's. */
  organizationFeeBps?: number | undefined;
}

export interface ApiKey {
  id: number;
  name: string;
  organizationId: number;
  userId: number;
  createdAt: Timestamp;
  expiresAt?: Timestamp;
  role: UserRole;
  test: boolean;
}

export interface ApiKeyInput {
  name: string;
  userId: number;
  /** In the future. Never, unless set. */
  expiresAt?: Date | Timestamp | undefined;
  /** A test key reaches test chains only. */
  test: boolean;
}

export interface CreatedApiKey {
  data: ApiKey;
  /** Shown this once; store it now. */
  key: string;
}

/** `payAsYouGo` is billed by usage, at the end of each period. */
export type SubscriptionType = "subscription" | "payAsYouGo";

/** What is sold: a product of yours, or a name, description and price made up for this session. */
export type SessionItem =
  | { productId: number; productName?: never; description?: never; price?: never }
  | {
      productId?: never;
      productName: string;
      description: string;
      /** 0.01 to 1 000 000. */
      price: Usd;
    };

export interface SessionSettings {
  /** An existing customer; without it the customer types name and e-mail on the page. */
  customerUUID?: string | undefined;
  /** The same as `customerUUID`. */
  customerUuid?: string | undefined;
  /** Where the server posts every change of status. http or https, absolute. */
  webhookUrl?: string | undefined;
  /** Where the customer goes after paying. `{{UUID}}` and `{{TRANSACTION_TYPE}}` in it are replaced. */
  successUrl?: string | undefined;
  /** Where the customer goes after cancelling. The same placeholders. */
  cancelUrl?: string | undefined;
  /** Your own id for the sale, such as an order's; comes back in answers and webhooks. */
  reference?: string | undefined;
  /** Up to 50 pairs of texts, keys up to 40 and values up to 500 characters; come back in answers and webhooks. */
  metadata?: Record<string, string> | undefined;
  /** Minutes until the link ends: 10 to 1440. 1440 unless set. */
  expiresInMinutes?: number | undefined;
}

export type SessionInput = SessionItem & SessionSettings;

export interface CreatedSession {
  uuid: string;
  /** Send the customer here. */
  link: string;
  /** Unix seconds. */
  expiresAt: number;
}

export interface Session {
  uuid: string;
  productId?: number;
  productName: string;
  description: string;
  price: Usd;
  organizationName: string;
  successUrl?: string;
  cancelUrl?: string;
  /** Empty when there is none. */
  customerUUID: string;
  availableCurrencies: Currency[];
  reference?: string;
  metadata?: Record<string, string>;
  /** Of a subscription's session; a one-time payment's has none. */
  options?: SubscriptionOptions;
}

/** What makes a session a subscription, as it is read back. */
export interface SubscriptionOptions {
  subscriptionType: SubscriptionType;
  /** Seconds between bills; a month reads 2 592 000 and is a calendar month all the same. */
  frequency: number;
  /** Seconds. */
  trialPeriod?: number;
  freeCredits?: Usd;
  minPeriods?: number;
}

/** A session as `getSession` reads it; a webhook carries the Session alone. */
export interface SessionDetails extends Session {
  /** Unix seconds. */
  expiresAt: number;
  status: TransactionStatus;
}

export interface Payment {
  /** The session's uuid. */
  uuid: string;
  createdAt: Timestamp;
  /** The payer's address. */
  from: string;
  /** The address that was paid. */
  to: string;
  name: string;
  description: string;
  amount: Usd;
  currencyId: number;
  currency: Currency;
  test: boolean;
  productId?: number;
  transactionHash: string;
  customerUUID: string;
  reference?: string;
  metadata?: Record<string, string>;
}

/** A payment of any kind: one-time, or one of a subscription's. */
export interface CombinedPayment extends Payment {
  source: "payment" | "subscription_history";
  subscriptionUUID?: string;
}

/**
 * A checkout session's status has changed; or, where `status.type` is `executeSubscription`, a bill of the subscription that
 * came from it was paid or failed.
 */
export interface SessionEvent {
  /** The session's uuid, and the subscription's. */
  uuid: string;
  status: TransactionStatus;
  session: Session;
}

/** A subscription's status has changed. */
export interface SubscriptionEvent {
  subscriptionUUID: string;
  /** `reference` of its session. */
  subscriptionReference?: string;
  previousStatus: SubscriptionStatusName;
  currentStatus: SubscriptionStatusName;
  updatedAt: Timestamp;
  /** The customer's page, where the organization switched it on. */
  portalUrl?: string;
}

/** Usage of the running period came to 80 % or 100 % of the most that the customer allows. Once each per period. */
export interface UsageThresholdEvent {
  subscriptionUUID: string;
  /** `reference` of its session. */
  subscriptionReference?: string;
  usagePercent: 80 | 100;
  unitsCurrentPeriod: number;
  maxSpendingPerPeriod: Usd;
  updatedAt: Timestamp;
}

/** What a webhook carries. `isSessionEvent`, `isSubscriptionEvent` and `isUsageThresholdEvent` tell which it is. */
export type WebhookEvent = SessionEvent | SubscriptionEvent | UsageThresholdEvent;

/** A webhook that was sent, or will be, with every attempt so far. */
export interface WebhookDelivery {
  /** `X-Webhook-ID`. */
  id: string;
  /** The session's uuid, and the subscription's. */
  uuid: string;
  /** What `sequence` counts: the session's statuses, the subscription's, or its bills and usage. */
  stream: "session" | "subscription" | "billing";
  sequence: number;
  /** Left out where it had none. */
  url?: string;
  /** Waits for its next attempt, was answered 2xx, is not tried any more, or went only to who listened. */
  state: "due" | "delivered" | "given_up" | "no_url";
  createdAt: Timestamp;
  deliveredAt?: Timestamp;
  nextAttemptAt?: Timestamp;
  attempts: WebhookAttempt[];
}

export interface WebhookAttempt {
  number: number;
  startedAt: Timestamp;
  httpStatus?: number;
  /** Why there was no answer, in words. */
  error?: string;
  latencyMs?: number;
  /** The first 2 kB. */
  answer?: string;
}

/** A line of the event log: what happened, in order, never changed. */
export interface LoggedEvent {
  id: number;
  /** `checkout_session.completed`, `bill.paid` and so on. */
  type: string;
  /** The session's, and the subscription's, that it happened to. */
  uuid?: string;
  /** Fields by type: docs/events.md. */
  data: Record<string, unknown>;
  createdAt: Timestamp;
}

/** The answer of requests that have nothing else to say. */
export interface Message {
  message: string;
}

export type DurationUnit = "seconds" | "minutes" | "hours" | "days" | "weeks" | "months" | "years";

/** `{ value: 1, unit: "months" }`. Months and years are calendar ones. */
export interface Duration {
  /** A whole number, 1 or more. */
  value: number;
  unit: DurationUnit;
}

export type SubscriptionInput = SessionInput & {
  /** Time between bills. */
  frequency: Duration;
  trialPeriod?: Duration | undefined;
  /** Periods before the customer may cancel. */
  minPeriods?: number | undefined;
};

/** The price is per unit. */
export type PayAsYouGoInput = SessionInput & {
  /** Time between bills. */
  frequency: Duration;
  trialPeriod?: Duration | undefined;
  /** Used up before units cost something. */
  freeCredits?: Usd | undefined;
  minPeriods?: number | undefined;
};

export type SubscriptionStatusName =
  | "active"
  | "past_due"
  | "low_on_funds"
  | "pending"
  | "trial"
  | "trial_expired"
  | "cancelled";

export interface Subscription {
  /** The session's uuid. */
  uuid: string;
  /** The customer's address; empty while nothing is authorised. */
  from: string;
  to: string;
  productId: number;
  /** The mandate's hash; empty while nothing is authorised. */
  subscriptionHash: string;
  currencyId: number;
  currency: Currency;
  test: boolean;
  customerUUID: string;
  /** Seconds; a month reads 2 592 000 and is a calendar month all the same. */
  frequency: number;
  /** What the customer's token contract still lets be taken. */
  allowance: Usd;
  status: SubscriptionStatusName;
  /** Ends with the period that runs. */
  stopped: boolean;
  lastBillingDate?: Timestamp;
  nextBillingDate: Timestamp;
  /** The customer may cancel from then on. */
  minimumCancellationDate?: Timestamp;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  reference?: string;
  metadata?: Record<string, string>;
  /** The customer's page, where the organization switched it on. */
  portalUrl?: string;
}

export interface PayAsYouGoSubscription extends Subscription {
  unitsCurrentPeriod: number;
  maxSpendingPerPeriod: Usd;
  /** What is left. */
  freeCredits: Usd;
}

/** One paid bill. */
export interface SubscriptionPayment extends Payment {
  subscriptionUUID: string;
}

export interface BillingStarted {
  message: string;
  statusLink: string;
}

export interface PortalLink {
  /** The customer's page. */
  portalUrl: string;
}

export interface UnitsIncreased extends PayAsYouGoSubscription {
  message: string;
  /** Of the running period, these included. */
  currentUnits: number;
  /** What is over the customer's limit is carried to the next bill. */
  capReached: boolean;
}

export interface UsageEvent {
  /** Yours: an event sent again with the same id is counted once. */
  eventId: string;
  subscriptionUUID: string;
  /** More than 0, at most 6 decimals. */
  units: number;
  occurredAt: Date | Timestamp;
  metadata?: Record<string, string> | undefined;
}

export interface UsageRecorded {
  recorded: number;
  repeated: number;
  subscriptions: { subscriptionUUID: string; currentUnits: number; capReached: boolean }[];
}

/** What time it is for the server. */
export interface Clock {
  now: Timestamp;
  /** How far it is ahead of the machine's time. */
  offsetSeconds: number;
  /** On a local server. */
  canMove: boolean;
  /** An advance is under way, from where and to where. */
  moving: boolean;
  from?: Timestamp;
  target?: Timestamp;
  /** What the advance has been waiting for, where it stands. */
  waitingFor?: string;
  /** Why the last advance ended before it was there. */
  stoppedBecause?: string;
}
