import type { Db } from "@qbitflow/db";
import { type Bell, createBell } from "../loop.ts";

interface Waiting {
  readonly bell: Bell;
  readonly end: AbortController;
}

/** Wakes the requests that wait for a listener's next webhook, whichever process made it. */
export class ListenerBells {
  readonly #waiting = new Map<string, Waiting>();
  #stopListening: () => Promise<void> = async () => {};
  #stopped = false;

  async start(db: Db): Promise<void> {
    this.#stopListening = await db.listen("webhook_unheard", (listenerId) => {
      // After a lost connection nothing is known to have been missed or not.
      if (listenerId === "") for (const { bell } of this.#waiting.values()) bell.ring();
      else this.#waiting.get(listenerId)?.bell.ring();
    });
  }

  /** Ends all waits: they answer that nothing came. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { end } of this.#waiting.values()) end.abort();
    await this.#stopListening();
  }

  /**
   * What `look` finds, at once or as soon as something came; nothing after `waitMs`. One waits for a listener at a time: a
   * newcomer ends the wait before it.
   */
  async look<T>(
    listenerId: string,
    look: () => Promise<readonly T[]>,
    { waitMs, signal }: { readonly waitMs: number; readonly signal: AbortSignal },
  ): Promise<readonly T[]> {
    if (waitMs === 0 || this.#stopped) return look();
    this.#waiting.get(listenerId)?.end.abort();
    const waiting = { bell: createBell(), end: new AbortController() };
    this.#waiting.set(listenerId, waiting);
    try {
      const found = await look();
      if (found.length > 0) return found;
      const ended = AbortSignal.any([signal, waiting.end.signal]);
      await waiting.bell.wait(waitMs, ended);
      return ended.aborted ? [] : await look();
    } finally {
      if (this.#waiting.get(listenerId) === waiting) this.#waiting.delete(listenerId);
    }
  }
}
