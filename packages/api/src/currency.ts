import Type, { type Static } from "typebox";

const currencyFields = {
  id: Type.Integer({ description: "Stable over installations and releases." }),
  symbol: Type.String(),
  name: Type.String(),
  decimals: Type.Integer({ minimum: 0, maximum: 36 }),
  address: Type.String({ description: "Token contract; the zero address for a native coin." }),
  test: Type.Boolean(),
};

/** A chain's native coin. */
export const NativeCurrency = Type.Object(currencyFields);

/** A coin or token on one chain; a token names its chain's native coin as `mainCurrency`. */
export const Currency = Type.Object({
  ...currencyFields,
  mainCurrencyId: Type.Optional(Type.Integer()),
  mainCurrency: Type.Optional(NativeCurrency),
});
export type Currency = Static<typeof Currency>;
