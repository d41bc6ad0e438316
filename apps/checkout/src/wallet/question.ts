import type { TestWalletRequest } from "./test-wallet.ts";

/** The test wallet's open question, for React to show. */
export interface TestWalletQuestion {
  get(): TestWalletRequest | undefined;
  subscribe(listener: () => void): () => void;
  ask(request: TestWalletRequest): void;
}

export function createQuestion(): TestWalletQuestion {
  let open: TestWalletRequest | undefined;
  const listeners = new Set<() => void>();
  const set = (next: TestWalletRequest | undefined) => {
    open = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => open,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ask: (request: TestWalletRequest) =>
      set({
        ...request,
        answer: (confirmed) => {
          set(undefined);
          request.answer(confirmed);
        },
      }),
  };
}
