import { type FlowEvent, reduce } from "../flow/reducer.ts";
import type { Flow } from "../flow/state.ts";
import type { Memory } from "../memory.ts";
import type { CheckoutServer } from "../server.ts";
import type { Eip1193Provider } from "../wallet/provider.ts";
import type { TestWalletRequest } from "../wallet/test-wallet.ts";

/** The one store behind the page; React reads it, the actions write it. */
export interface Store {
  get(): Flow;
  dispatch(event: FlowEvent): void;
  subscribe(listener: () => void): () => void;
}

export function createStore(first: Flow): Store {
  let flow = first;
  const listeners = new Set<() => void>();
  return {
    get: () => flow,
    dispatch(event) {
      const next = reduce(flow, event);
      if (next === flow) return;
      flow = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What the actions share. */
export interface Page {
  readonly uuid: string;
  readonly store: Store;
  readonly server: CheckoutServer;
  readonly memory: Memory;
  /** The connected wallet; an object, so no part of the pure state. */
  readonly connection: { provider?: Eip1193Provider; stop?: () => void };
  readonly askTestWallet: (request: TestWalletRequest) => void;
}

/** Reads the session again and takes over what the server says. Throws ProblemError when it cannot be read. */
export async function readSession({ server, store }: Page): Promise<void> {
  const session = await server.state();
  store.dispatch({ type: "session/read", session, nowMs: Date.now() });
}
