export interface LiveOptions<Frame> {
  readonly socketUrl: string;
  /** A frame in its shape; undefined for anything else. */
  readonly parse: (frame: unknown) => Frame | undefined;
  readonly onProgress: (progress: Frame) => void;
  /** Reads the whole state once: used while no socket is open, and after each (re)connection. */
  readonly poll: () => Promise<void>;
}

const pollEveryMs = 4_000;
const longestWaitMs = 15_000;

/** Follows a session: WebSocket where it works, polling meanwhile. Returns how to stop. */
export function follow<Frame>({ socketUrl, parse, onProgress, poll }: LiveOptions<Frame>): () => void {
  let socket: WebSocket | undefined;
  let failures = 0;
  let stopped = false;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  const open = () => socket?.readyState === WebSocket.OPEN;

  const connect = () => {
    if (stopped) return;
    const current = new WebSocket(socketUrl);
    socket = current;
    current.onopen = () => {
      // Frames tell the state, but only an answer tells that the server is reached again.
      if (failures > 0) void poll();
      failures = 0;
    };
    current.onmessage = (message) => {
      const progress = parse(jsonOf(message.data));
      if (progress) onProgress(progress);
    };
    current.onclose = () => {
      if (stopped || socket !== current) return;
      failures += 1;
      retryTimer = setTimeout(connect, Math.min(1000 * 2 ** Math.min(failures - 1, 4), longestWaitMs));
    };
  };

  const pollTimer = setInterval(() => {
    if (!open() && document.visibilityState === "visible") void poll();
  }, pollEveryMs);
  // A phone that slept, or a connection that came back: do not wait for the next turn.
  const wake = () => {
    if (document.visibilityState !== "visible") return;
    void poll();
    if (!open() && socket?.readyState !== WebSocket.CONNECTING) {
      clearTimeout(retryTimer);
      connect();
    }
  };
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  connect();

  return () => {
    stopped = true;
    clearTimeout(retryTimer);
    clearInterval(pollTimer);
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("online", wake);
    socket?.close();
  };
}

function jsonOf(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
