import type { Clock, ServiceContext } from "./context.ts";

/** Memory of rows that nearly every request needs and that hardly ever change (keys, merchants); seconds old at most. */
export interface Cache {
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
  /** Forgets every key that begins so; "" forgets all. */
  forget(prefix: string): void;
}

export interface CacheLimits {
  readonly keepMs: number;
  readonly maxEntries: number;
}

export function createCache(clock: Clock, limits: Partial<CacheLimits> = {}): Cache {
  const { keepMs = 5_000, maxEntries = 20_000 } = limits;
  const entries = new Map<string, { value: unknown; atMs: number }>();
  return {
    get<T>(key: string) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      const ageMs = clock.now().getTime() - entry.atMs;
      // A clock that went back proves nothing about age either.
      if (ageMs >= 0 && ageMs < keepMs) return entry.value as T;
      entries.delete(key);
      return undefined;
    },
    set(key, value) {
      if (entries.size >= maxEntries) entries.clear();
      entries.set(key, { value, atMs: clock.now().getTime() });
    },
    forget(prefix) {
      if (prefix === "") return entries.clear();
      for (const key of entries.keys()) if (key.startsWith(prefix)) entries.delete(key);
    },
  };
}

/** Hears of changes made by other processes (and of this one's once they are committed). Returns the way to stop. */
export async function keepCacheFresh(ctx: ServiceContext): Promise<() => Promise<void>> {
  const stops = await Promise.all([
    ctx.db.listen("key_changed", (id) => ctx.cache.forget(id === "" ? "key:" : `key:${id}:`)),
    ctx.db.listen("merchant_changed", (id) => ctx.cache.forget(id === "" ? "merchant:" : `merchant:${id}:`)),
  ]);
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}
