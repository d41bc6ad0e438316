import { isDeepStrictEqual } from "node:util";
import type { AllowanceSignature } from "@qbitflow/api";
import type { Hex, PermitSignature } from "@qbitflow/chains";
import type { Context } from "../context.ts";
import { type AllowancePlan, asking, offerExpired, refused, SEND_FOR_MS } from "../mandate/index.ts";
import { allowanceFor, readAllowanceRequest } from "./allowance.ts";
import { handOver, wasHandedOver } from "./hand-over.ts";
import { isOffered } from "./offer-time.ts";

/** The one thing that is taken from what the page sends back; everything else is made anew and compared. */
function deadlineOf({ message }: AllowanceSignature["typedData"]): number {
  const given = message.deadline ?? message.expiry;
  const text = typeof given === "number" ? String(given) : given;
  return typeof text === "string" && /^\d{1,12}$/.test(text) ? Number(text) : 0;
}

function permitOf({ permit }: AllowancePlan, signature: Hex): PermitSignature | null {
  if (permit === null) return null;
  const { typedData: _shown, ...terms } = permit;
  return { ...terms, signature };
}

/**
 * The customer signed a permit: it must be word for word what would be offered now, and the token must take it. Then it is
 * on its way. A repeat changes nothing, nor does one that is not needed any more. Throws as `offerAllowance`,
 * `offer_expired`, `signature_invalid`, `conflict`, `rate_limited`.
 */
export async function signAllowance(
  ctx: Context,
  { uuid, signed }: { readonly uuid: string; readonly signed: AllowanceSignature },
): Promise<void> {
  const periods = readAllowanceRequest({ periods: signed.periods });
  const deadline = deadlineOf(signed.typedData);
  if (!isOffered(ctx, deadline)) throw offerExpired();
  const { plan, mandate, mandates, chain } = await allowanceFor(ctx, { uuid, periods, deadline });
  if (plan.step.way === "none") return;
  const permit = permitOf(plan, signed.signature as Hex);
  if (permit === null) throw offerExpired();
  const { network, terms } = mandate;
  const call = mandates.permitCall({ token: terms.token, owner: terms.subscriber, permit });
  const handed = { uuid, network, purpose: "permit", call } as const;
  if (await wasHandedOver(ctx, handed)) return;
  // As JSON has it, which is how the page got it.
  const offered = JSON.parse(JSON.stringify(plan.permit?.typedData));
  if (!isDeepStrictEqual(offered, signed.typedData)) throw offerExpired();
  const outcome = await asking(chain, async () => chain.sender?.simulate(call));
  if (!outcome?.ok) throw refused("signature_invalid", "The token does not take the signature of the allowance.");
  const sendUntil = new Date(Math.min(ctx.clock.now().getTime() + SEND_FOR_MS, deadline * 1_000));
  await handOver(ctx, { ...handed, sendUntil });
}
