import Type, { type Static } from "typebox";
import { Currency } from "./currency.ts";

export const Payment = Type.Object({
  uuid: Type.String({ description: "The uuid of its session." }),
  createdAt: Type.String({ format: "date-time" }),
  from: Type.String(),
  to: Type.String(),
  name: Type.String(),
  description: Type.String(),
  amount: Type.Number({ description: "USD." }),
  currencyId: Type.Integer(),
  currency: Currency,
  test: Type.Boolean(),
  productId: Type.Optional(Type.Integer()),
  transactionHash: Type.String(),
  customerUUID: Type.String(),
  reference: Type.Optional(Type.String()),
  metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
});
export type Payment = Static<typeof Payment>;

export const CombinedPayment = Type.Object({
  ...Payment.properties,
  source: Type.Enum(["payment", "subscription_history"]),
  subscriptionUUID: Type.Optional(Type.String()),
});
export type CombinedPayment = Static<typeof CombinedPayment>;
