/** Why an endpoint did not give what was asked. Only `too_much` and `refused` say nothing against the endpoint. */
export type RpcFailure =
  | "timeout"
  | "transport"
  | "malformed"
  | "wrong_chain"
  | "rate_limited"
  | "too_much"
  | "refused";

/** A failed JSON-RPC request. The message names the endpoint by host only: its URL may hold a key. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly failure: RpcFailure;
  /** The JSON-RPC error code, where there was one. */
  readonly code: number | null;
  readonly retryAfterMs: number | null;
  /** What a reverted call answered, as hex, where the provider passes it on. */
  readonly data: `0x${string}` | null;

  constructor(
    failure: RpcFailure,
    message: string,
    details: { code?: number; retryAfterMs?: number | null; data?: `0x${string}` | null } = {},
  ) {
    super(message);
    this.failure = failure;
    this.code = details.code ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.data = details.data ?? null;
  }
}

// Providers agree on no code: -32005 is "too many requests" with one and "too many results" with another, so the
// words decide first.
const RATE_WORDS = /rate.?limit|too many requests|request limit|throttl|capacity|quota|exceeded.*(per|compute)|daily/i;
const SIZE_WORDS =
  /range|batch|too many (results|logs|blocks)|more than \d+|results?\b.*(exceed|limit|large)|(response|payload|body).*(size|large|exceed)|size exceeded|too large|query timeout|took too long|up to a? ?\d+ block|max(imum)? .*block|limited to/i;
/** A contract's own failure, with words that the contract chooses. */
const EXECUTION_FAILED =
  /execution reverted|out of ?gas|evm ?error|invalid (opcode|jump)|stack (under|over)flow|vm (execution|exception)/i;
const REVERTED = 3;
const RATE_CODES = new Set([429, -32005, -32029, -32097]);

/** The code of a call that reverts; its words are the contract's and say nothing of the provider. */
const REVERT_CODE = 3;

/** True when a contract that was called failed: it reverted, or used up its gas. */
export function isExecutionFailure(code: number | null, message: string): boolean {
  return code === REVERTED || EXECUTION_FAILED.test(message);
}

/** What kind of failure a JSON-RPC error is. */
export function classifyRpcError(code: number, message: string): RpcFailure {
  // First of all: whoever writes a contract must not be able to make an endpoint rest by what it reverts with.
  if (isExecutionFailure(code, message)) return "refused";
  if (code === REVERT_CODE || /\breverted\b/i.test(message)) return "refused";
  if (SIZE_WORDS.test(message) && !/too many requests/i.test(message)) return "too_much";
  if (RATE_WORDS.test(message) || RATE_CODES.has(code)) return "rate_limited";
  return "refused";
}
