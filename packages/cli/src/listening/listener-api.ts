import type { HeardDelivery } from "@qbitflow/api";
import type { Connection } from "../api-client.ts";
import { NotRunningError, RefusedError } from "../errors.ts";

/** The server knows the listener no more: it was silent for too long, or the database is another. */
export class ListenerGoneError extends Error {
  override readonly name = "ListenerGoneError";
}

const WAIT_SECONDS = 20;
const ANSWER_MS = 35_000;
const LAST_WORD_MS = 2_000;

interface Call {
  readonly method: "POST" | "DELETE";
  readonly path: string;
  readonly body?: object;
  readonly signal: AbortSignal;
}

/** @throws NotRunningError where no answer comes or it says "later"; ListenerGoneError; RefusedError */
async function ask<T>({ baseUrl, apiKey }: Connection, { method, path, body, signal }: Call): Promise<T> {
  const url = `${baseUrl.replace(/\/v1$/, "")}/v1/webhooks/listeners${path}`;
  const headers = { "x-api-key": apiKey, ...(body !== undefined && { "content-type": "application/json" }) };
  const request = {
    method,
    headers,
    redirect: "error",
    ...(body !== undefined && { body: JSON.stringify(body) }),
  } as const;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
  let [status, answer]: [number, { error?: string }] = [0, {}];
  try {
    const response = await fetch(url, { ...request, signal: limited });
    [status, answer] = [response.status, (await response.json()) as { error?: string }];
  } catch (cause) {
    throw new NotRunningError(`The server at ${baseUrl} does not answer.`, { cause });
  }
  const message = answer.error ?? `The server answered ${status}.`;
  if (status === 200) return answer as T;
  if (status === 404 && path !== "") throw new ListenerGoneError(message);
  // Opening is refused for good where too many listen; asking too often passes.
  if (status >= 500 || (status === 429 && path !== "")) throw new NotRunningError(message);
  throw new RefusedError(message, answer);
}

export async function openListener(connection: Connection, signal: AbortSignal): Promise<string> {
  return (await ask<{ id: string }>(connection, { method: "POST", path: "", signal })).id;
}

/** Waits for webhooks; those whose positions are `taken` do not come again. */
export async function nextDeliveries(
  connection: Connection,
  { id, taken, signal }: { readonly id: string; readonly taken: readonly number[]; readonly signal: AbortSignal },
): Promise<HeardDelivery[]> {
  const body = { taken, waitSeconds: WAIT_SECONDS };
  return (await ask<{ items: HeardDelivery[] }>(connection, { method: "POST", path: `/${id}/next`, body, signal }))
    .items;
}

/** The server forgets a listener by itself, too: this does not wait long. */
export async function closeListener(connection: Connection, id: string): Promise<void> {
  const signal = AbortSignal.timeout(LAST_WORD_MS);
  await ask(connection, { method: "DELETE", path: `/${id}`, signal }).catch(() => undefined);
}
