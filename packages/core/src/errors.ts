/** Kinds of failure the domain knows; each transport translates a kind once (HTTP: the status in brackets). */
export type ErrorKind =
  | "invalid" // 400
  | "unauthenticated" // 401
  | "forbidden" // 403
  | "not_found" // 404
  | "conflict" // 409
  | "gone" // 410
  | "unprocessable" // 422
  | "rate_limited" // 429
  | "unavailable"; // 503

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** A failure a caller can act on: `code` is stable (documented in docs/errors.md), `message` is a sentence that says what to do. */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly kind: ErrorKind;
  readonly code: string;
  readonly fields: readonly FieldError[];

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    options: { fields?: readonly FieldError[]; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.code = code;
    this.fields = options.fields ?? [];
  }
}
