import type { CheckoutState } from "@qbitflow/api";
import { startFlow } from "../flow/reducer.ts";
import { follow } from "../live.ts";
import { Memory } from "../memory.ts";
import { CheckoutServer } from "../server.ts";
import { lookForWallets } from "../wallet/connect.ts";
import { createQuestion, type TestWalletQuestion } from "../wallet/question.ts";
import { recallDetails } from "./details.ts";
import { expireByClock, type FormActions, formActions } from "./form.ts";
import { checkSigned } from "./gasless.ts";
import { createStore, type Page, progressFrame, readSession, type Store } from "./page.ts";
import { checkAsked, checkSent, forgetAsked, forgetSent, pay, tellServer } from "./payment.ts";
import { getQuote, renewIfOver } from "./quotes.ts";
import { walletHost } from "./wallet.ts";

/** What the customer can do on a one-time payment's page. */
export interface Actions extends FormActions {
  getQuote(): Promise<void>;
  pay(): Promise<void>;
  /** Whether the customer sends the payment and pays the network's fee, where somebody else would. */
  sendAlone(alone: boolean): void;
  notConfirmed(): void;
  giveUpSent(): void;
}

export interface Checkout {
  readonly store: Store;
  readonly actions: Actions;
  /** The test wallet's open question; React shows it. */
  readonly testWallet: Pick<TestWalletQuestion, "get" | "subscribe">;
}

/** Brings the page to life from the state in its HTML. */
export function createCheckout(session: CheckoutState): Checkout {
  const store = createStore(startFlow(session, Date.now()));
  const question = createQuestion();
  const parts = {
    uuid: session.uuid,
    store,
    server: new CheckoutServer(session.uuid, (online) => store.dispatch({ type: "online", online })),
    memory: new Memory(session.uuid),
    connection: {},
    askTestWallet: question.ask,
  };
  const page: Page = { ...parts, wallets: walletHost(parts) };
  recall(page);
  const lookAgain = lookForWallets(page.wallets);
  start(page);
  return { store, testWallet: question, actions: actionsOf(page, lookAgain) };
}

function actionsOf(page: Page, lookAgain: () => void): Actions {
  const { store } = page;
  return {
    ...formActions(page, lookAgain),
    pick: (currencyId) => {
      store.dispatch({ type: "currency/picked", currencyId });
      void getQuote(page);
    },
    getQuote: () => getQuote(page),
    pay: () => pay(page),
    sendAlone: (sendsAlone) => store.dispatch({ type: "pay/alone", sendsAlone }),
    notConfirmed: () => forgetAsked(page),
    giveUpSent: () => forgetSent(page),
  };
}

/** What this browser knows from before a reload. */
function recall(page: Page): void {
  const { sent, asked, signed } = page.memory.read();
  if (signed && page.store.get().session.status.status === "created")
    page.store.dispatch({ type: "pay/signed", signed });
  else if (signed) page.memory.write({ signed: undefined });
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
    parse: progressFrame,
    onProgress: (progress) => {
      const before = store.get().session.status.status;
      store.dispatch({ type: "session/progress", progress });
      // URLs to go on to come only with the whole state.
      if (progress.status.status !== before) void read();
    },
    poll: read,
  });
  page.memory.onChange(({ sent, signed }) => {
    if (sent && !store.get().sent) store.dispatch({ type: "pay/sent", sent });
    const known = store.get().signed;
    if (signed && !known && store.get().session.status.status === "created")
      store.dispatch({ type: "pay/signed", signed });
    if (!signed && known) void read().then(() => store.dispatch({ type: "pay/unsigned" }));
  });
  if (store.get().session.status.status === "created") void recallDetails(page);
  if (store.get().currencyId !== undefined && store.get().quote.status === "none") void getQuote(page);
  setInterval(() => {
    renewIfOver(page);
    checkAsked(page);
    expireByClock(page, read);
  }, 1_000);
  void checkSigned(page);
  setInterval(() => {
    void checkSent(page);
    void checkSigned(page);
  }, 3_000);
}
