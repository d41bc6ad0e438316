/** Calls listeners when the head is another one than before; polls only while somebody listens. */
export interface HeadWatch {
  onHead(listener: () => void): () => void;
  close(): void;
}

export interface HeadPolling {
  readonly pollMs: number;
  /** The same for a while after a new head, as one seldom comes alone; `pollMs` when absent. */
  readonly livelyPollMs?: number;
}

const LIVELY_FOR_MS = 3_000;

/** `readHeadHash` may reject: then nothing is said until it works again. */
export function createHeadWatch(readHeadHash: () => Promise<string>, polling: HeadPolling): HeadWatch {
  const { pollMs, livelyPollMs = pollMs } = polling;
  const listeners = new Set<() => void>();
  let timer: NodeJS.Timeout | null = null;
  let lastHash: string | null = null;
  let changedMs = Number.NEGATIVE_INFINITY;
  let closed = false;

  async function poll(): Promise<void> {
    try {
      const hash = await readHeadHash();
      if (hash !== lastHash && !closed) {
        lastHash = hash;
        changedMs = performance.now();
        for (const listener of listeners) listener();
      }
    } catch {
      // Nothing new is known; the callers' own reads report what is wrong.
    }
    timer = null;
    schedule();
  }

  function schedule(): void {
    if (closed || timer !== null || listeners.size === 0) return;
    timer = setTimeout(poll, performance.now() - changedMs < LIVELY_FOR_MS ? livelyPollMs : pollMs);
    timer.unref();
  }

  function stopTimer(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  return {
    onHead(listener) {
      // A wrapper of its own, so that the same function can listen twice.
      const own = () => listener();
      listeners.add(own);
      schedule();
      return () => {
        listeners.delete(own);
        if (listeners.size === 0) stopTimer();
      };
    },
    close() {
      closed = true;
      listeners.clear();
      stopTimer();
    },
  };
}
