import { type AbiEvent, toEventSelector } from "viem";
import type { Hex } from "../../adapter.ts";
import type { ChargeFailure, MandateEvent } from "../../mandate.ts";
import { subscriptionsAbi } from "../generated/subscriptions.ts";
import type { Log } from "../payment-log.ts";
import { RpcError } from "../rpc-error.ts";
import { addressFromWord, uuidFromWord } from "../terms.ts";

/** An event of the subscriptions contract with its log. */
export interface MandateLog {
  readonly log: Log;
  readonly mandateEvent: MandateEvent;
}

type EventName = Extract<(typeof subscriptionsAbi)[number], { type: "event" }>["name"];

function topicOf(name: EventName): string {
  const entry = subscriptionsAbi.find((item) => item.type === "event" && item.name === name);
  return toEventSelector(entry as AbiEvent);
}

/** The contract's numbers of `ChargeFailure`. 0 is no failure. */
const FAILURES: readonly (ChargeFailure | null)[] = [
  null,
  "mandate_inactive",
  "mandate_cancelled",
  "mandate_ended",
  "not_due",
  "already_charged",
  "period_over",
  "cap_exceeded",
  "terms_refused",
  "terms_refused",
  "terms_refused",
  "insufficient_balance",
  "insufficient_allowance",
  "token_refused",
  "terms_refused",
];

/** What an event says beyond its mandate, from the words of its data. */
type Body = MandateEvent extends infer E ? (E extends { type: string } ? OwnFields<E> : never) : never;
type OwnFields<E> = Omit<E, keyof Place>;
type Place = Omit<Extract<MandateEvent, { type: "stopped" }>, "type">;

interface Shape {
  readonly topics: number;
  readonly words: number;
  read(log: Log): Body;
}

function wordOf(log: Log, index: number): string {
  return log.data.slice(2 + index * 64, 66 + index * 64);
}

function amountOf(log: Log, index: number): bigint {
  return BigInt(`0x${wordOf(log, index)}`);
}

function bad(): never {
  throw new RpcError("malformed", "An endpoint answered with a bad mandate log.");
}

/** A number that our contract keeps small. */
function smallOf(log: Log, index: number): number {
  const value = amountOf(log, index);
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : bad();
}

/**
 * The period that a refused charge was asked for. Anybody may ask for any number, and be refused with it in the log: one
 * above what a number holds is told as the largest, as a log that could not be read would let the whole chain stand still.
 */
function askedPeriodOf(log: Log, index: number): number {
  const value = amountOf(log, index);
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : Number.MAX_SAFE_INTEGER;
}

const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  [
    topicOf("Activated"),
    {
      topics: 4,
      words: 6,
      read: ({ topics }) => ({ type: "activated", subscriber: addressFromWord(topics[3] ?? "") }),
    },
  ],
  [
    topicOf("Charged"),
    {
      topics: 3,
      words: 5,
      read: (log) => ({
        type: "charged",
        periodIndex: smallOf(log, 0),
        amountBase: amountOf(log, 1),
        feeBase: amountOf(log, 2),
        organizationFeeBase: amountOf(log, 3),
        executionFeeBase: amountOf(log, 4),
      }),
    },
  ],
  [
    topicOf("ChargeFailed"),
    {
      topics: 3,
      words: 2,
      read: (log) => ({
        type: "charge_failed",
        periodIndex: askedPeriodOf(log, 0),
        reason: FAILURES[smallOf(log, 1)] ?? bad(),
      }),
    },
  ],
  [
    topicOf("MaximumSet"),
    { topics: 3, words: 1, read: (log) => ({ type: "maximum_changed", maximumBase: amountOf(log, 0) }) },
  ],
  [topicOf("Stopped"), { topics: 3, words: 2, read: () => ({ type: "stopped" }) }],
  [
    topicOf("Cancelled"),
    { topics: 3, words: 1, read: (log) => ({ type: "cancelled", by: addressFromWord(wordOf(log, 0)) }) },
  ],
]);

/**
 * First topics of the events that are read. `GroupFailed` is not among them: it names no mandate. A charge of a mined
 * transaction that has neither `charged` nor `charge_failed` failed with its group.
 */
export const MANDATE_TOPICS: readonly string[] = [...SHAPES.keys()];

/** True for such an event of one of these contracts (lower case). */
export function isMandateLog(log: Log, contracts: ReadonlySet<string>): boolean {
  return contracts.has(log.address) && SHAPES.has(log.topics[0] ?? "");
}

/** What the event says. Throws RpcError `malformed` for one that our contract cannot have written. */
export function decodeMandateEvent(log: Log): MandateLog {
  const [topic = "", hash = "", uuid = ""] = log.topics;
  const shape = SHAPES.get(topic);
  if (!shape || log.topics.length !== shape.topics || log.topics.some((word) => !/^0x[0-9a-f]{64}$/.test(word))) bad();
  if (!/^0x[0-9a-f]*$/.test(log.data) || log.data.length !== 2 + shape.words * 64) bad();
  const { blockNumber, blockHash, transactionHash, logIndex } = log;
  const place: Place = {
    blockNumber,
    blockHash,
    transactionHash,
    logIndex,
    contract: addressFromWord(log.address),
    mandateHash: hash as Hex,
    uuid: uuidFromWord(uuid.slice(2)),
  };
  return { log, mandateEvent: { ...place, ...shape.read(log) } as MandateEvent };
}
