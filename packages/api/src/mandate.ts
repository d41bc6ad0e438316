import Type, { type Static } from "typebox";

const decimal = (description: string) => Type.String({ description: `${description} Exact decimal text.` });
const seconds = (description: string) => Type.Integer({ description: `${description} Unix seconds.` });

export const durationUnits = ["seconds", "minutes", "hours", "days", "weeks", "months", "years"] as const;

export const Duration = Type.Object(
  { value: Type.Integer({ minimum: 1 }), unit: Type.Enum([...durationUnits]) },
  { additionalProperties: false },
);
export type Duration = Static<typeof Duration>;

/** EIP-712 data as `eth_signTypedData_v4` takes it. */
export const TypedData = Type.Object({
  domain: Type.Record(Type.String(), Type.Unknown()),
  types: Type.Record(Type.String(), Type.Array(Type.Object({ name: Type.String(), type: Type.String() }))),
  primaryType: Type.String(),
  message: Type.Record(Type.String(), Type.Unknown()),
});
export type TypedData = Static<typeof TypedData>;

/**
 * How the customer gives the allowance: by a signature (`permit`), by an own transaction (`approve`), or not at all because
 * what stands is enough (`none`). Never less than what other mandates of the same wallet and token need.
 */
export const AllowanceStep = Type.Union([
  Type.Object({ way: Type.Literal("none") }),
  Type.Object({ way: Type.Literal("permit"), typedData: TypedData }),
  Type.Object({
    way: Type.Literal("approve"),
    token: Type.String(),
    spender: Type.String(),
    amountBase: Type.String({ pattern: "^[0-9]+$" }),
    resetFirst: Type.Boolean({ description: "The token needs 0 before another approval." }),
  }),
]);
export type AllowanceStep = Static<typeof AllowanceStep>;

export const MandateRequest = Type.Object(
  {
    currencyId: Type.Integer(),
    subscriber: Type.String({ maxLength: 64, description: "The wallet's address." }),
    periods: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1, maximum: 120 }), Type.Null()], {
        description: "How many periods to authorise; null or left out = until cancelled.",
      }),
    ),
    maxSpendingPerPeriod: Type.Optional(Type.Number({ description: "USD; needed for payAsYouGo, refused otherwise." })),
  },
  { additionalProperties: false },
);
export type MandateRequest = Static<typeof MandateRequest>;

/** What the customer is asked to allow, in money and in tokens, and what to sign for it. */
export const MandateOffer = Type.Object({
  mandateHash: Type.String(),
  currencyId: Type.Integer(),
  symbol: Type.String(),
  decimals: Type.Integer(),
  network: Type.String(),
  chainId: Type.Integer(),
  contract: Type.String({ description: "The subscriptions contract: spender of the allowance." }),
  subscriber: Type.String(),
  merchant: Type.String(),
  periods: Type.Union([Type.Integer(), Type.Null()]),
  amount: decimal("One period at the present rate; for payAsYouGo the most per period."),
  amountUsd: Type.Number(),
  bufferPercent: Type.Integer({ description: "Head-room for price moves in the cap." }),
  cap: decimal("Most that one period may ever take, all fees included."),
  capUsd: Type.Number(),
  allowanceNow: decimal("What the contract may take already."),
  allowanceNeeded: decimal("What it may take after this, all mandates of this wallet and token together."),
  allowanceNeededUsd: Type.Number(),
  balance: decimal("What the wallet holds."),
  maxExecutionFee: decimal("Most a charge may add for its own gas; 0 when the merchant's side pays."),
  firstCharge: Type.Optional(
    Type.Object({
      amount: decimal("Charged at once, in the same transaction."),
      amountUsd: Type.Number(),
      executionFee: decimal("Added for gas."),
    }),
  ),
  firstChargeAt: seconds("When the first charge is due; now, the trial's end, or the end of the first period."),
  rate: Type.String({ description: "USD for one unit of the currency, decimal text." }),
  rateSources: Type.Array(Type.String()),
  expiresAt: seconds("Sign until then."),
  serverTime: seconds("The server's clock."),
  typedData: TypedData,
  allowance: AllowanceStep,
});
export type MandateOffer = Static<typeof MandateOffer>;

/** The customer's signatures. With `approve` the transaction has to be mined first. */
export const MandateSignature = Type.Object(
  {
    mandateHash: Type.String({ pattern: "^0x[0-9a-fA-F]{64}$" }),
    signature: Type.String({ pattern: "^0x[0-9a-fA-F]*$", maxLength: 20_000 }),
    permitSignature: Type.Optional(Type.String({ pattern: "^0x[0-9a-fA-F]*$", maxLength: 20_000 })),
  },
  { additionalProperties: false },
);
export type MandateSignature = Static<typeof MandateSignature>;

/** What a checkout page shows of a subscription session, beside what every session has. */
export const CheckoutSubscription = Type.Object({
  kind: Type.Enum(["subscription", "payAsYouGo"]),
  frequency: Duration,
  trial: Type.Optional(Duration),
  freeCredits: Type.Optional(Type.Number({ description: "USD." })),
  minPeriods: Type.Optional(Type.Integer()),
  canAuthoriseLater: Type.Boolean({ description: "With a trial: the subscription can begin without a signature." }),
  failure: Type.Optional(
    Type.Object({
      code: Type.String(),
      message: Type.String({ description: "Why the last try did not go through, and what to do." }),
    }),
  ),
  portalUrl: Type.Optional(Type.String({ description: "Once it exists; only for the browser that owns the session." })),
});
export type CheckoutSubscription = Static<typeof CheckoutSubscription>;
