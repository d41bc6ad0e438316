import type { Context } from "../context.ts";
import { enqueueCalls } from "../relay/index.ts";
import { findMandates, type MandateKey } from "./store.ts";

/** Hands the cancellation of mandates that may still be charged to the relay, in the transaction that ended their use. */
export async function cancelOnChain(ctx: Context, keys: readonly MandateKey[]): Promise<void> {
  const mandates = await findMandates(ctx.db, keys);
  const calls = mandates
    .filter(({ state }) => state === "active" || state === "stopped")
    .flatMap((mandate) => {
      const chain = ctx.chains.get(mandate.network)?.mandates;
      // A version of the contract that is not the newest is cancelled by the customer himself.
      if (!chain || chain.contract !== mandate.contract) return [];
      const call = chain.cancelCall(mandate.terms);
      return [
        { uuid: ctx.ids.uuid(), network: mandate.network, purpose: "cancel", subjectUuid: mandate.uuid, call } as const,
      ];
    });
  await enqueueCalls(ctx, calls);
}
