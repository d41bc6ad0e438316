import type { ChainAdapter, PaymentTerms } from "@qbitflow/chains";
import { usdToTokenBase } from "@qbitflow/money";
import type { CheckoutSession } from "../checkout-session/index.ts";
import { type Currency, NATIVE_ADDRESS } from "../currency/index.ts";
import type { Merchant } from "../merchant/index.ts";

const sameAddress = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** Who takes how much besides the merchant. A fee of nothing names nobody: its recipient is the zero address. */
export function feesOf(merchant: Merchant, network: string) {
  const payTo = merchant.payTo.get(network);
  if (!payTo) throw new Error(`There is no wallet on ${network}.`);
  const platform = merchant.platformFees.get(network);
  const feeBps = platform?.feeBps ?? 0;
  // What an organization's own wallet gets needs no fee, and neither does a user's that is the organization's.
  const organization = payTo.own ? payTo.organizationAddress : null;
  const hasFee = organization !== null && merchant.organizationFeeBps > 0 && !sameAddress(organization, payTo.address);
  return {
    merchant: payTo.address,
    feeRecipient: platform && feeBps > 0 ? platform.recipient : NATIVE_ADDRESS,
    feeBps,
    organization: hasFee ? organization : NATIVE_ADDRESS,
    organizationFeeBps: hasFee ? merchant.organizationFeeBps : 0,
  };
}

export interface TermsInput {
  readonly session: CheckoutSession;
  readonly merchant: Merchant;
  readonly currency: Currency;
  /** USD per whole token × 10^18. */
  readonly rateE18: bigint;
  readonly now: Date;
  readonly quoteMs: number;
}

/** Unix seconds, rounded down: until then the price holds, and never beyond the session's own end. */
function deadlineOf({ session, now, quoteMs }: TermsInput): number {
  return Math.floor(Math.min(now.getTime() + quoteMs, session.expiresAt.getTime()) / 1_000);
}

/** What the payer will have to pay, to the unit; the amount is rounded up (`usdToTokenBase`), so nobody is paid less. Pure. */
export function termsOf(input: TermsInput): PaymentTerms {
  const { session, merchant, currency } = input;
  return {
    uuid: session.uuid,
    ...feesOf(merchant, currency.network),
    token: currency.address,
    amountBase: usdToTokenBase(session.priceMicros, input.rateE18, currency.decimals),
    deadline: deadlineOf(input),
  };
}

/** The contract a new payment calls: the newest; older ones are only read. */
export function contractOf(chain: ChainAdapter): string {
  const contract = chain.network.checkoutContracts.at(-1);
  if (!contract) throw new Error(`There is no checkout contract on ${chain.network.slug}.`);
  return contract.address;
}
