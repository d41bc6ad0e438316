import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import { compareBlocks } from "./blocks.ts";
import { compareCharges, comparePaidBills } from "./charges.ts";
import type { Difference } from "./difference.ts";
import { compareMandates } from "./mandates.ts";
import type { PartResult, PartStep } from "./part.ts";
import { compareCompleted, compareUnpaid } from "./sessions.ts";
import { findUnknownNetworks } from "./store.ts";

/** In the order in which they are compared: what the chain shows first, then what the books made of it. */
const parts = {
  blocks: compareBlocks,
  mandates: compareMandates,
  charges: compareCharges,
  bills: comparePaidBills,
  payments: compareCompleted,
} as const satisfies Record<string, (ctx: Context, step: PartStep) => Promise<PartResult>>;

type PartName = keyof typeof parts;

const partNames = Object.keys(parts) as PartName[];
/** After all networks: what belongs to none. */
const LAST = "sessions";

export interface ReconcileInput {
  /** `next` of the step before; null to begin. */
  readonly position: string | null;
  /** Brings the books in order where the chain says how. */
  readonly rebuild: boolean;
}

export interface ReconcileStep {
  /** What was compared in this step: a network and one of its parts. */
  readonly network: string | null;
  readonly part: string;
  readonly payments: number;
  readonly bills: number;
  readonly mandates: number;
  /** Blocks, where blocks are read. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly differences: readonly Difference[];
  /** Where to go on; null = everything is compared. */
  readonly next: string | null;
}

interface Place {
  readonly network: string | null;
  readonly part: PartName | typeof LAST;
  readonly after: string;
}

function placeOf(ctx: Context, position: string): Place {
  const [network = "", part = "", after = "", ...more] = position.split(" ");
  const isKnown = ctx.chains.has(network) && partNames.includes(part as PartName);
  const isLast = network === "-" && part === LAST;
  if (more.length > 0 || !/^[0-9a-fx-]{0,80}$/.test(after) || !(isKnown || isLast)) {
    const message = "is none that a step of reconciling gave";
    throw new DomainError("invalid", "validation_failed", `The position ${message}.`, {
      fields: [{ field: "position", message }],
    });
  }
  return { network: isLast ? null : network, part: part as Place["part"], after };
}

/** The first part of the network after `network`; what belongs to none after the last. */
function beginAfter(ctx: Context, network: string | null): string {
  const networks = [...ctx.chains.keys()].sort();
  const following = networks[network === null ? 0 : networks.indexOf(network) + 1];
  return following === undefined ? `- ${LAST} ` : `${following} ${partNames[0]} `;
}

function nextOf(ctx: Context, { network, part }: Place, after: string | null): string | null {
  if (after !== null) return `${network ?? "-"} ${part} ${after}`;
  if (network === null) return null;
  const following = partNames[partNames.indexOf(part as PartName) + 1];
  return following === undefined ? beginAfter(ctx, network) : `${network} ${following} `;
}

async function unknownNetworks(ctx: Context): Promise<Difference[]> {
  const networks = await findUnknownNetworks(ctx.db, [...ctx.chains.keys()]);
  const message = "The books have this network and the configuration does not: nothing of it was compared.";
  return networks.map((network) => ({
    about: "network",
    what: "different",
    network,
    uuid: null,
    message,
    restored: false,
  }));
}

/**
 * Compares the books with the chains, one bounded step at a time: call it with `next` until that is null. Every payment
 * and every event of a mandate from our contracts' first blocks up to the last that was read, then mandates, bills and
 * sessions, as they follow from them. With `rebuild` the books are brought in order, in transactions and without telling
 * anybody twice; steps may be repeated. Throws ChainUnavailableError, and `validation_failed` for a strange position.
 */
export async function reconcileStep(ctx: Context, { position, rebuild }: ReconcileInput): Promise<ReconcileStep> {
  const place = placeOf(ctx, position ?? beginAfter(ctx, null));
  const { network, part, after } = place;
  const adapter = ctx.chains.get(network ?? "");
  const result =
    part === LAST || !adapter ? await compareUnpaid(ctx, after) : await parts[part](ctx, { adapter, after, rebuild });
  const { payments, bills, mandates, progress } = result;
  const differences = [...(position === null ? await unknownNetworks(ctx) : []), ...result.differences];
  return { network, part, payments, bills, mandates, progress, differences, next: nextOf(ctx, place, result.next) };
}
