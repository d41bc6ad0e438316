import type { CheckoutCustomer, CheckoutState } from "@qbitflow/api";
import { startFlow } from "../flow/reducer.ts";
import type { WalletChoice } from "../flow/state.ts";
import { safeLink } from "../format.ts";
import { follow } from "../live.ts";
import { Memory } from "../memory.ts";
import { CheckoutServer, serverProblem } from "../server.ts";
import type { TestWalletRequest } from "../wallet/test-wallet.ts";
import { editDetails, recallDetails, saveDetails } from "./details.ts";
import { createStore, type Page, readSession, type Store } from "./page.ts";
import { checkAsked, checkSent, forgetAsked, forgetSent, pay, tellServer } from "./payment.ts";
import { getQuote, renewIfOver } from "./quotes.ts";
import { connect, disconnect, lookForWallets, readBalance, stopConnecting } from "./wallets.ts";

/** What the customer can do. */
export interface Actions {
  saveDetails(typed: CheckoutCustomer): Promise<void>;
  editDetails(): Promise<void>;
  closeDetails(): void;
  pick(currencyId: number): void;
  changeCurrency(): void;
  getQuote(): Promise<void>;
  connect(choice: WalletChoice): Promise<void>;
  stopConnecting(): void;
  disconnect(): void;
  lookAgain(): void;
  pay(): Promise<void>;
  notConfirmed(): void;
  giveUpSent(): void;
  askCancel(): void;
  closeCancel(): void;
  cancel(): Promise<void>;
  retry(): Promise<void>;
  /** Says once whether the page may go on to the merchant by itself. */
  mayGoOn(): boolean;
  stayHere(): void;
}

export interface Checkout {
  readonly store: Store;
  readonly actions: Actions;
  /** The test wallet's open question; React shows it. */
  readonly testWallet: { get(): TestWalletRequest | undefined; subscribe(listener: () => void): () => void };
}

/** Brings the page to life from the state in its HTML. */
export function createCheckout(session: CheckoutState): Checkout {
  const store = createStore(startFlow(session, Date.now()));
  const question = createQuestion();
  const page: Page = {
    uuid: session.uuid,
    store,
    server: new CheckoutServer(session.uuid, (online) => store.dispatch({ type: "online", online })),
    memory: new Memory(session.uuid),
    connection: {},
    askTestWallet: question.ask,
  };
  recall(page);
  const lookAgain = lookForWallets(page);
  start(page);
  return { store, testWallet: question, actions: actionsOf(page, lookAgain) };
}

function actionsOf(page: Page, lookAgain: () => void): Actions {
  const { store, memory } = page;
  return {
    saveDetails: (typed) => saveDetails(page, typed),
    editDetails: () => editDetails(page),
    closeDetails: () => store.dispatch({ type: "details/close" }),
    pick: (currencyId) => {
      store.dispatch({ type: "currency/picked", currencyId });
      void getQuote(page).then(() => readBalance(page));
    },
    changeCurrency: () => store.dispatch({ type: "currency/change" }),
    getQuote: () => getQuote(page),
    connect: (choice) => connect(page, choice),
    stopConnecting: () => stopConnecting(page),
    disconnect: () => disconnect(page),
    lookAgain,
    pay: () => pay(page),
    notConfirmed: () => forgetAsked(page),
    giveUpSent: () => forgetSent(page),
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

/** What this browser knows from before a reload. */
function recall(page: Page): void {
  const { sent, asked } = page.memory.read();
  if (page.store.get().session.status.status !== "created" && !sent) return;
  if (asked) page.store.dispatch({ type: "pay/asked", asked });
  if (!sent) return;
  page.store.dispatch({ type: "pay/sent", sent });
  if (page.store.get().session.status.status === "created") void tellServer(page, sent);
}

function start(page: Page): void {
  const { store } = page;
  const read = () => readSession(page).catch(() => undefined);
  follow({
    socketUrl: page.server.socketUrl(),
    onProgress: (progress) => {
      const before = store.get().session.status.status;
      store.dispatch({ type: "session/progress", progress });
      // URLs to go on to come only with the whole state.
      if (progress.status.status !== before) void read();
    },
    poll: read,
  });
  page.memory.onChange(({ sent }) => {
    if (sent && !store.get().sent) store.dispatch({ type: "pay/sent", sent });
  });
  if (store.get().session.status.status === "created") void recallDetails(page);
  if (store.get().currencyId !== undefined && store.get().quote.status === "none") void getQuote(page);
  setInterval(() => {
    renewIfOver(page);
    checkAsked(page);
    expireByClock(page, read);
  }, 1_000);
  setInterval(() => void checkSent(page), 3_000);
}

let expiryAsked = false;

function expireByClock({ store }: Page, read: () => Promise<void>): void {
  const { session, clockOffsetMs } = store.get();
  const over = session.status.status === "created" && Date.now() + clockOffsetMs > session.expiresAt * 1000;
  if (over && !expiryAsked) void read();
  expiryAsked = over;
}

function createQuestion() {
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
