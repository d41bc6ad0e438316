import type { PortalState } from "@qbitflow/api";
import type { WalletActions } from "../checkout/form.ts";
import { reduceWallet } from "../flow/wallet.ts";
import { follow } from "../live.ts";
import { maximumOf } from "../mandate/choice.ts";
import { type Observed, observed } from "../mandate/observe.ts";
import { type Choice, notAsked, notSigning } from "../mandate/state.ts";
import { Memory } from "../memory.ts";
import { serverProblem } from "../server.ts";
import { connect, disconnect, lookForWallets, stopConnecting, type WalletHost } from "../wallet/connect.ts";
import { createQuestion, type TestWalletQuestion } from "../wallet/question.ts";
import { PortalServer } from "./server.ts";
import { type Portal, readablePortal, type View } from "./state.ts";
import { askAllowance, askMandate, askMaximum, signAllowance, signMandate, signMaximum } from "./tasks.ts";

export interface PortalActions extends WalletActions {
  show(view: View): void;
  askMaximum(text: string): Promise<void>;
  signMaximum(): Promise<void>;
  askAllowance(periods: number | null): Promise<void>;
  signAllowance(): Promise<void>;
  pick(currencyId: number | undefined): void;
  choose(choice: Choice | undefined): void;
  askMandate(): Promise<void>;
  signMandate(): Promise<void>;
  askEnd(how: "stop" | "cancel" | undefined): void;
  end(): Promise<void>;
  retry(): Promise<void>;
}

/** What the portal's actions share. */
export interface PortalPage {
  readonly store: Observed<Portal>;
  readonly server: PortalServer;
  readonly wallets: WalletHost;
}

export interface PortalApp {
  readonly store: Observed<Portal>;
  readonly actions: PortalActions;
  readonly testWallet: Pick<TestWalletQuestion, "get" | "subscribe">;
}

/** Each task begins with nothing asked and nothing signed. */
const fresh = {
  maximum: notAsked,
  allowance: notAsked,
  mandate: notAsked,
  signing: notSigning,
  chosen: false,
} as const;

/** Brings the portal to life from the state in its HTML. */
export function createPortal(told: PortalState, token: string): PortalApp {
  const store = observed<Portal>({
    ...fresh,
    state: readablePortal(told),
    online: true,
    view: { name: "overview" },
    choices: [],
    wallet: { status: "none" },
    choice: { periods: 12, maximumText: told.usage ? String(told.usage.maxSpendingPerPeriod) : "" },
    ending: { sending: false },
  });
  const question = createQuestion();
  const server = new PortalServer(token, (online) => store.set({ online }));
  const wallets: WalletHost = {
    memory: new Memory(told.uuid),
    connection: {},
    askTestWallet: question.ask,
    wallet: () => store.get().wallet,
    dispatch: (event) => store.set(reduceWallet(store.get(), event)),
    pairing: () => pairingOf(store.get().state),
    changed: () => {
      if (store.get().view.name === "mandate") void askMandate(page);
    },
  };
  const page: PortalPage = { store, server, wallets };
  const lookAgain = lookForWallets(wallets);
  const read = async () => store.set({ state: readablePortal(await server.state()) });
  follow({
    socketUrl: server.socketUrl(),
    parse: portalFrame,
    onProgress: (state) => store.set({ state: readablePortal(state) }),
    poll: () => read().catch(() => undefined),
  });
  return { store, testWallet: question, actions: actionsOf(page, { lookAgain, read }) };
}

function portalFrame(frame: unknown): PortalState | undefined {
  const state = frame as PortalState | undefined;
  return state?.status && Array.isArray(state.bills) ? state : undefined;
}

function pairingOf({ walletConnectProjectId = "", organizationName, currencies, mandate }: PortalState) {
  const chainIds = [...new Set(currencies.map(({ network }) => network.chainId))];
  return {
    projectId: walletConnectProjectId,
    merchant: organizationName,
    chainIds,
    preferredChainId: mandate?.network.chainId ?? chainIds[0] ?? 1,
  };
}

function actionsOf(
  page: PortalPage,
  { lookAgain, read }: { lookAgain: () => void; read: () => Promise<void> },
): PortalActions {
  const { store, wallets } = page;
  return {
    connect: (choice) => connect(wallets, choice),
    stopConnecting: () => stopConnecting(wallets),
    disconnect: () => disconnect(wallets),
    lookAgain,
    show: (view) => store.set({ ...fresh, view, done: undefined, currencyId: store.get().state.mandate?.currency.id }),
    askMaximum: async (text) => {
      const maximumUsd = maximumOf(text);
      if (maximumUsd !== undefined) await askMaximum(page, maximumUsd);
    },
    signMaximum: () => signMaximum(page),
    askAllowance: (periods) => askAllowance(page, periods),
    signAllowance: () => signAllowance(page),
    pick: (currencyId) => {
      store.set({ currencyId, mandate: notAsked, signing: notSigning });
      void askMandate(page);
    },
    choose: (choice) => {
      store.set({
        ...(choice ? { choice } : {}),
        chosen: choice !== undefined,
        mandate: notAsked,
        signing: notSigning,
      });
      void askMandate(page);
    },
    askMandate: () => askMandate(page),
    signMandate: () => signMandate(page),
    askEnd: (how) => store.set({ ending: how ? { how, sending: false } : { sending: false } }),
    end: () => end(page),
    retry: () => read().catch(() => undefined),
  };
}

async function end({ store, server }: PortalPage): Promise<void> {
  const { how } = store.get().ending;
  if (!how) return;
  store.set({ ending: { how, sending: true } });
  try {
    store.set({ state: readablePortal(await server.end(how)), ending: { sending: false } });
  } catch (error) {
    store.set({ ending: { how, sending: false, problem: serverProblem(error) } });
  }
}
