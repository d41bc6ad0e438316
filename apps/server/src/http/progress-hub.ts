import type { CheckoutProgress } from "@qbitflow/api";
import { checkoutPayments, getPublicSession, statusOf } from "@qbitflow/core";
import type { ServerContext } from "../server-context.ts";

type Listener = (progress: CheckoutProgress) => void;

interface Topic {
  readonly listeners: Set<Listener>;
  latest: CheckoutProgress | undefined;
  /** Reading now; `again` when something happened meanwhile. */
  reading: boolean;
  again: boolean;
}

/** Statuses whose words change with each block. */
const movedByBlocks = new Set(["pending", "waitingConfirmation"]);

/**
 * Tells sockets how their sessions stand: one read per session and change, however many sockets look at it. Hears of
 * changes by NOTIFY, so it does not matter which process made them.
 */
export class ProgressHub {
  readonly #server: ServerContext;
  readonly #topics = new Map<string, Topic>();
  #stops: (() => Promise<void>)[] = [];

  constructor(server: ServerContext) {
    this.#server = server;
  }

  async start(): Promise<void> {
    const { db } = this.#server.core;
    this.#stops = await Promise.all([
      db.listen("session_status", (uuid) => (uuid === "" ? this.#refreshAll() : this.#refresh(uuid))),
      db.listen("chain_head", () => this.#refreshMoving()),
    ]);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#stops.map((stop) => stop()));
    this.#topics.clear();
  }

  /** Calls back with the present progress at once, then with each change. Returns the way to stop. */
  subscribe(uuid: string, listener: Listener): () => void {
    const topic = this.#topics.get(uuid) ?? { listeners: new Set(), latest: undefined, reading: false, again: false };
    this.#topics.set(uuid, topic);
    topic.listeners.add(listener);
    // What an earlier listener was told may be old by a moment, so it is read anew for each newcomer.
    topic.latest = undefined;
    this.#refresh(uuid);
    return () => {
      topic.listeners.delete(listener);
      if (topic.listeners.size === 0 && this.#topics.get(uuid) === topic) this.#topics.delete(uuid);
    };
  }

  #refreshAll(): void {
    for (const uuid of this.#topics.keys()) this.#refresh(uuid);
  }

  #refreshMoving(): void {
    for (const [uuid, topic] of this.#topics) {
      if (topic.latest === undefined || movedByBlocks.has(topic.latest.status.status)) this.#refresh(uuid);
    }
  }

  #refresh(uuid: string): void {
    const topic = this.#topics.get(uuid);
    if (topic === undefined) return;
    topic.again = true;
    if (!topic.reading) void this.#read(uuid, topic);
  }

  async #read(uuid: string, topic: Topic): Promise<void> {
    topic.reading = true;
    while (topic.again && topic.listeners.size > 0) {
      topic.again = false;
      try {
        const progress = await this.#progress(uuid);
        if (JSON.stringify(progress) === JSON.stringify(topic.latest)) continue;
        topic.latest = progress;
        for (const listener of topic.listeners) listener(progress);
      } catch (error) {
        // The next change or block asks again; a socket that waits is not told a guess.
        this.#server.log.warn({ err: error, uuid }, "A session's progress could not be read");
      }
    }
    topic.reading = false;
  }

  async #progress(uuid: string): Promise<CheckoutProgress> {
    const ctx = this.#server.core;
    const session = await getPublicSession(ctx, uuid);
    const [status, payments] = await Promise.all([statusOf(ctx, session), checkoutPayments(ctx, session)]);
    return { status, payments: [...payments] };
  }
}
