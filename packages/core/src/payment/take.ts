import type { TransactionStatusName } from "@qbitflow/api";
import type { Network, ScanResult, Transfer } from "@qbitflow/chains";
import { confirmationsMessage, mayChange } from "../checkout-session/status.ts";
import { type StatusChange, transition } from "../checkout-session/transition.ts";
import type { Context } from "../context.ts";
import { appendEvents, type NewEvent } from "../event/index.ts";
import { type Match, type MatchQuote, matchTransfer } from "./match.ts";
import {
  insertPayments,
  loadCurrencies,
  loadMatchQuotes,
  loadPaidSessions,
  lockSessions,
  type NewPayment,
  type PayableSession,
} from "./store.ts";

export interface TakeInput {
  readonly network: Network;
  readonly scan: ScanResult;
}

interface Known {
  readonly network: Network;
  readonly sessions: ReadonlyMap<string, PayableSession>;
  readonly quotes: ReadonlyMap<string, readonly MatchQuote[]>;
  readonly paid: Set<string>;
  readonly currencies: ReadonlyMap<string, number>;
  readonly minedAt: ReadonlyMap<number, Date>;
  readonly seenAt: Date;
}

/**
 * Stores the transfers of a scanned range that bear a uuid of ours, matched with the session's quotes, and moves the
 * sessions they pay. In the transaction that moves the cursor. Other installations' uuids are ignored. Returns how many
 * payments were stored.
 */
export async function takeTransfers(ctx: Context, { network, scan }: TakeInput): Promise<number> {
  const transfers = withoutRepeats(scan.transfers);
  const uuids = [...new Set(transfers.map((transfer) => transfer.uuid))];
  if (uuids.length === 0) return 0;
  const sessions = await lockSessions(ctx.db, uuids);
  if (sessions.size === 0) return 0;
  const ours = [...sessions.keys()];
  const known: Known = {
    network,
    sessions,
    quotes: await loadMatchQuotes(ctx.db, ours, network.slug),
    paid: await loadPaidSessions(ctx.db, ours),
    currencies: await loadCurrencies(ctx.db, network.slug),
    minedAt: new Map(scan.blocks.map((block) => [block.number, new Date(block.timestamp * 1000)])),
    seenAt: ctx.clock.now(),
  };
  const rows = transfers.flatMap((transfer) => rowOf(known, transfer));
  const stored = await insertPayments(ctx.db, rows);
  const fresh = rows.filter((row) => stored.has(keyOf(row)));
  const readTo = scan.blocks.at(-1)?.number ?? 0;
  const changes = fresh.filter((row) => row.paysSession).map((row) => changeOf(known, row, readTo));
  // A lost row that is read again: its session heard of it already.
  const isNews = ({ from, to }: StatusChange) => from !== "completed" && mayChange(from, to);
  await transition(ctx, changes.filter(isNews));
  await appendEvents(ctx, fresh.flatMap(eventOf));
  return fresh.length;
}

const keyOf = (transfer: { transactionHash: string; logIndex: number }): string =>
  `${transfer.transactionHash}:${transfer.logIndex}`;

/** A provider may list one log twice. */
function withoutRepeats(transfers: readonly Transfer[]): Transfer[] {
  return [...new Map(transfers.map((transfer) => [keyOf(transfer), transfer])).values()];
}

function rowOf(known: Known, transfer: Transfer): NewPayment[] {
  const session = known.sessions.get(transfer.uuid);
  const minedAt = known.minedAt.get(transfer.blockNumber);
  if (!session || !minedAt) return [];
  const quotes = known.quotes.get(transfer.uuid) ?? [];
  const { status, expiresAt } = session;
  const match: Match = matchTransfer({
    transfer,
    quotes,
    status,
    expiresAt,
    minedAt,
    paid: known.paid.has(transfer.uuid),
  });
  if (match.paysSession) known.paid.add(transfer.uuid);
  return [
    {
      ...transfer,
      ...match,
      organizationId: session.organizationId,
      test: session.test,
      network: known.network.slug,
      currencyId: known.currencies.get(transfer.token.toLowerCase()) ?? null,
      minedAt,
      seenAt: known.seenAt,
    },
  ];
}

function changeOf(known: Known, row: NewPayment, readTo: number): StatusChange {
  const from: TransactionStatusName = known.sessions.get(row.uuid)?.status ?? "created";
  const have = readTo - row.blockNumber + 1;
  const message = confirmationsMessage({ have, needed: known.network.confirmations });
  return { uuid: row.uuid, from, to: "waitingConfirmation", message, transactionHash: row.transactionHash };
}

const eventTypes: Readonly<Record<NewPayment["match"], string | null>> = {
  // The session's own event tells of it.
  exact: null,
  late: "payment.late",
  duplicate: "payment.duplicate",
  under: "payment.unmatched",
  over: "payment.unmatched",
  wrong_token: "payment.unmatched",
  wrong_terms: "payment.unmatched",
};

function eventOf(row: NewPayment): NewEvent[] {
  const type = eventTypes[row.match];
  if (type === null) return [];
  return [
    {
      organizationId: row.organizationId,
      test: row.test,
      type,
      subjectUuid: row.uuid,
      data: {
        match: row.match,
        network: row.network,
        transactionHash: row.transactionHash,
        logIndex: row.logIndex,
        blockNumber: row.blockNumber,
        from: row.payer,
        to: row.merchant,
        token: row.token,
        currencyId: row.currencyId,
        amountBase: String(row.amountBase),
        merchantReceivedBase: String(row.merchantReceivedBase),
        differenceBase: row.differenceBase === null ? null : String(row.differenceBase),
      },
    },
  ];
}
