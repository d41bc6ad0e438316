import { createHash } from "node:crypto";
import { DomainError, type FieldError } from "../errors.ts";
import { type Fields, readFields } from "../fields.ts";
import { readInstant } from "../instant.ts";
import { readMetadata } from "../metadata.ts";
import { isUuid } from "../uuid.ts";
import { canonicalJson } from "../webhook/index.ts";
import { readUnits } from "./units.ts";

export const MAX_EVENTS = 1_000;
const EVENT_ID = { max: 200, name: true } as const;

export interface ReadUsageEvent {
  readonly eventId: string;
  readonly subscriptionUuid: string;
  readonly unitsMicros: bigint;
  readonly occurredAt: Date;
  readonly metadata: Readonly<Record<string, string>> | null;
  /** SHA-256 (hex) of what the event says: tells a repetition from a contradiction. */
  readonly contentHash: string;
}

function readTime(fields: Fields): Date {
  const at = readInstant(fields.text("occurredAt", { max: 64 }));
  if (at === null && fields.has("occurredAt")) {
    fields.problem("occurredAt", "must be a time since 1970 with its zone, like 2026-01-15T10:00:00Z");
  }
  return at ?? new Date(0);
}

function readEvent(input: unknown): { event: ReadUsageEvent; problems: readonly FieldError[] } {
  const fields = readFields(input);
  const eventId = fields.text("eventId", EVENT_ID);
  const uuid = fields.text("subscriptionUUID", { max: 64 });
  if (fields.has("subscriptionUUID") && !isUuid(uuid))
    fields.problem("subscriptionUUID", "must be a subscription's uuid");
  const units = readUnits(fields.raw("units"));
  if ("problem" in units) fields.problem("units", units.problem);
  const content = {
    eventId,
    subscriptionUuid: uuid.toLowerCase(),
    unitsMicros: "micros" in units ? units.micros : 0n,
    occurredAt: readTime(fields),
    metadata: readMetadata(fields),
  };
  const problems = fields.problems();
  return { event: { ...content, contentHash: problems.length === 0 ? hashOf(content) : "" }, problems };
}

function hashOf({ subscriptionUuid, unitsMicros, occurredAt, metadata }: Omit<ReadUsageEvent, "contentHash">): string {
  const content = { subscriptionUuid, units: String(unitsMicros), at: occurredAt.toISOString(), metadata };
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}

/** Reads `{events: [1 to 1000]}`; every wrong field is named as `events[3].units`. Throws `validation_failed`. */
export function readUsageEvents(input: unknown): ReadUsageEvent[] {
  const body = readFields(input);
  const given = body.raw("events");
  const isList = Array.isArray(given) && given.length > 0 && given.length <= MAX_EVENTS;
  if (!isList) body.problem("events", `must be a list of 1 to ${MAX_EVENTS} events`);
  body.done();
  const read = (given as unknown[]).map(readEvent);
  const problems = read.flatMap((one, index) =>
    one.problems.map(({ field, message }) => ({
      field: `events[${index}].${field}`,
      message: `events[${index}].${message}`,
    })),
  );
  if (problems.length > 0) {
    const summary = problems.slice(0, 3).map(({ message }) => message);
    throw new DomainError("invalid", "validation_failed", summary.join(" "), { fields: problems });
  }
  return read.map(({ event }) => event);
}
