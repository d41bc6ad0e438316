import type { CheckoutProgress } from "@qbitflow/api";
import { type FlowEvent, reduce } from "../flow/reducer.ts";
import { type Flow, networkOf } from "../flow/state.ts";
import type { Memory } from "../memory.ts";
import type { CheckoutServer } from "../server.ts";
import type { WalletHost } from "../wallet/connect.ts";

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
  readonly connection: WalletHost["connection"];
  readonly askTestWallet: WalletHost["askTestWallet"];
  readonly wallets: WalletHost;
}

/** Reads the session again and takes over what the server says. Throws ProblemError when it cannot be read. */
export async function readSession({ server, store }: Page): Promise<void> {
  const session = await server.state();
  store.dispatch({ type: "session/read", session, nowMs: Date.now() });
}

/** What WalletConnect is told of a session: all its networks, the chosen one first. */
export function pairingOf(flow: Flow): ReturnType<WalletHost["pairing"]> {
  const { walletConnectProjectId = "", organizationName, currencies } = flow.session;
  return {
    projectId: walletConnectProjectId,
    merchant: organizationName,
    chainIds: [...new Set(currencies.filter((entry) => entry.available).map((entry) => entry.network.chainId))],
    preferredChainId: networkOf(flow)?.chainId ?? 1,
  };
}

/** A frame of the session's socket. */
export function progressFrame(frame: unknown): CheckoutProgress | undefined {
  const progress = frame as CheckoutProgress | undefined;
  return progress?.status?.status && Array.isArray(progress.payments) ? progress : undefined;
}
