/** The command line cannot be understood, or lacks something; the message says what. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The server, the chain or the API said no. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  /** What it said, for --json. */
  readonly body: object;

  constructor(message: string, body: object = { error: message }) {
    super(message);
    this.body = body;
  }
}

/** What is asked does not run. */
export class NotRunningError extends Error {
  override readonly name = "NotRunningError";
}

/** SIGINT or SIGTERM came before the command was done. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}
