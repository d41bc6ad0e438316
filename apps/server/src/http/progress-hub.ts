import { isDeepStrictEqual } from "node:util";
import { DomainError } from "@qbitflow/core";
import type { ServerContext } from "../server-context.ts";

export interface Watcher<Progress> {
  tell(progress: Progress): void;
  /** There is nothing there any more. */
  gone(error: DomainError): void;
}

/** What a hub tells of. */
export interface ProgressSource<Progress> {
  /** The database's channels that name, by uuid, what changed; an empty payload is everything. */
  readonly channels: readonly string[];
  /** How it stands now. A key is what a watcher asked by; several may be of one uuid. */
  read(key: string): Promise<Progress>;
  uuidOf(key: string): string;
  /** Whether each block may change it. */
  isMoving(progress: Progress): boolean;
  /** What of it decides whether it is told again; all of it, unless said. */
  told?(progress: Progress): unknown;
}

interface Topic<Progress> {
  readonly watchers: Set<Watcher<Progress>>;
  /** Those of them that were told nothing yet. */
  readonly newcomers: Set<Watcher<Progress>>;
  latest: Progress | undefined;
  /** Reading now; `again` when something happened meanwhile. */
  reading: boolean;
  again: boolean;
}

/**
 * Tells sockets how things stand: one read per thing and change, however many sockets look at it. Hears of changes by
 * NOTIFY, so it does not matter which process made them.
 */
export class ProgressHub<Progress> {
  readonly #server: ServerContext;
  readonly #source: ProgressSource<Progress>;
  readonly #topics = new Map<string, Topic<Progress>>();
  #stops: (() => Promise<void>)[] = [];

  constructor(server: ServerContext, source: ProgressSource<Progress>) {
    this.#server = server;
    this.#source = source;
  }

  async start(): Promise<void> {
    const { db } = this.#server.core;
    this.#stops = await Promise.all([
      ...this.#source.channels.map((channel) => db.listen(channel, (uuid) => this.#changed(uuid))),
      db.listen("chain_head", () => this.#refreshMoving()),
    ]);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#stops.map((stop) => stop()));
    this.#topics.clear();
  }

  /** Tells the present progress at once, then each change. Returns the way to stop. */
  subscribe(key: string, watcher: Watcher<Progress>): () => void {
    const topic = this.#topics.get(key) ?? {
      watchers: new Set(),
      newcomers: new Set(),
      latest: undefined,
      reading: false,
      again: false,
    };
    this.#topics.set(key, topic);
    topic.watchers.add(watcher);
    // What an earlier watcher was told may be old by a moment, so it is read anew for each newcomer.
    topic.newcomers.add(watcher);
    this.#refresh(key);
    return () => {
      topic.watchers.delete(watcher);
      topic.newcomers.delete(watcher);
      if (topic.watchers.size === 0 && this.#topics.get(key) === topic) this.#topics.delete(key);
    };
  }

  #changed(uuid: string): void {
    for (const key of this.#topics.keys()) {
      if (uuid === "" || this.#source.uuidOf(key) === uuid) this.#refresh(key);
    }
  }

  #refreshMoving(): void {
    for (const [key, { latest }] of this.#topics) {
      if (latest === undefined || this.#source.isMoving(latest)) this.#refresh(key);
    }
  }

  #refresh(key: string): void {
    const topic = this.#topics.get(key);
    if (topic === undefined) return;
    topic.again = true;
    if (!topic.reading) void this.#read(key, topic);
  }

  async #read(key: string, topic: Topic<Progress>): Promise<void> {
    topic.reading = true;
    while (topic.again && topic.watchers.size > 0) {
      topic.again = false;
      // Who comes while it is read has it read once more.
      const newcomers = [...topic.newcomers];
      try {
        const progress = await this.#source.read(key);
        const isSame = topic.latest !== undefined && isDeepStrictEqual(this.#told(progress), this.#told(topic.latest));
        topic.latest = progress;
        for (const watcher of newcomers) topic.newcomers.delete(watcher);
        const told = isSame ? newcomers.filter((watcher) => topic.watchers.has(watcher)) : topic.watchers;
        for (const watcher of told) watcher.tell(progress);
      } catch (error) {
        if (error instanceof DomainError && error.kind === "not_found") {
          for (const watcher of topic.watchers) watcher.gone(error);
          continue;
        }
        // The next change or block asks again; a socket that waits is not told a guess.
        const uuid = this.#source.uuidOf(key);
        this.#server.log.warn({ err: error, uuid }, "How something stands could not be read");
      }
    }
    topic.reading = false;
  }

  #told(progress: Progress): unknown {
    return this.#source.told?.(progress) ?? progress;
  }
}
