import type { CheckoutRelayRequest } from "@qbitflow/api";
import type { ChainAdapter, GaslessPayment, GaslessTypedData, Hex } from "@qbitflow/chains";
import { getPublicSession, requireOpen, transition } from "../checkout-session/index.ts";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import { getQuoteByGaslessHash, type Quote, whyChainUnavailable } from "../quote/index.ts";
import { enqueueCalls, revertedTooOften, withinGas } from "../relay/index.ts";
import { findUnderWay, insertGaslessPayment } from "./store.ts";

/** With less left it would be late before it is in a block. */
const MIN_LEFT_MS = 30_000;
const MAX_PERMIT2_NONCE = (1n << 256n) - 1n;

const refused = (code: string, message: string) => new DomainError("unprocessable", code, message);
const invalid = (field: string, message: string) =>
  new DomainError("invalid", "validation_failed", `Check these fields: ${field}.`, { fields: [{ field, message }] });

const onItsWay = () =>
  new DomainError("conflict", "conflict", "A payment of this session is on its way. Wait until it is decided.");

const CHECK_MESSAGES = {
  signature_invalid: "The signature is not the payer's, or not of this quote. Sign again.",
  insufficient_balance: "There is not enough of the currency in that wallet.",
  insufficient_allowance: "Permit2 may not take that much from that wallet. Choose another way to pay.",
} as const;

export type RelayPaymentInput = CheckoutRelayRequest & { readonly uuid: string };

/**
 * Hands a payment that the customer signed to the relay, and the session is pending. The quote must still hold, the signature
 * be the payer's, the money be there, and the call go through in a simulation; all of it is checked by the contract again.
 * The same request again while it is under way changes nothing. Throws DomainError: not_found, session_final,
 * session_expired, conflict (another payment is on its way), quote_expired, relay_unavailable, signature_invalid,
 * insufficient_balance, insufficient_allowance, relay_refused, validation_failed; and ChainUnavailableError.
 */
export async function relayPayment(ctx: Context, input: RelayPaymentInput): Promise<void> {
  const session = await getPublicSession(ctx, input.uuid);
  requireOpen(ctx, session);
  const quote = await signedQuote(ctx, input);
  if (await isUnderWay(ctx, quote)) return;
  if (await revertedTooOften(ctx, { subjectUuid: input.uuid, purpose: "payment" })) {
    const message = "Too many payments of this session failed on the network. Pay by an own transaction.";
    throw refused("relay_unavailable", message);
  }
  const { chain, payment, typedData } = await readPayment(ctx, input, quote);
  const checked = await chain.gasless.check(payment, typedData);
  if (checked !== "ok") throw refused(checked, CHECK_MESSAGES[checked]);
  const call = callOf(chain.gasless, payment);
  const simulated = withinGas("payment", await chain.sender.simulate(call));
  if (!simulated.ok) {
    ctx.log.info({ session: input.uuid, way: input.way, reason: simulated.reason }, "a gasless payment was refused");
    const message = `The payment would fail: ${simulated.reason}. Ask for a new quote, or pay by an own transaction.`;
    throw refused("relay_refused", message);
  }
  const callUuid = ctx.ids.uuid();
  await ctx.db.transaction(async (tx) => {
    const txCtx = { ...ctx, db: tx };
    const changed = await transition(txCtx, [
      { uuid: input.uuid, from: "created", to: "pending", transactionHash: null },
    ]);
    // It was paid, cancelled or handed over meanwhile.
    if (changed.length === 0) {
      if (await isUnderWay(txCtx, quote)) return;
      requireOpen(txCtx, await getPublicSession(txCtx, input.uuid));
      throw onItsWay();
    }
    // The session is held from here on: nobody hands over a second one meanwhile.
    if ((await findUnderWay(tx, input.uuid)) !== null) throw onItsWay();
    await enqueueCalls(txCtx, [
      {
        uuid: callUuid,
        network: quote.network,
        purpose: "payment",
        subjectUuid: input.uuid,
        call,
        sendUntil: quote.expiresAt,
      },
    ]);
    await insertGaslessPayment(txCtx, {
      callUuid,
      sessionUuid: input.uuid,
      quoteId: quote.id,
      payer: payment.payer,
      way: input.way,
    });
  });
}

