import { type ReactNode, useSyncExternalStore } from "react";
import type { FormActions } from "../checkout/form.ts";
import type { Store } from "../checkout/page.ts";
import { networkOf } from "../flow/state.ts";
import type { TestWalletQuestion } from "../wallet/question.ts";
import { words } from "../words.ts";
import { FormProvider, useActions, WalletProvider } from "./hooks.ts";
import { Notice } from "./pieces.tsx";
import { TestWalletDialog } from "./TestWalletDialog.tsx";

interface FormProps {
  readonly checkout: {
    readonly store: Store;
    readonly actions: FormActions;
    readonly testWallet: Pick<TestWalletQuestion, "get" | "subscribe">;
  };
  /** Something besides a payment is under way. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/** What all parts of a checkout form share: its state, its wallet and the test wallet's question. */
export function Form({ checkout, busy = false, children }: FormProps) {
  const { store, actions, testWallet } = checkout;
  const flow = useSyncExternalStore(store.subscribe, store.get);
  const { choices, wallet, session, pay } = flow;
  const desk = {
    choices,
    wallet,
    actions,
    testWallet,
    network: networkOf(flow),
    walletConnect: session.walletConnectProjectId !== undefined,
    organizationName: session.organizationName,
    busy: busy || pay.status !== "idle",
  };
  return (
    <FormProvider value={checkout}>
      <WalletProvider value={desk}>
        {children}
        <TestWalletDialog />
      </WalletProvider>
    </FormProvider>
  );
}

export function Offline() {
  const { retry } = useActions();
  return (
    <Notice tone="warn" testId="offline">
      <p>{words.offline.text}</p>
      <button type="button" className="link mt-1" onClick={() => void retry()}>
        {words.offline.retry}
      </button>
    </Notice>
  );
}
