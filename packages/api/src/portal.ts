/**
 * The customer's portal: `/manage/<token>` and its public routes. The token in the link is all there is to hold; it is
 * signed by the server and can be revoked.
 *
 * | route | body | answer |
 * |---|---|---|
 * | GET  /v1/portal/:token                       | –                 | PortalState |
 * | POST /v1/portal/:token/mandate               | MandateRequest    | MandateOffer: authorise, or change wallet or currency |
 * | POST /v1/portal/:token/mandate/signature     | MandateSignature  | PortalState |
 * | POST /v1/portal/:token/maximum               | MaximumRequest    | MaximumOffer |
 * | POST /v1/portal/:token/maximum/signature     | MaximumSignature  | PortalState |
 * | POST /v1/portal/:token/allowance             | AllowanceRequest  | AllowanceOffer |
 * | POST /v1/portal/:token/allowance/signature   | AllowanceSignature| PortalState: a permit, relayed |
 * | POST /v1/portal/:token/allowance/check       | –                 | PortalState: looks at the chain now (after an approval) |
 * | POST /v1/portal/:token/stop                  | –                 | PortalState: payAsYouGo: one last bill, then it ends |
 * | POST /v1/portal/:token/cancel                | –                 | PortalState |
 * | WebSocket /v1/portal/:token/ws               | –                 | frames PortalState: the present one at once, then each change |
 *
 * Stopping and cancelling need no wallet: they only ever take less. Raising the cap or the allowance needs the customer's
 * signature. Revoking the allowance is an AllowanceRequest of 0 periods.
 */
import Type, { type Static } from "typebox";
import { CheckoutCurrency, CheckoutNetwork } from "./checkout.ts";
import { Currency } from "./currency.ts";
import { AllowanceStep, Duration, TypedData } from "./mandate.ts";
import { TransactionStatus } from "./transaction-status.ts";

const time = (description: string) => Type.String({ format: "date-time", description });

export const subscriptionStatuses = [
  "active",
  "past_due",
  "low_on_funds",
  "pending",
  "trial",
  "trial_expired",
  "cancelled",
] as const;
export type SubscriptionStatus = (typeof subscriptionStatuses)[number];

export const PortalBill = Type.Object({
  uuid: Type.String(),
  periodStartsAt: time("Begin of the billed period."),
  periodEndsAt: time("Its end."),
  status: Type.Enum(["open", "charging", "paid", "nothing_due", "forgiven", "void"]),
  amountUsd: Type.Number(),
  units: Type.Optional(Type.Number()),
  amount: Type.Optional(Type.String({ description: "Tokens taken, exact decimal text." })),
  executionFee: Type.Optional(Type.String()),
  symbol: Type.Optional(Type.String()),
  rate: Type.Optional(Type.String({ description: "USD for one unit of the currency." })),
  paidAt: Type.Optional(time("When the charge was confirmed.")),
  transactionHash: Type.Optional(Type.String()),
  explorerUrl: Type.Optional(Type.String()),
  failure: Type.Optional(
    Type.Object({
      code: Type.String(),
      message: Type.String(),
      nextAttemptAt: Type.Optional(time("Tried again then.")),
    }),
  ),
});
export type PortalBill = Static<typeof PortalBill>;

export const PortalMandate = Type.Object({
  mandateHash: Type.String(),
  status: Type.Enum(["signed", "active", "stopped", "cancelled"]),
  network: CheckoutNetwork,
  currency: Currency,
  contract: Type.String(),
  subscriber: Type.String(),
  merchant: Type.String(),
  cap: Type.String({ description: "Most per period, exact decimal text." }),
  capUsd: Type.Number(),
  allowance: Type.String(),
  allowanceUsd: Type.Number(),
  balance: Type.String(),
  coveredPeriods: Type.Union([Type.Integer(), Type.Null()], {
    description:
      "How many more bills maximum, allowance and balance cover at the present rate; null = no limit in sight.",
  }),
  /** The signed terms, for the exit page and for wallets: the contract's struct, integers as decimal texts. */
  terms: Type.Record(Type.String(), Type.Unknown()),
});
export type PortalMandate = Static<typeof PortalMandate>;

