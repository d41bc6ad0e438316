import { useSyncExternalStore } from "react";
import { WalletProvider } from "../ui/hooks.ts";
import { Notice } from "../ui/pieces.tsx";
import { TestWalletDialog } from "../ui/TestWalletDialog.tsx";
import { words as pageWords, say } from "../words.ts";
import { PortalProvider, usePortal, usePortalActions } from "./hooks.ts";
import type { PortalApp } from "./index.ts";
import { Overview } from "./Overview.tsx";
import { Receipt } from "./Receipt.tsx";
import type { Portal } from "./state.ts";
import { AllowanceTask, MandateTask, MaximumTask } from "./Tasks.tsx";
import { statusWords, portalWords as words } from "./words.ts";

export function App({ portal }: { readonly portal: PortalApp }) {
  const now = useSyncExternalStore(portal.store.subscribe, portal.store.get);
  const { choices, wallet, state, signing } = now;
  const desk = {
    choices,
    wallet,
    actions: portal.actions,
    testWallet: portal.testWallet,
    network: networkOf(now),
    walletConnect: state.walletConnectProjectId !== undefined,
    organizationName: state.organizationName,
    busy: signing.status !== "idle",
  };
  return (
    <PortalProvider value={portal}>
      <WalletProvider value={desk}>
        <Page />
        <TestWalletDialog />
      </WalletProvider>
    </PortalProvider>
  );
}

function networkOf({ view, state, currencyId }: Portal) {
  if (view.name !== "mandate") return state.mandate?.network;
  return state.currencies.find(({ currency }) => currency.id === currencyId)?.network;
}

function Page() {
  const portal = usePortal();
  const { view, state, online, done } = portal;
  return (
    <div className="grid grid-cols-1 gap-4" data-testid="portal" data-view={view.name} data-status={state.status}>
      <p className="sr-only" role="status" aria-live="polite" data-testid="announcement">
        {announcement(portal)}
      </p>
      {online ? null : <Offline />}
      {done && view.name === "overview" ? (
        <Notice tone="info" testId={`done-${done}`}>
          <p>{words.handedIn[done]}</p>
        </Notice>
      ) : null}
      {view.name === "overview" ? <Overview /> : null}
      {view.name === "maximum" ? <MaximumTask /> : null}
      {view.name === "allowance" ? <AllowanceTask /> : null}
      {view.name === "mandate" ? <MandateTask /> : null}
      {view.name === "receipt" ? <Receipt bill={view.bill} /> : null}
    </div>
  );
}

function announcement({ view, state, signing, done }: Portal): string {
  const at = signing.steps.findIndex((step) => step.status === "inWallet" || step.status === "waiting");
  if (at >= 0) {
    const what = signing.steps[at]?.status === "waiting" ? pageWords.pay.waitingBlock : pageWords.pay.inWallet;
    return `${pageWords.pay.stepOf(at + 1, signing.steps.length)}. ${what}`;
  }
  if (signing.problem) return say(signing.problem).title;
  if (view.name !== "overview") return "";
  return done ? words.handedIn[done] : statusWords[state.status].name;
}

function Offline() {
  const { retry } = usePortalActions();
  return (
    <Notice tone="warn" testId="offline">
      <p>{pageWords.offline.text}</p>
      <button type="button" className="link mt-1" onClick={() => void retry()}>
        {pageWords.offline.retry}
      </button>
    </Notice>
  );
}
