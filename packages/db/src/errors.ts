const UNIQUE_VIOLATION = "23505";

/** The statement broke a unique constraint (that one, when named): both drivers report it alike. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof Error)) return false;
  const { code, constraint: broken } = error as Error & { code?: unknown; constraint?: unknown };
  return code === UNIQUE_VIOLATION && (constraint === undefined || broken === constraint);
}

// Classes of SQLSTATE that say nothing of the statement: the connection, resources, an operator's intervention.
const UNAVAILABLE = /^(08|53|57)...$/;
const NETWORK_CODES = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN"]);
// The driver's own errors have no code.
const DRIVER_WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection)/;

/** A first connection could not be made: nothing answers there, or it lets nobody in. The message is what was said, never empty. */
export class DatabaseUnreachableError extends Error {
  override readonly name = "DatabaseUnreachableError";

  constructor(cause: unknown) {
    const { message, code } = cause as { message?: string; code?: string };
    // Where a name has several addresses, what is thrown says nothing itself.
    super(message || code || String(cause), { cause });
  }
}

/** The database could not be asked, or did not answer in time. What was asked of it may have happened or not. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof DatabaseUnreachableError) return true;
  const { code, syscall } = error as Error & { code?: unknown; syscall?: unknown };
  if (typeof code !== "string") return DRIVER_WORDS.test(error.message);
  // The socket file of a server that does not run is not there.
  return syscall === "connect" || NETWORK_CODES.has(code) || UNAVAILABLE.test(code);
}
