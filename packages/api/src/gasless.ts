/**
 * Paying without coins for gas: the customer signs, the server sends, and a relay fee in the token pays for it.
 *
 * The page takes the first of `ways` that the payer's wallet can do, fills the blanks of its typed data, has it signed and
 * posts a `RelayRequest`. The signature binds terms, relay fee and deadline; the contract lets nothing else happen.
 */
import Type, { type Static } from "typebox";
import { TypedData } from "./mandate.ts";

/** In the order in which they are offered. `permit2` needs a standing approval of Permit2 by the payer. */
export const gaslessWays = ["authorization", "eip2612", "dai", "permit2"] as const;
export const GaslessWay = Type.Enum([...gaslessWays]);
export type GaslessWay = Static<typeof GaslessWay>;

export const GaslessTypedData = Type.Object({
  ...TypedData.properties,
  blanks: Type.Array(
    Type.Object({
      field: Type.String({ description: "The field of `message` that is missing." }),
      with: Type.Enum(["payer", "tokenNonce", "permit2Nonce"], {
        description:
          "`payer`: the address that signs. `tokenNonce`: what the token's `nonces(payer)` says, as decimal text. " +
          "`permit2Nonce`: 256 bits as decimal text that Permit2 has not seen of the payer, sent along as `permit2Nonce`; " +
          "our page takes the Keccak-256 of the session's uuid, so that only one signature of a session can be used.",
      }),
    }),
    { description: "What only the page knows. Not part of what is signed: leave it out of the request to the wallet." },
  ),
});
export type GaslessTypedData = Static<typeof GaslessTypedData>;

/** In a quote whose token can be paid by a signature while the server sends transactions on its network. */
export const CheckoutGasless = Type.Object({
  ways: Type.Array(GaslessWay, { description: "Best first. Each has its typed data." }),
  relayFee: Type.String({
    description:
      "What is paid on top of `amount`, in the currency, exact decimal text. `0` where the merchant's server pays.",
  }),
  relayFeeRecipient: Type.String({ description: "Zero address without a relay fee." }),
  total: Type.String({ description: "`amount` plus `relayFee`: what leaves the payer's wallet." }),
  relay: Type.Object(
    { fee: Type.String({ pattern: "^[0-9]+$" }), recipient: Type.String() },
    { description: "The contract's struct of the same name; the fee in base units." },
  ),
  gaslessHash: Type.String({
    description: "The contract's `hashGasless(terms, relay)`: what every signature commits to.",
  }),
  permit2: Type.Optional(
    Type.String({
      description: "Permit2's address: the payer's allowance for it must cover `total` for the way `permit2`.",
    }),
  ),
  typedData: Type.Object({
    authorization: Type.Optional(GaslessTypedData),
    eip2612: Type.Optional(GaslessTypedData),
    dai: Type.Optional(GaslessTypedData),
    permit2: Type.Optional(GaslessTypedData),
  }),
});
export type CheckoutGasless = Static<typeof CheckoutGasless>;

export const CheckoutRelayRequest = Type.Object(
  {
    currencyId: Type.Integer({ description: "The quote's: the one that was locked last in this currency." }),
    gaslessHash: Type.String({
      pattern: "^0x[0-9a-fA-F]{64}$",
      description: "The quote's: says which one was signed.",
    }),
    payer: Type.String({ maxLength: 64 }),
    way: GaslessWay,
    signature: Type.String({ pattern: "^0x([0-9a-fA-F]{2}){1,4096}$" }),
    permit2Nonce: Type.Optional(Type.String({ pattern: "^[0-9]{1,78}$", description: "For the way `permit2`." })),
  },
  { additionalProperties: false },
);
export type CheckoutRelayRequest = Static<typeof CheckoutRelayRequest>;
