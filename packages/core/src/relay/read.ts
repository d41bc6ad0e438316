import type { Context } from "../context.ts";
import type { RelayCallState, RelayPurpose, SettledCall, SubjectCall } from "./call.ts";
import { findOurs } from "./nonce-store.ts";
import { callOf, callsOfSubject, markAcknowledged, readCalls, unacknowledgedCalls } from "./store.ts";

/** How calls stand; one that was never handed over is not in the answer. */
export function relayCalls(ctx: Context, uuids: readonly string[]): Promise<Map<string, RelayCallState>> {
  return readCalls(ctx.db, uuids);
}

/** Those of a network's transactions that were signed here, whatever became of them; any other is somebody else's. */
export async function ourTransactions(
  ctx: Context,
  { network, hashes }: { readonly network: string; readonly hashes: readonly string[] },
): Promise<ReadonlySet<string>> {
  return hashes.length === 0 ? new Set() : findOurs(ctx.db, network, [...new Set(hashes)]);
}

export interface SubjectQuery {
  readonly subjectUuid: string;
  readonly purposes: readonly RelayPurpose[];
  /** Handed over since then, or still under way. Absent = all. */
  readonly since?: Date;
  readonly limit?: number;
}

/** Calls for one subject, the newest first. */
export function subjectCalls(ctx: Context, of: SubjectQuery): Promise<SubjectCall[]> {
  return callsOfSubject(ctx.db, of);
}

const DAY_MS = 24 * 60 * 60_000;
const MOST_REVERTED = 10;

/**
 * Whether what was signed for this subject failed in blocks so often within a day that no more of it is sent: a wallet can let
 * its signature pass every look and fail on chain, each time at our cost.
 */
export async function revertedTooOften(
  ctx: Context,
  of: { readonly subjectUuid: string; readonly purpose: RelayPurpose },
): Promise<boolean> {
  const since = new Date(ctx.clock.now().getTime() - DAY_MS);
  const calls = await subjectCalls(ctx, { subjectUuid: of.subjectUuid, purposes: [of.purpose], since });
  return calls.filter(({ state }) => state === "reverted").length >= MOST_REVERTED;
}

/** One call as it stands; null when it was never handed over. */
export async function knownCall(ctx: Context, uuid: string): Promise<SubjectCall | null> {
  return (await callOf(ctx.db, uuid)) ?? null;
}

/**
 * Calls that came to an end and nobody acknowledged yet, the oldest first. NOTIFY `relay_settled` (payload: the uuid)
 * says when to look, also when a reorganisation took an end back; asking now and then makes a lost one cost one poll.
 */
export function settledCalls(
  ctx: Context,
  of: { readonly purposes: readonly RelayPurpose[]; readonly limit?: number },
): Promise<SettledCall[]> {
  return unacknowledgedCalls(ctx.db, { purposes: of.purposes, limit: of.limit ?? 100 });
}

/**
 * Says, in the transaction of what followed from it, that an end was taken note of. Answers the uuids that had not been
 * yet and still have that state: what another process did first is not done again. One that is taken back is told anew.
 */
export function acknowledgeCalls(
  ctx: Context,
  calls: readonly Pick<SettledCall, "uuid" | "state">[],
): Promise<string[]> {
  return markAcknowledged(ctx, calls);
}
