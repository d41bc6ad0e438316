import type { CheckoutCustomer } from "@qbitflow/api";
import type { WalletChoice } from "../flow/state.ts";
import { safeLink } from "../format.ts";
import { serverProblem } from "../server.ts";
import { connect, disconnect, stopConnecting } from "../wallet/connect.ts";
import { editDetails, saveDetails } from "./details.ts";
import { type Page, readSession } from "./page.ts";

export interface WalletActions {
  connect(choice: WalletChoice): Promise<void>;
  stopConnecting(): void;
  disconnect(): void;
  lookAgain(): void;
}

/** What the customer can do on every checkout page. */
export interface FormActions extends WalletActions {
  saveDetails(typed: CheckoutCustomer): Promise<void>;
  editDetails(): Promise<void>;
  closeDetails(): void;
  pick(currencyId: number): void;
  changeCurrency(): void;
  askCancel(): void;
  closeCancel(): void;
  cancel(): Promise<void>;
  retry(): Promise<void>;
  /** Says once whether the page may go on to the merchant by itself. */
  mayGoOn(): boolean;
  stayHere(): void;
}

export function formActions(page: Page, lookAgain: () => void): FormActions {
  const { store, memory, wallets } = page;
  return {
    saveDetails: (typed) => saveDetails(page, typed),
    editDetails: () => editDetails(page),
    closeDetails: () => store.dispatch({ type: "details/close" }),
    pick: (currencyId) => store.dispatch({ type: "currency/picked", currencyId }),
    changeCurrency: () => store.dispatch({ type: "currency/change" }),
    connect: (choice) => connect(wallets, choice),
    stopConnecting: () => stopConnecting(wallets),
    disconnect: () => disconnect(wallets),
    lookAgain,
    askCancel: () => store.dispatch({ type: "cancel/ask" }),
    closeCancel: () => store.dispatch({ type: "cancel/close" }),
    cancel: () => cancel(page),
    retry: () => readSession(page).catch(() => undefined),
    mayGoOn: () => store.get().sawCompletion && !memory.read().wentOn,
    stayHere: () => memory.write({ wentOn: true }),
  };
}

async function cancel({ store, server }: Page): Promise<void> {
  store.dispatch({ type: "cancel/sending" });
  try {
    const session = await server.cancel();
    store.dispatch({ type: "session/read", session, nowMs: Date.now() });
    store.dispatch({ type: "cancel/close" });
    const back = safeLink(session.cancelUrl);
    if (back) location.assign(back);
  } catch (error) {
    store.dispatch({ type: "cancel/failed", problem: serverProblem(error) });
  }
}

let expiryAsked = false;

/** Asks the server once when the session's time is over. Called every second or so. */
export function expireByClock({ store }: Pick<Page, "store">, read: () => Promise<void>): void {
  const { session, clockOffsetMs } = store.get();
  const over = session.status.status === "created" && Date.now() + clockOffsetMs > session.expiresAt * 1000;
  if (over && !expiryAsked) void read();
  expiryAsked = over;
}