/** The session's quote that was signed, while it holds. */
async function signedQuote(ctx: Context, input: RelayPaymentInput): Promise<Quote> {
  const { uuid: sessionUuid, gaslessHash, currencyId } = input;
  const quote = await getQuoteByGaslessHash(ctx, { sessionUuid, gaslessHash });
  const expired = (message: string) => new DomainError("gone", "quote_expired", message);
  if (quote === null || quote.currencyId !== currencyId) {
    throw expired("That is no quote of this session. Ask for a new one and sign that.");
  }
  if (quote.expiresAt.getTime() - ctx.clock.now().getTime() < MIN_LEFT_MS) {
    throw expired("The quote does not hold any more. Ask for a new one and sign that.");
  }
  return quote;
}

async function isUnderWay(ctx: Context, quote: Quote): Promise<boolean> {
  return (await findUnderWay(ctx.db, quote.sessionUuid))?.quoteId === quote.id;
}

interface ReadPayment {
  readonly chain: { readonly [Part in "gasless" | "sender"]: NonNullable<ChainAdapter[Part]> };
  readonly payment: GaslessPayment;
  readonly typedData: GaslessTypedData;
}

/** The request in the chain's terms; what was offered with the quote is what is checked. */
async function readPayment(ctx: Context, input: RelayPaymentInput, quote: Quote): Promise<ReadPayment> {
  const chain = ctx.chains.get(quote.network);
  const offer = quote.gasless;
  if (!chain?.gasless || !chain.sender || offer === null || (await whyChainUnavailable(ctx, chain.network)) !== null) {
    throw refused("relay_unavailable", "This server sends no payments on that network now. Pay by an own transaction.");
  }
  const typedData = offer.typedData[input.way];
  if (typedData === undefined) throw invalid("way", "is not offered by the quote");
  const payer = chain.parseAddress(input.payer);
  if (payer === null) throw invalid("payer", "must be an address");
  const { gasless, sender } = chain;
  const { fee, recipient } = offer.relay;
  const { uuid, ...terms } = termsOf(quote);
  return {
    chain: { gasless, sender },
    typedData,
    payment: {
      contract: quote.contract,
      terms: { uuid, ...terms },
      relay: { feeBase: BigInt(fee), recipient },
      payer,
      way: input.way,
      signature: input.signature.toLowerCase() as Hex,
      ...permit2Nonce(input),
    },
  };
}

function termsOf(quote: Quote): GaslessPayment["terms"] {
  const { merchant, token, amountBase, feeRecipient, feeBps, organization, organizationFeeBps } = quote;
  const deadline = Math.floor(quote.expiresAt.getTime() / 1_000);
  const uuid = quote.sessionUuid;
  return { uuid, merchant, token, amountBase, feeRecipient, feeBps, organization, organizationFeeBps, deadline };
}

function permit2Nonce(input: RelayPaymentInput): { permit2Nonce?: bigint } {
  if (input.way !== "permit2") return {};
  const nonce = input.permit2Nonce === undefined ? null : BigInt(input.permit2Nonce);
  if (nonce === null || nonce > MAX_PERMIT2_NONCE) throw invalid("permit2Nonce", "must be a whole number of 256 bits");
  return { permit2Nonce: nonce };
}

/** Permits take only signatures of keys: a smart wallet's has another shape. */
function callOf(gasless: NonNullable<ChainAdapter["gasless"]>, payment: GaslessPayment) {
  try {
    return gasless.call(payment);
  } catch (error) {
    if (error instanceof RangeError) throw refused("signature_invalid", "That signature does not fit that way to pay.");
    throw error;
  }
}
