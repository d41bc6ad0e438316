import {
  AuthenticationError,
  ConflictError,
  type ErrorDetails,
  type FieldError,
  GoneError,
  NotFoundError,
  PermissionError,
  QBitFlowError,
  RateLimitError,
  ServerError,
  ValidationError,
} from "./errors.ts";
import { retryAfterMs } from "./retry.ts";

const longestMessage = 1000;

/** What an error needs of an answer; `text` is the body as it came. */
export interface FailedResponse {
  status: number;
  headers: Headers;
  text: string;
  /** `POST /v1/product`: named where the server gave no sentence of its own. */
  route: string;
}

/** The typed error for an answer that is not 2xx. A body that is not the API's (a proxy's page) still gets its class. */
export function errorFromResponse(response: FailedResponse, nowMs: number): QBitFlowError {
  const body = parseBody(response.text);
  const errors = fieldErrors(body.errors);
  const sentence = typeof body.error === "string" && body.error !== "" ? body.error : defaultSentence(response);
  const fields = errors.map((item) => `${item.field}: ${item.message}`).join("; ");
  const message = (fields === "" || sentence.includes(fields) ? sentence : `${sentence} (${fields})`).slice(
    0,
    longestMessage,
  );
  const details: ErrorDetails = {
    code: typeof body.code === "string" ? body.code : `http_${response.status}`,
    status: response.status,
    requestId:
      typeof body.requestId === "string" ? body.requestId : (response.headers.get("x-request-id") ?? undefined),
    errors,
    retryAfterMs: retryAfterMs(response.headers.get("retry-after"), nowMs),
  };
  const ErrorClass = classOf(response.status);
  return new ErrorClass(message, details);
}

function classOf(status: number): typeof QBitFlowError {
  switch (status) {
    case 400:
    case 413:
    case 415:
    case 422:
      return ValidationError;
    case 401:
      return AuthenticationError;
    case 403:
      return PermissionError;
    case 404:
      return NotFoundError;
    case 409:
      return ConflictError;
    case 410:
      return GoneError;
    case 429:
      return RateLimitError;
    default:
      return status >= 500 ? ServerError : QBitFlowError;
  }
}

function defaultSentence({ status, route }: FailedResponse): string {
  if (status === 0 || (status >= 300 && status < 400)) {
    return `${route} was redirected, which the SDK does not follow because it would hand your API key on. Set baseUrl to the final address of your QBitFlow server.`;
  }
  if (status >= 500)
    return `${route} failed on the server (${status}). Try again; if it stays, look at the server's log.`;
  if (status === 404)
    return `${route} is unknown there (404). Check that baseUrl is the address of your QBitFlow server.`;
  return `${route} was refused (${status}).`;
}

function parseBody(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function fieldErrors(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (typeof item !== "object" || item === null) return [];
    const { field, message, error } = item as Record<string, unknown>;
    const text = typeof message === "string" ? message : error;
    return typeof field === "string" && typeof text === "string" ? [{ field, message: text }] : [];
  });
}