export const PortalState = Type.Object({
  uuid: Type.String(),
  mode: Type.Enum(["test", "live"]),
  organizationName: Type.String(),
  supportEmail: Type.Optional(Type.String()),
  productName: Type.String(),
  description: Type.String(),
  kind: Type.Enum(["subscription", "payAsYouGo"]),
  price: Type.Number({ description: "USD per period, or per unit." }),
  frequency: Duration,
  status: Type.Enum([...subscriptionStatuses]),
  reason: Type.Optional(Type.String({ description: "A stable code, where something is wrong." })),
  message: Type.Optional(Type.String({ description: "What is wrong and what to do, in words." })),
  stopped: Type.Boolean(),
  createdAt: time("When it began."),
  trialEndsAt: Type.Optional(time("End of the trial.")),
  statusEndsAt: Type.Optional(time("When the present status ends by itself: trial, grace, a stopped subscription.")),
  nextBillAt: Type.Optional(time("When the next bill is due.")),
  nextBill: Type.Optional(
    Type.Object({
      amountUsd: Type.Number({ description: "As far as it is known now." }),
      amount: Type.Optional(Type.String({ description: "At the present rate, exact decimal text." })),
      symbol: Type.Optional(Type.String()),
    }),
  ),
  minimumCancellationDate: Type.Optional(time("The portal cancels from then on.")),
  canCancel: Type.Boolean(),
  endsAt: Type.Optional(time("When it ends if it is cancelled now, or when it will end as it was.")),
  usage: Type.Optional(
    Type.Object({
      units: Type.Number(),
      amountUsd: Type.Number({ description: "Of the running period, after free credits." }),
      freeCredits: Type.Number({ description: "USD left." }),
      carriedUsd: Type.Number({ description: "From earlier periods." }),
      maxSpendingPerPeriod: Type.Number(),
    }),
  ),
  mandate: Type.Optional(PortalMandate),
  /** Changes of cap, allowance, mandate or an end that are on their way to the chain. */
  underWay: Type.Array(TransactionStatus),
  currencies: Type.Array(CheckoutCurrency),
  bills: Type.Array(PortalBill, { description: "Newest first, at most 36." }),
  fixedPrices: Type.Boolean(),
  serverTime: Type.Integer(),
  walletConnectProjectId: Type.Optional(Type.String()),
});
export type PortalState = Static<typeof PortalState>;

export const MaximumRequest = Type.Object(
  {
    maximumUsd: Type.Number({
      description: "Most per period, in USD; the cap is its worth in tokens plus the buffer.",
    }),
  },
  { additionalProperties: false },
);
export type MaximumRequest = Static<typeof MaximumRequest>;

export const MaximumOffer = Type.Object({
  maximum: Type.String({ description: "The new cap in tokens, exact decimal text." }),
  maximumBase: Type.String({ pattern: "^[0-9]+$" }),
  symbol: Type.String(),
  nonce: Type.String(),
  deadline: Type.Integer({ description: "Unix seconds." }),
  typedData: TypedData,
});
export type MaximumOffer = Static<typeof MaximumOffer>;

export const MaximumSignature = Type.Object(
  {
    maximumBase: Type.String({ pattern: "^[0-9]{1,78}$" }),
    nonce: Type.String({ pattern: "^[0-9]{1,78}$" }),
    deadline: Type.Integer(),
    signature: Type.String({ pattern: "^0x[0-9a-fA-F]*$", maxLength: 20_000 }),
  },
  { additionalProperties: false },
);
export type MaximumSignature = Static<typeof MaximumSignature>;

export const AllowanceRequest = Type.Object(
  {
    periods: Type.Optional(
      Type.Union([Type.Integer({ minimum: 0, maximum: 120 }), Type.Null()], {
        description:
          "How many periods to allow from now on; null or left out = until cancelled, 0 = take the allowance back.",
      }),
    ),
  },
  { additionalProperties: false },
);
export type AllowanceRequest = Static<typeof AllowanceRequest>;

export const AllowanceOffer = Type.Object({
  allowance: AllowanceStep,
  amount: Type.String({ description: "What the contract may take after this, exact decimal text." }),
  amountUsd: Type.Number(),
  symbol: Type.String(),
  expiresAt: Type.Integer({ description: "Unix seconds." }),
});
export type AllowanceOffer = Static<typeof AllowanceOffer>;

export const AllowanceSignature = Type.Object(
  {
    periods: AllowanceRequest.properties.periods,
    typedData: TypedData,
    signature: Type.String({ pattern: "^0x[0-9a-fA-F]*$", maxLength: 20_000 }),
  },
  { additionalProperties: false },
);
export type AllowanceSignature = Static<typeof AllowanceSignature>;
