import { type ErrorAnswer, type ErrorCode, errorCodes } from "@qbitflow/api";
import { ChainUnavailableError } from "@qbitflow/chains";
import { DomainError, type ErrorKind, type FieldError } from "@qbitflow/core";
import { isDatabaseUnavailable } from "@qbitflow/db";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { drainBody } from "./drain-body.ts";
import { RateLimitedError } from "./rate-limit.ts";

const statusOfKind: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  unprocessable: 422,
  rate_limited: 429,
  unavailable: 503,
};
const MAX_FIELD_ERRORS = 20;

interface Failure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly fields: readonly FieldError[];
}

/** The failure's answer on the wire. An error nobody expected says nothing of itself: the log has it. */
export function errorAnswer(error: unknown, requestId: string): ErrorAnswer {
  const failure = failureOf(error);
  const fields = failure.status === 400 && failure.fields.length === 0 ? [nearestField(failure)] : failure.fields;
  return {
    error: failure.message,
    code: failure.code,
    status: failure.status,
    requestId,
    ...(fields.length > 0 && {
      errors: fields.slice(0, MAX_FIELD_ERRORS).map(({ field, message }) => ({ field, message, error: message })),
    }),
  };
}

/** A 1.x client shows only `errors` of a 400, so each has at least one: where no field is to blame, the nearest thing. */
function nearestField({ code, message }: Failure): FieldError {
  const fields: Record<string, string> = {
    invalid_cursor: "cursor",
    webhook_signature_invalid: "receivedSignature",
    webhook_timestamp_invalid: "receivedTimestamp",
    webhook_timestamp_too_old: "receivedTimestamp",
    webhook_payload_invalid: "payload",
    invalid_idempotency_key: "Idempotency-Key",
  };
  return { field: fields[code] ?? "body", message };
}

function known(code: ErrorCode, message: string = errorCodes[code].sentence): Failure {
  return { status: errorCodes[code].status, code, message, fields: [] };
}

/** The catalogue's where it knows the code: a kind is coarser. */
function statusOf({ code, kind }: DomainError): number {
  return Object.hasOwn(errorCodes, code) ? errorCodes[code as ErrorCode].status : statusOfKind[kind];
}

function failureOf(error: unknown): Failure {
  if (error instanceof DomainError) {
    return { status: statusOf(error), code: error.code, message: error.message, fields: error.fields };
  }
  if (error instanceof ChainUnavailableError)
    return known("unavailable", "The chain does not answer at the moment: try again in a few seconds.");
  if (isDatabaseUnavailable(error))
    return known("unavailable", "The database does not answer at the moment: try again in a few seconds.");
  const fastifyError = error as Partial<FastifyError>;
  if (fastifyError.validation !== undefined) return validationFailure(fastifyError as FastifyError);
  switch (fastifyError.code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return known("body_too_large");
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return known("unsupported_media_type");
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
    case "FST_ERR_BAD_URL":
      return known("validation_failed", "The request is malformed.");
  }
  return known("internal_error");
}

function validationFailure(error: FastifyError): Failure {
  const fields = (error.validation ?? []).map((problem) => {
    const missing = problem.params?.missingProperty;
    const extra = problem.params?.additionalProperty;
    const path = problem.instancePath.split("/").slice(1);
    const name = typeof missing === "string" ? missing : typeof extra === "string" ? extra : undefined;
    const field = [...path, ...(name === undefined ? [] : [name])].join(".") || (error.validationContext ?? "body");
    return { field: field.slice(0, 200), message: fieldSentence(problem) };
  });
  const named = [...new Set(fields.map(({ field }) => field))].slice(0, 5).join(", ");
  return {
    status: 400,
    code: "validation_failed",
    message: `Check these fields: ${named}.`,
    fields: fields.filter((item, index) => fields.findIndex(({ field }) => field === item.field) === index),
  };
}

function fieldSentence({ keyword, params, message }: NonNullable<FastifyError["validation"]>[number]): string {
  if (keyword === "required") return "is missing";
  if (keyword === "additionalProperties") return "is not a known field";
  if (keyword === "type") return `must be ${[params.type].flat().join(" or ")}`;
  if (keyword === "enum") return `must be one of ${(params.allowedValues as unknown[]).join(", ")}`;
  return message ?? "is not valid";
}

/** Logs what is ours to mend and sets the status and `Retry-After`; the body is the caller's. */
export function noteFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): ErrorAnswer {
  const answer = errorAnswer(error, request.id);
  if (answer.status >= 500) request.log.error({ err: error, requestId: request.id }, answer.error);
  if (error instanceof RateLimitedError) reply.header("retry-after", String(error.retryAfterSeconds));
  else if (answer.status === 429 || answer.status === 503) reply.header("retry-after", "5");
  reply.code(answer.status);
  return answer;
}

/** Fastify's error handler: one place where failures become answers. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const answer = noteFailure(error, request, reply);
  const send = () => reply.type("application/json; charset=utf-8").send(JSON.stringify(answer));
  if (answer.status === 413) drainBody(request.raw).then(send, send);
  else send();
}
