/**
 * The public routes behind the checkout page: `/v1/checkout/:uuid/…`. No API key; the session's uuid is the address,
 * and an HttpOnly cookie (`qbf_<uuid>`) marks the browser that owns typed customer data and may cancel.
 *
 * | route | body | answer |
 * |---|---|---|
 * | GET  /v1/checkout/:uuid             | –                        | CheckoutState |
 * | GET  /v1/checkout/:uuid/customer    | – (cookie)               | CheckoutCustomer |
 * | PUT  /v1/checkout/:uuid/customer    | CheckoutCustomer         | CheckoutState; sets the cookie |
 * | POST /v1/checkout/:uuid/quote       | CheckoutQuoteRequest     | CheckoutQuote |
 * | POST /v1/checkout/:uuid/transaction | CheckoutTransactionHint  | CheckoutState |
 * | POST /v1/checkout/:uuid/relay       | CheckoutRelayRequest     | CheckoutState, its status pending |
 * | POST /v1/checkout/:uuid/cancel      | – (cookie)               | CheckoutState |
 * | WebSocket /v1/checkout/:uuid/ws     | –                        | frames CheckoutProgress: the present one at once, then each change |
 * | POST /v1/checkout/:uuid/mandate           | MandateRequest   | MandateOffer (subscriptions) |
 * | POST /v1/checkout/:uuid/mandate/signature | MandateSignature | CheckoutState |
 * | POST /v1/checkout/:uuid/authorise-later   | –                | CheckoutState (a trial without a signature) |
 *
 * Errors are the API's (`error`, `code`, `status`, `requestId`, `errors[]`).
 */
import Type, { type Static } from "typebox";
import { Currency } from "./currency.ts";
import { CheckoutGasless } from "./gasless.ts";
import { CheckoutSubscription } from "./mandate.ts";
import { TransactionStatus } from "./transaction-status.ts";

/** What a person types who is no customer yet. Same limits as `POST /customer/`. */
export const CheckoutCustomer = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    lastName: Type.String({ minLength: 1, maxLength: 100 }),
    email: Type.String({ minLength: 3, maxLength: 254 }),
    phoneNumber: Type.Optional(Type.String({ maxLength: 40 })),
    address: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
);
export type CheckoutCustomer = Static<typeof CheckoutCustomer>;

export const CheckoutNetwork = Type.Object({
  slug: Type.String(),
  name: Type.String(),
  chainId: Type.Integer(),
  test: Type.Boolean(),
  local: Type.Boolean({
    description: "The chain this machine runs for itself: the built-in test wallet works here, and only here.",
  }),
  confirmations: Type.Integer({ minimum: 1 }),
  blockTimeMs: Type.Integer(),
  explorerUrl: Type.Optional(Type.String()),
  nativeSymbol: Type.String(),
  rpcUrl: Type.Optional(
    Type.String({ description: "A public RPC URL a wallet may be given when it does not know the network." }),
  ),
});
export type CheckoutNetwork = Static<typeof CheckoutNetwork>;

export const CheckoutCurrency = Type.Object({
  currency: Currency,
  network: CheckoutNetwork,
  stablecoin: Type.Boolean(),
  available: Type.Boolean(),
  unavailableReason: Type.Optional(
    Type.String({ description: "A sentence for the customer: no price, network not reachable." }),
  ),
});
export type CheckoutCurrency = Static<typeof CheckoutCurrency>;

/** The contract's struct of the same name; amounts are decimal strings of base units. */
export const PaymentTerms = Type.Object({
  uuid: Type.String({ description: "The session's uuid; on chain its 16 bytes." }),
  merchant: Type.String(),
  token: Type.String({ description: "Zero address for the native coin." }),
  amount: Type.String({ pattern: "^[0-9]+$" }),
  feeRecipient: Type.String(),
  feeBps: Type.Integer(),
  organization: Type.String(),
  organizationFeeBps: Type.Integer(),
  deadline: Type.Integer({ description: "Unix seconds; the contract refuses the payment after it." }),
});
export type PaymentTerms = Static<typeof PaymentTerms>;

