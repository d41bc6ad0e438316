import type { Simulation } from "@qbitflow/chains";
import type { RelayPurpose } from "./call.ts";

/** Several times what any of ours takes, a smart wallet that is deployed on the way included. */
const MAX_SIGNED_GAS = 2_000_000n;

/** What a stranger's signature decides: a smart wallet's code runs to check it, at our cost. */
const SIGNED: readonly RelayPurpose[] = ["activation", "change", "permit", "payment"];

/**
 * The simulation, refused where a customer's wallet would use up more gas than any honest one: whoever writes a wallet decides
 * what checking its signature costs, and the relay's key pays. Pure.
 */
export function withinGas(purpose: RelayPurpose, simulated: Simulation): Simulation {
  if (!simulated.ok || simulated.gas <= MAX_SIGNED_GAS || !SIGNED.includes(purpose)) return simulated;
  return { ok: false, reason: `it would take ${simulated.gas} gas, and at most ${MAX_SIGNED_GAS} are sent` };
}
