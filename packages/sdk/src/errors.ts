/** What the API said about one field of a refused request. */
export interface FieldError {
  field: string;
  message: string;
}

/** Where an error came from; everything is optional because a request may fail before there is an answer. */
export interface ErrorDetails {
  code: string;
  status?: number | undefined;
  requestId?: string | undefined;
  errors?: FieldError[] | undefined;
  retryAfterMs?: number | undefined;
  cause?: unknown;
}

/** Every failure of the SDK is one of these; `code` is stable, `message` is a sentence that says what to do. */
export class QBitFlowError extends Error {
  /** Stable, in snake_case: the API's code, or `connection_failed`, `timeout`, `invalid_response`, `invalid_option`, `clock_stopped`. */
  readonly code: string;
  /** The HTTP status, when the server answered. */
  readonly status: number | undefined;
  /** Names this request in the server's log. */
  readonly requestId: string | undefined;
  /** One entry per refused field; empty when the failure is not about fields. */
  readonly errors: FieldError[];
  /** How long the server asks to wait (429, 503), in milliseconds; undefined when it did not say. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, details: ErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = details.code;
    this.status = details.status;
    this.requestId = details.requestId;
    this.errors = details.errors ?? [];
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** 400, 413, 415, 422, or an argument refused before anything was sent (then `status` is undefined). See `errors`. */
export class ValidationError extends QBitFlowError {}
/** 401: the key is missing, unknown or expired. */
export class AuthenticationError extends QBitFlowError {}
/** 403: the key's role does not allow this. */
export class PermissionError extends QBitFlowError {}
/** 404: unknown, or of another mode (test or live) or organization; the API never tells which. */
export class NotFoundError extends QBitFlowError {}
/** 409: in conflict with what exists, or an Idempotency-Key used again with another body. */
export class ConflictError extends QBitFlowError {}
/** 410: the session has expired, or is about to (`session_close_to_expire`). Create a new one. */
export class GoneError extends QBitFlowError {}
/** 5xx, after the retries. */
export class ServerError extends QBitFlowError {}
/** No answer at all: wrong address, no network, a refused or broken connection. `cause` has the reason. */
export class ConnectionError extends QBitFlowError {}
/** No answer in time. */
export class TimeoutError extends QBitFlowError {}

/** 429, after the retries; `retryAfterMs` says when to come back. */
export class RateLimitError extends QBitFlowError {}

/** Why a webhook was refused. */
export type WebhookVerificationReason =
  | "secret_missing"
  | "secret_malformed"
  | "headers_missing"
  | "timestamp_malformed"
  | "timestamp_out_of_tolerance"
  | "signature_malformed"
  | "signature_mismatch"
  | "payload_malformed"
  | "refused_by_server";

/** The request is not a webhook of your QBitFlow server: answer 400 and do nothing else. */
export class WebhookVerificationError extends QBitFlowError {
  readonly reason: WebhookVerificationReason;

  constructor(message: string, reason: WebhookVerificationReason, cause?: unknown) {
    super(message, { code: "webhook_verification_failed", cause });
    this.reason = reason;
  }
}