export const CheckoutQuote = Type.Object({
  currencyId: Type.Integer(),
  symbol: Type.String(),
  decimals: Type.Integer(),
  amount: Type.String({ description: "What the customer pays, in the currency, exact decimal text: `25.01`." }),
  amountUsd: Type.Number(),
  rate: Type.String({ description: "USD for one unit of the currency, decimal text." }),
  rateSources: Type.Array(Type.String(), { description: "Names of the sources; `fixed` on the local default." }),
  expiresAt: Type.Integer({ description: "Unix seconds; afterwards ask for a new quote." }),
  serverTime: Type.Integer({
    description: "Unix seconds by the server, so that a countdown does not trust the browser's clock.",
  }),
  network: Type.String({ description: "The network's slug." }),
  chainId: Type.Integer(),
  contract: Type.String({ description: "The checkout contract to call, and the spender to approve." }),
  terms: PaymentTerms,
  permit: Type.Object({
    kind: Type.Union([Type.Literal("none"), Type.Literal("eip2612"), Type.Literal("dai")]),
    name: Type.Optional(Type.String({ description: "Name in the token's EIP-712 domain." })),
    version: Type.Optional(Type.String()),
  }),
  gasless: Type.Optional(CheckoutGasless),
});
export type CheckoutQuote = Static<typeof CheckoutQuote>;

export const CheckoutQuoteRequest = Type.Object({ currencyId: Type.Integer() }, { additionalProperties: false });
export type CheckoutQuoteRequest = Static<typeof CheckoutQuoteRequest>;

/** The browser says what its wallet sent. It only shortens waiting; the chain decides. */
export const CheckoutTransactionHint = Type.Object(
  { currencyId: Type.Integer(), transactionHash: Type.String({ pattern: "^0x[0-9a-fA-F]{64}$" }) },
  { additionalProperties: false },
);
export type CheckoutTransactionHint = Static<typeof CheckoutTransactionHint>;

/** A payment that reached the session, right or not, as the customer may see it. */
export const CheckoutPayment = Type.Object({
  transactionHash: Type.String(),
  network: Type.String(),
  symbol: Type.String(),
  amount: Type.String(),
  amountUsd: Type.Optional(Type.Number()),
  relayFee: Type.Optional(
    Type.String({
      description: "What the payer added for sending it, in the currency; it left the wallet on top of `amount`.",
    }),
  ),
  from: Type.String(),
  to: Type.String(),
  at: Type.String({ format: "date-time" }),
  confirmations: Type.Integer(),
  confirmationsNeeded: Type.Integer(),
  match: Type.Enum(["exact", "under", "over", "wrong_token", "wrong_terms", "duplicate", "late"], {
    description:
      "How it compares with the quote. Only `exact` (and a `late` that pays the session's own terms) pays the session.",
  }),
  explorerUrl: Type.Optional(Type.String()),
});
export type CheckoutPayment = Static<typeof CheckoutPayment>;

export const CheckoutProgress = Type.Object({
  status: TransactionStatus,
  payments: Type.Array(CheckoutPayment),
});
export type CheckoutProgress = Static<typeof CheckoutProgress>;

export const CheckoutState = Type.Object({
  uuid: Type.String(),
  mode: Type.Union([Type.Literal("test"), Type.Literal("live")]),
  productName: Type.String(),
  description: Type.String(),
  price: Type.Number(),
  organizationName: Type.String(),
  supportEmail: Type.Optional(Type.String({ description: "Whom to ask: shown on an expired or failed session." })),
  createdAt: Type.String({ format: "date-time" }),
  expiresAt: Type.Integer({ description: "Unix seconds." }),
  serverTime: Type.Integer(),
  status: TransactionStatus,
  needsCustomer: Type.Boolean({ description: "The customer's data must be typed before paying." }),
  isOwner: Type.Boolean({
    description: "This browser typed the data: it may change it and cancel. Also true while nobody has.",
  }),
  currencies: Type.Array(CheckoutCurrency),
  quote: Type.Optional(CheckoutQuote),
  subscription: Type.Optional(CheckoutSubscription),
  payments: Type.Array(CheckoutPayment),
  hasSuccessUrl: Type.Boolean(),
  hasCancelUrl: Type.Boolean(),
  successUrl: Type.Optional(Type.String({ description: "With placeholders replaced; only once completed." })),
  cancelUrl: Type.Optional(
    Type.String({ description: "With placeholders replaced; only for the owner or once cancelled." }),
  ),
  fixedPrices: Type.Boolean({ description: "Prices are made up for testing; the page says so." }),
  walletConnectProjectId: Type.Optional(Type.String()),
});
export type CheckoutState = Static<typeof CheckoutState>;
