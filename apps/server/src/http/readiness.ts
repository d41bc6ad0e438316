import type { Ready, ReadyPart } from "@qbitflow/api";
import type { Network } from "@qbitflow/chains";
import { type RelayHealth, relayHealth, type ScanState, scanStates } from "@qbitflow/core";
import type { ServerContext } from "../server-context.ts";

/** A chain whose head was not seen for so many block times (and at least so long) is stale. */
const STALE_BLOCKS = 20;
const STALE_MIN_MS = 60_000;

/** How each part of the server stands, in words without secrets. Never throws. */
export async function readiness(server: ServerContext): Promise<Ready> {
  const parts = [
    { name: "start", ok: server.started.value, detail: server.started.value ? "complete" : "not complete yet" },
    ...(await databaseParts(server)),
  ];
  return {
    ready: parts.every(({ ok }) => ok),
    live: { ready: server.liveBlockers.length === 0, reasons: [...server.liveBlockers] },
    parts,
  };
}

async function databaseParts(server: ServerContext): Promise<ReadyPart[]> {
  try {
    const states = await scanStates(server.core);
    const database = { name: "database", ok: true, detail: "answers" };
    return [
      database,
      ...[...server.core.chains.keys()].map((network) => chainPart(server, { network, states })),
      ...(await relayHealth(server.core)).map(relayPart),
    ];
  } catch {
    return [{ name: "database", ok: false, detail: "does not answer" }];
  }
}

function chainPart(
  server: ServerContext,
  { network, states }: { network: string; states: readonly ScanState[] },
): ReadyPart {
  const data = server.core.chains.get(network)?.network;
  const health = data === undefined ? { isFine: false, detail: "not read yet" } : scanHealth(data, states);
  return { name: `chain ${network}`, ok: health.isFine, detail: health.detail };
}

/** How the reading of a chain stands. */
export function scanHealth(
  { slug, blockTimeMs, local }: Network,
  states: readonly ScanState[],
): { readonly isFine: boolean; readonly detail: string } {
  const state = states.find((candidate) => candidate.network === slug);
  if (state === undefined) return { isFine: false, detail: "not read yet" };
  if (state.haltedReason !== null) return { isFine: false, detail: `halted: ${state.haltedReason}` };
  const ageMs = state.silentMs;
  // Without payments the local chain has no blocks to show.
  const isFine = local || ageMs < Math.max(STALE_MIN_MS, STALE_BLOCKS * blockTimeMs);
  const behind = state.headNumber - state.scannedNumber;
  const age = isFine ? "" : `, head ${Math.round(ageMs / 1000)} s old`;
  return { isFine, detail: `block ${state.scannedNumber}, ${behind} behind the head${age}` };
}

/** Always ok: payments by own transactions are served without coin, too. The detail warns. */
function relayPart({ network, sender, chargesLeft, isLow, queued, underWay }: RelayHealth): ReadyPart {
  const balance = chargesLeft === null ? "not looked at yet" : `coin for ${chargesLeft} charges`;
  const detail = `${isLow ? "warning: " : ""}${balance}, ${queued} queued, ${underWay} under way, ${sender}`;
  return { name: `relay ${network}`, ok: true, detail };
}
