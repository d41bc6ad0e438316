import { parseDecimal } from "@qbitflow/money";

const MAX_BODY_BYTES = 64 * 1024;
const PRICE_SCALE = 18;

/** What a JSON source is given; both are replaceable, so that tests talk to a local server in the real format. */
export interface HttpSourceOptions {
  readonly clock: { now(): Date };
  readonly baseUrl?: string;
  readonly fetch?: typeof fetch;
}

/** A source that answered with an error or in another format. */
export class SourceError extends Error {
  override readonly name = "SourceError";
}

export interface JsonRequest {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly fetch?: typeof fetch | undefined;
  readonly body?: unknown;
}

/**
 * Fetches a small JSON document. Its numbers come back as the text that was sent, so that no price passes through a
 * float. Throws SourceError for another status than 2xx (404 answers null), too large a body, or no JSON.
 */
export async function readJson(request: JsonRequest): Promise<unknown> {
  const post = request.body !== undefined;
  const response = await (request.fetch ?? fetch)(request.url, {
    method: post ? "POST" : "GET",
    headers: { accept: "application/json", ...(post ? { "content-type": "application/json" } : {}) },
    signal: request.signal,
    redirect: "error",
    ...(post ? { body: JSON.stringify(request.body) } : {}),
  });
  if (response.status === 404) {
    await response.body?.cancel();
    return null;
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new SourceError(`answered with status ${response.status}`);
  }
  return parseKeepingNumbers(await readText(response));
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new SourceError("answered with too large a body");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseKeepingNumbers(text: string): unknown {
  const keep = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === "number" ? (context?.source ?? String(value)) : value;
  try {
    return JSON.parse(text, keep as (key: string, value: unknown) => unknown);
  } catch {
    throw new SourceError("answered with something that is not JSON");
  }
}

/** A field of an object that came from outside; undefined for anything else. */
export function field(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key]
    : undefined;
}

/** Decimal text of a price → × 10^18, exactly. Throws SourceError; zero and negative pass, the guards judge them. */
export function parsePrice(value: unknown): bigint {
  if (typeof value !== "string") throw new SourceError("answered without a price");
  try {
    return parseDecimal(value, PRICE_SCALE);
  } catch {
    throw new SourceError(`answered with ${JSON.stringify(value.slice(0, 40))} as a price`);
  }
}
