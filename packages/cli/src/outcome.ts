import { ChainUnavailableError, LocalChainError, NetworkDataError, RpcError } from "@qbitflow/chains";
import { isDatabaseUnavailable, MigrationError } from "@qbitflow/db";
import { ConnectionError, QBitFlowError, ServerError, TimeoutError } from "@qbitflow/sdk";
import { ConfigError, LocalChainStoppedError } from "@qbitflow/server";
import type { Answer } from "./command.ts";
import { InterruptedError, NotRunningError, RefusedError, UsageError } from "./errors.ts";
import { exitCodes } from "./exit-codes.ts";

/** How a command line ended: what goes to standard output, and to standard error. */
export interface Outcome {
  readonly exitCode: number;
  readonly output: string;
  readonly errorOutput: string;
}

/** What is printed of an answer; nothing of none. */
export function outcomeOf(answer: Answer | undefined, json: boolean): Outcome {
  const { body, text, exitCode = exitCodes.done } = answer ?? {};
  const output = body === undefined ? "" : json ? toJson(body) : (text ?? readable(body));
  return { exitCode, output, errorOutput: "" };
}

/** What is printed of a failure: a sentence, and with --json on standard output what the other side said. */
export function failureOf(error: unknown, json: boolean): Outcome {
  const { message, body } = said(error);
  return { exitCode: exitCodeOf(error), output: json ? toJson(body) : "", errorOutput: message };
}

function said(error: unknown): { readonly message: string; readonly body: object } {
  if (error instanceof RefusedError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof QBitFlowError)) return { message, body: { error: message } };
  const { code, status, requestId, errors } = error;
  const lines = errors.filter((one) => one.message !== message).map((one) => `  ${one.field}: ${one.message}`);
  return { message: [message, ...lines].join("\n"), body: { error: message, code, status, requestId, errors } };
}

function exitCodeOf(error: unknown): number {
  const is = (...kinds: (abstract new (...rest: never[]) => Error)[]) => kinds.some((kind) => error instanceof kind);
  if (is(InterruptedError)) return exitCodes.interrupted;
  if (is(UsageError, ConfigError, NetworkDataError, MigrationError)) return exitCodes.usage;
  // Refused before anything was sent: a key or an address that cannot be one.
  if (error instanceof QBitFlowError && error.code === "invalid_option") return exitCodes.usage;
  if (is(NotRunningError, LocalChainStoppedError, LocalChainError)) return exitCodes.unreachable;
  if (is(ConnectionError, TimeoutError, ServerError)) return exitCodes.unreachable;
  if (error instanceof RpcError) {
    return ["timeout", "transport", "rate_limited"].includes(error.failure) ? exitCodes.unreachable : exitCodes.refused;
  }
  return isUnreachable(error) ? exitCodes.unreachable : exitCodes.refused;
}

/** Nothing answered, somewhere down the chain of causes. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof ChainUnavailableError || isDatabaseUnavailable(error)) return true;
  const codes = new Set(["ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT", "EHOSTUNREACH", "ECONNRESET"]);
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth++) {
    if (codes.has((cause as NodeJS.ErrnoException).code ?? "") || cause.name === "HttpRequestError") return true;
  }
  return false;
}

/** JSON in which ids are numbers. */
export function toJson(value: object, indent: number | undefined = 2): string {
  return JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? Number(item) : item), indent);
}

/** One `name: value` a line; a list as one line an item. */
export function readable(body: object): string {
  const plain = JSON.parse(toJson(body)) as { items?: object[] };
  if (plain.items === undefined) return fields(plain).join("\n");
  if (plain.items.length === 0) return "None.";
  return plain.items.map((item) => fields(item).join("  ")).join("\n");
}

function fields(item: object): string[] {
  return Object.entries(item).map(
    ([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`,
  );
}
