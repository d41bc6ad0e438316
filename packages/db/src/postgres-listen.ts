import type pg from "pg";

type OnNotify = (payload: string) => void;

export interface Listener {
  listen(channel: string, onNotify: OnNotify): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const RETRY_MS = { first: 100, most: 5_000 };

/** One connection of its own for every channel; made at the first `listen`, and made again whenever it breaks. */
export function createListener(connect: () => pg.Client): Listener {
  const channels = new Map<string, Set<OnNotify>>();
  let client: pg.Client | null = null;
  let opening: Promise<pg.Client> | null = null;
  let retry: NodeJS.Timeout | null = null;
  let closed = false;
  let lastQuery: Promise<unknown> = Promise.resolve();

  /** One query at a time: several callers listen at once, and the driver gives up queueing for them. */
  function ask(on: pg.Client, sql: string): Promise<unknown> {
    const next = lastQuery.then(() => on.query(sql));
    lastQuery = next.catch(() => undefined);
    return next;
  }

  const tell = (channel: string, payload: string) => {
    for (const onNotify of channels.get(channel) ?? []) onNotify(payload);
  };

  function reconnectAfter(delayMs: number): void {
    if (closed || retry) return;
    retry = setTimeout(async () => {
      retry = null;
      try {
        await open();
        for (const channel of channels.keys()) tell(channel, "");
      } catch {
        reconnectAfter(Math.min(delayMs * 2, RETRY_MS.most));
      }
    }, delayMs);
  }

  async function connectAndListen(): Promise<pg.Client> {
    const fresh = connect();
    const onLost = () => {
      if (client !== fresh) return;
      client = null;
      reconnectAfter(RETRY_MS.first);
    };
    fresh.on("error", onLost);
    fresh.on("end", onLost);
    fresh.on("notification", ({ channel, payload }) => tell(channel, payload ?? ""));
    try {
      await fresh.connect();
      for (const channel of channels.keys()) await fresh.query(`listen ${fresh.escapeIdentifier(channel)}`);
    } catch (error) {
      await fresh.end().catch(() => undefined);
      throw error;
    }
    client = fresh;
    // What an earlier connection still owes holds this one up no longer.
    lastQuery = Promise.resolve();
    return fresh;
  }

  function open(): Promise<pg.Client> {
    if (client) return Promise.resolve(client);
    opening ??= connectAndListen().finally(() => {
      opening = null;
    });
    return opening;
  }

  async function stop(channel: string, onNotify: OnNotify): Promise<void> {
    const listeners = channels.get(channel);
    if (!listeners?.delete(onNotify) || listeners.size > 0) return;
    channels.delete(channel);
    if (client) await ask(client, `unlisten ${client.escapeIdentifier(channel)}`).catch(() => undefined);
  }

  return {
    async listen(channel, onNotify) {
      // A function of this call alone, so that one caller may listen twice.
      const own: OnNotify = (payload) => onNotify(payload);
      channels.set(channel, (channels.get(channel) ?? new Set()).add(own));
      try {
        const live = await open();
        await ask(live, `listen ${live.escapeIdentifier(channel)}`);
      } catch (error) {
        await stop(channel, own);
        throw error;
      }
      return () => stop(channel, own);
    },
    async close() {
      closed = true;
      if (retry) clearTimeout(retry);
      await opening?.catch(() => undefined);
      const last = client;
      client = null;
      await last?.end();
    },
  };
}
