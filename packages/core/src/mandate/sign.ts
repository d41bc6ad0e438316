import type { ChainAdapter, Hex, MandateChain, PermitSignature } from "@qbitflow/chains";
import { isUniqueViolation } from "@qbitflow/db";
import type { Context } from "../context.ts";
import { type Currency, listCurrencies } from "../currency/index.ts";
import { DomainError } from "../errors.ts";
import { enqueueCalls, revertedTooOften } from "../relay/index.ts";
import { isUnlimited } from "./allowance.ts";
import type { StoredMandate } from "./mandate.ts";
import { firstChargeOf, fundsOf } from "./offer.ts";
import { asking, mandateChainOf, offerEndsAt } from "./propose.ts";
import { findMandatesOf, markSigned } from "./store.ts";

/** What is in no block by then is withdrawn, and the customer may try again. */
export const SEND_FOR_MS = 10 * 60_000;

export interface Signatures {
  readonly mandateHash: string;
  readonly signature: string;
  readonly permitSignature?: string;
}

export const refused = (code: string, message: string): DomainError => new DomainError("unprocessable", code, message);

export const offerExpired = () =>
  new DomainError("gone", "offer_expired", "The offer is over. Ask for a new one: prices may have moved.");

export const underWay = () =>
  new DomainError(
    "conflict",
    "conflict",
    "An authorisation is on its way already. Wait until the network has decided.",
  );

const failedTooOften = () => {
  const message = "Too many authorisations failed on the network today. Try again tomorrow, or ask for a new link.";
  return new DomainError("rate_limited", "rate_limited", message);
};

/** The proposal that was signed; null when it was taken before. Throws `not_found`, `offer_expired`. */
async function proposalOf(ctx: Context, uuid: string, hash: string): Promise<StoredMandate | null> {
  const mandate = (await findMandatesOf(ctx.db, uuid)).find((one) => one.hash === hash.toLowerCase());
  if (!mandate) throw new DomainError("not_found", "not_found", "There is no such offer. Ask for a new one.");
  if (mandate.state === "signed" || mandate.state === "active") return null;
  const { mandates } = mandateChainOf(ctx, mandate.network);
  const isOver = mandate.state !== "proposed" || offerEndsAt(ctx, mandate) <= ctx.clock.now();
  if (isOver || mandates.contract !== mandate.contract) throw offerExpired();
  return mandate;
}

function permitOf({ permit }: StoredMandate, signature: string | undefined): PermitSignature | null {
  if (permit === null || signature === undefined) return null;
  return { ...permit, signature: signature as Hex } as PermitSignature;
}

interface Checking {
  readonly chain: ChainAdapter;
  readonly mandates: MandateChain;
  readonly mandate: StoredMandate;
  readonly currency: Currency;
  readonly permit: PermitSignature | null;
  /** What the first charge takes at once; null = nothing. */
  readonly takesBase: bigint | null;
}

/** Allowance and balance as the chain has them now. Throws `insufficient_allowance`, `insufficient_balance`, `signature_invalid`. */
async function requireFunds(ctx: Context, checking: Checking): Promise<void> {
  const { chain, mandates, mandate, currency, permit, takesBase } = checking;
  const { subscriber, token, maxPerPeriodBase } = mandate.terms;
  const { allowanceBase, balanceBase } = await fundsOf(ctx, { network: mandate.network, currency, subscriber });
  const neededBase = takesBase ?? maxPerPeriodBase;
  const isAllowed = allowanceBase >= neededBase || isUnlimited(allowanceBase);
  if (!isAllowed && permit === null) {
    const message = "The allowance does not cover the first period. Approve it in your wallet, then sign again.";
    throw refused("insufficient_allowance", message);
  }
  // Somebody may have sent the permit before us: then the allowance is there, and all is well.
  if (!isAllowed && permit !== null) {
    const call = mandates.permitCall({ token, owner: subscriber, permit });
    const outcome = await asking(chain, async () => chain.sender?.simulate(call));
    if (!outcome?.ok) throw refused("signature_invalid", "The token does not take the signature of the allowance.");
  }
  if (takesBase !== null && balanceBase < takesBase) {
    throw refused(
      "insufficient_balance",
      "The wallet holds too little for the first charge. Add funds, then sign again.",
    );
  }
}

export interface SignInput {
  readonly uuid: string;
  readonly signatures: Signatures;
  /** The first charge rides with the activation. */
  readonly chargesAtOnce: boolean;
  /** What else changes with it, in the same transaction. */
  readonly together: (ctx: Context, mandate: StoredMandate) => Promise<void>;
}

/**
 * Checks what the customer signed against the chain and hands the activation (with permit and first charge) to the relay,
 * in one transaction with the mandate's row. A repeat of what was taken already changes nothing. Throws `not_found`,
 * `offer_expired`, `signature_invalid`, `insufficient_allowance`, `insufficient_balance`, `currency_unavailable`, `conflict`.
 */
export async function takeSignature(ctx: Context, input: SignInput): Promise<void> {
  const { uuid, signatures, chargesAtOnce } = input;
  const mandate = await proposalOf(ctx, uuid, signatures.mandateHash);
  if (mandate === null) return;
  if (await revertedTooOften(ctx, { subjectUuid: uuid, purpose: "activation" })) throw failedTooOften();
  const { chain, mandates } = mandateChainOf(ctx, mandate.network);
  const currency = (await listCurrencies(ctx)).find(({ id }) => id === mandate.currencyId);
  if (!currency) throw offerExpired();
  const signature = signatures.signature as Hex;
  if (!(await asking(chain, () => mandates.verify(mandate.terms, signature)))) {
    const message = "The signature is not the wallet's for these terms. Sign with the wallet that was connected.";
    throw refused("signature_invalid", message);
  }
  const permit = permitOf(mandate, signatures.permitSignature);
  const first = chargesAtOnce ? await firstChargeOf(ctx, { mandate, currency }) : null;
  const takesBase = first && first.amountBase + first.executionFeeBase;
  await requireFunds(ctx, { chain, mandates, mandate, currency, permit, takesBase });
  const call = mandates.activationCall({
    mandate: mandate.terms,
    signature,
    ...(permit && { permit }),
    ...(first && { firstCharge: { ...first, periodIndex: 0, feeBps: mandate.terms.maxFeeBps } }),
  });
  const now = ctx.clock.now();
  const activation = {
    uuid: ctx.ids.uuid(),
    network: mandate.network,
    purpose: "activation",
    subjectUuid: uuid,
    call,
    sendUntil: new Date(now.getTime() + SEND_FOR_MS),
  } as const;
  try {
    await ctx.db.transaction(async (tx) => {
      const txCtx = { ...ctx, db: tx };
      await input.together(txCtx, mandate);
      const signed = { ...mandate, signature, permit, activationUuid: activation.uuid, at: now };
      if (!(await markSigned(tx, signed))) throw underWay();
      await enqueueCalls(txCtx, [activation]);
    });
  } catch (error) {
    if (isUniqueViolation(error, "mandate_under_way")) throw underWay();
    throw error;
  }
}
