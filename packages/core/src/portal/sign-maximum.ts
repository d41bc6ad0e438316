import type { MaximumSignature } from "@qbitflow/api";
import type { Hex, SignedMandateChange } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import { askedMaximumMicros, asking, offerExpired, refused, SEND_FOR_MS } from "../mandate/index.ts";
import { subscriptionView } from "../subscription/index.ts";
import { chargeable } from "./authorised.ts";
import { handOver, wasHandedOver } from "./hand-over.ts";
import { stateOnChain } from "./maximum.ts";
import { isOffered } from "./offer-time.ts";

const UINT256 = 2n ** 256n;

/**
 * The customer signed another maximum: checked against the chain, and on its way. One at a time, a repeat changes
 * nothing. Throws `not_found`, `subscription_cancelled`, `unprocessable`, `offer_expired` (not offered, over, or the
 * mandate was changed since), `signature_invalid`, `conflict`, `rate_limited`, `currency_unavailable`.
 */
export async function signMaximum(
  ctx: Context,
  { uuid, signed }: { readonly uuid: string; readonly signed: MaximumSignature },
): Promise<void> {
  const found = await chargeable(ctx, await subscriptionView(ctx, uuid));
  const { mandate, mandates, chain } = found;
  const { network, hash, terms } = mandate;
  const [maximumBase, nonce, { deadline }] = [BigInt(signed.maximumBase), BigInt(signed.nonce), signed];
  const isKnown =
    maximumBase < UINT256 &&
    nonce < UINT256 &&
    isOffered(ctx, deadline) &&
    (await askedMaximumMicros(ctx.db, { network, hash, maximumBase })) !== null;
  if (!isKnown) throw offerExpired();
  const change: SignedMandateChange = {
    mandate: terms,
    change: { type: "setMaximum", maximumBase },
    nonce,
    deadline,
    signature: signed.signature as Hex,
  };
  if (!(await asking(chain, () => mandates.verifyChange(change)))) {
    throw refused(
      "signature_invalid",
      "The signature is not the paying wallet's for this maximum. Sign with that wallet.",
    );
  }
  const handed = { uuid, network, purpose: "change", call: mandates.changeCall(change) } as const;
  if (await wasHandedOver(ctx, handed)) return;
  // Another change was mined since.
  if ((await stateOnChain(found)).nonce !== nonce) throw offerExpired();
  const sendUntil = new Date(Math.min(ctx.clock.now().getTime() + SEND_FOR_MS, deadline * 1_000));
  await handOver(ctx, { ...handed, sendUntil });
}
