import { setTimeout as sleep } from "node:timers/promises";
import type { HeardDelivery } from "@qbitflow/api";
import type { Connection } from "../api-client.ts";
import { NotRunningError } from "../errors.ts";
import { closeListener, ListenerGoneError, nextDeliveries, openListener } from "./listener-api.ts";

const FIRST_REST_MS = 250;
const LONGEST_REST_MS = 5_000;

export interface Following {
  /** Asked anew after a failure: a local server that was started again may be elsewhere. */
  readonly connect: () => Promise<Connection>;
  readonly tell: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A server that was reached once is waited for, however long it is away. */
async function rest(failures: number, { tell, signal }: Following): Promise<void> {
  if (failures === 1) tell("The server does not answer. Trying again until it does; nothing is lost for 15 minutes.");
  const restMs = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(failures - 1, 10));
  await sleep(restMs, undefined, { signal }).catch(() => undefined);
}

/**
 * Webhooks of the connection's key, in their order, until the signal aborts. One counts as taken when the next is asked for.
 * @throws NotRunningError where the server does not answer at first; RefusedError
 */
export async function* deliveries(following: Following): AsyncGenerator<HeardDelivery, void, undefined> {
  const { connect, tell, signal } = following;
  let connection = await connect();
  let id = await openListener(connection, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  if (id === undefined) return;
  let taken: number[] = [];
  let failures = 0;
  tell(`Listening to the webhooks of ${connection.baseUrl}.`);
  try {
    while (!signal.aborted) {
      try {
        if (failures > 0) connection = await connect();
        id ??= await openListener(connection, signal);
        const items = await nextDeliveries(connection, { id, taken, signal });
        if (failures > 0) tell("The server answers again.");
        [failures, taken] = [0, []];
        for (const item of items) {
          yield item;
          taken.push(item.position);
        }
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ListenerGoneError) {
          tell(
            "The server has forgotten this listener and gets a new one. What happened meanwhile: qbitflow events list.",
          );
          [id, taken] = [undefined, []];
        } else if (error instanceof NotRunningError) {
          failures += 1;
          await rest(failures, following);
        } else throw error;
      }
    }
  } finally {
    if (id !== undefined) await closeListener(connection, id);
  }
}
