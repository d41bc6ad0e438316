import type { CheckoutState } from "@qbitflow/api";
import { recallDetails } from "../checkout/details.ts";
import { expireByClock, type FormActions, formActions } from "../checkout/form.ts";
import { createStore, type Page, pairingOf, progressFrame, readSession, type Store } from "../checkout/page.ts";
import { secondsLeft } from "../flow/clock.ts";
import { startFlow } from "../flow/reducer.ts";
import { screenOf } from "../flow/screen.ts";
import { networkOf } from "../flow/state.ts";
import { follow } from "../live.ts";
import { withPayLock } from "../lock.ts";
import { authorise, signingHooks } from "../mandate/authorise.ts";
import { requestOf } from "../mandate/choice.ts";
import { type Observed, observed } from "../mandate/observe.ts";
import { signerOn } from "../mandate/sign.ts";
import { type Choice, notAsked, notSigning } from "../mandate/state.ts";
import { Memory } from "../memory.ts";
import { ProblemError } from "../problem.ts";
import { ServerRefused, serverProblem } from "../server.ts";
import { lookForWallets } from "../wallet/connect.ts";
import { walletProblem } from "../wallet/errors.ts";
import { createQuestion, type TestWalletQuestion } from "../wallet/question.ts";
import { SubscribeServer } from "./server.ts";
import { type Subscribing, subscriptionOf } from "./state.ts";

/** What the customer can do on a subscription's checkout. */
export interface SubscribeActions extends FormActions {
  setWhen(when: Subscribing["when"]): void;
  choose(choice: Choice): void;
  changeChoice(): void;
  getOffer(): Promise<void>;
  authorise(): Promise<void>;
  startLater(): Promise<void>;
}

export interface Subscribe {
  readonly store: Store;
  readonly asking: Observed<Subscribing>;
  readonly actions: SubscribeActions;
  readonly testWallet: Pick<TestWalletQuestion, "get" | "subscribe">;
}

interface SubscribePage extends Page {
  readonly server: SubscribeServer;
  readonly asking: Observed<Subscribing>;
}

/** Brings a subscription's checkout to life from the state in its HTML. */
export function createSubscribe(session: CheckoutState): Subscribe {
  const store = createStore(startFlow(session, Date.now()));
  const question = createQuestion();
  const asking = observed<Subscribing>({
    when: "now",
    choice: { periods: 12, maximumText: "" },
    chosen: false,
    offer: notAsked,
    signing: notSigning,
    later: { sending: false },
  });
  const connection = {};
  const memory = new Memory(session.uuid);
  const page: SubscribePage = {
    uuid: session.uuid,
    store,
    asking,
    memory,
    connection,
    server: new SubscribeServer(session.uuid, (online) => store.dispatch({ type: "online", online })),
    askTestWallet: question.ask,
    wallets: {
      memory,
      connection,
      askTestWallet: question.ask,
      wallet: () => store.get().wallet,
      dispatch: store.dispatch,
      pairing: () => pairingOf(store.get()),
      changed: () => void getOffer(page),
    },
  };
  const lookAgain = lookForWallets(page.wallets);
  start(page);
  return { store, asking, testWallet: question, actions: actionsOf(page, lookAgain) };
}

function actionsOf(page: SubscribePage, lookAgain: () => void): SubscribeActions {
  const { asking } = page;
  const form = formActions(page, lookAgain);
  return {
    ...form,
    pick: (currencyId) => {
      form.pick(currencyId);
      asking.set({ offer: notAsked });
      void getOffer(page);
    },
    changeCurrency: () => {
      form.changeCurrency();
      asking.set({ offer: notAsked, signing: notSigning });
    },
    setWhen: (when) => asking.set({ when, later: { sending: false } }),
    choose: (choice) => {
      asking.set({ choice, chosen: true, offer: notAsked });
      void getOffer(page);
    },
    changeChoice: () => asking.set({ chosen: false, offer: notAsked, signing: notSigning }),
    getOffer: () => getOffer(page),
    authorise: () => sign(page),
    startLater: () => startLater(page),
  };
}

let offers = 0;

/** Asks what this wallet would have to allow. Nothing happens before currency, choice and wallet are there. */
async function getOffer(page: SubscribePage): Promise<void> {
  const { store, asking, server } = page;
  const { session, currencyId, wallet } = store.get();
  const { chosen, choice, offer, signing } = asking.get();
  if (!chosen || currencyId === undefined || wallet.status !== "connected" || !wallet.address) return;
  if (signing.status !== "idle") return;
  offers += 1;
  const mine = offers;
  asking.set({ offer: { ...offer, status: "loading" } });
  try {
    const { kind } = subscriptionOf(session);
    const value = await server.offer(requestOf(choice, { kind, currencyId, subscriber: wallet.address }));
    if (mine === offers) asking.set({ offer: { status: "ready", value } });
  } catch (error) {
    if (mine !== offers) return;
    asking.set({ offer: { status: "failed", problem: serverProblem(error) } });
    if (error instanceof ServerRefused && error.status < 500) await readSession(page).catch(() => undefined);
  }
}

/** Signs and hands in; never throws, what went wrong is in the state. */
async function sign(page: SubscribePage): Promise<void> {
  const { asking, uuid } = page;
  if (asking.get().signing.status !== "idle") return;
  asking.set({ signing: { status: "checking", steps: [] } });
  const stop = (problem: ReturnType<typeof walletProblem>) => asking.set({ signing: { ...notSigning, problem } });
  const ran = await withPayLock(uuid, () => signAlone(page).catch((error) => stop(problemOf(error))));
  if (!ran) stop({ code: "otherTab" });
  if (asking.get().signing.problem && asking.get().offer.status !== "ready") await getOffer(page);
}

function problemOf(error: unknown) {
  if (error instanceof ServerRefused && error.code === "offer_expired") return { code: "offerExpired" } as const;
  return error instanceof ServerRefused ? serverProblem(error) : walletProblem(error);
}

async function signAlone(page: SubscribePage): Promise<void> {
  const { store, asking, server, connection } = page;
  await readSession(page);
  mustBeOpen(page);
  const flow = store.get();
  const { session, currencyId, wallet } = flow;
  const { offer } = asking.get();
  const entry = session.currencies.find((each) => each.currency.id === currencyId);
  const network = networkOf(flow);
  if (!entry || !network || !offer.value) throw new ProblemError({ code: "offerExpired" });
  if (secondsLeft(flow, offer.value.expiresAt, Date.now()) < 20) {
    asking.set({ offer: { status: "none" } });
    throw new ProblemError({ code: "offerExpired" });
  }
  const signer = await signerOn(connection.provider, { address: wallet.address, network });
  store.dispatch({ type: "wallet/chain", chainId: network.chainId });
  const { kind, frequency } = subscriptionOf(session);
  const shown = { uuid: session.uuid, kind, price: session.price, frequency, entry, subscriber: signer.address };
  const hooks = signingHooks(
    () => asking.get().signing,
    (signing) => asking.set({ signing }),
  );
  const signature = await authorise({ signer, offer: offer.value, shown, hooks });
  hooks.step(asking.get().signing.steps.length - 1, "waiting");
  const next = await server.sign(signature).catch((error: unknown) => {
    asking.set({ offer: { status: "none" } });
    throw error;
  });
  store.dispatch({ type: "session/read", session: next, nowMs: Date.now() });
  asking.set({ signing: notSigning });
}

function mustBeOpen({ store }: SubscribePage): void {
  const screen = screenOf(store.get());
  if (screen === "progress" || screen === "receipt") throw new ProblemError({ code: "alreadyPaid" });
  if (screen !== "pay") throw new ProblemError({ code: "sessionClosed" });
}

async function startLater({ store, asking, server }: SubscribePage): Promise<void> {
  asking.set({ later: { sending: true } });
  try {
    const session = await server.authoriseLater();
    store.dispatch({ type: "session/read", session, nowMs: Date.now() });
    asking.set({ later: { sending: false } });
  } catch (error) {
    asking.set({ later: { sending: false, problem: serverProblem(error) } });
  }
}

function start(page: SubscribePage): void {
  const { store, asking } = page;
  const read = () => readSession(page).catch(() => undefined);
  follow({
    socketUrl: page.server.socketUrl(),
    parse: progressFrame,
    onProgress: (progress) => {
      const before = store.get().session.status.status;
      store.dispatch({ type: "session/progress", progress });
      // Links to go on to, and why a try failed, come only with the whole state.
      if (progress.status.status !== before) void read();
    },
    poll: read,
  });
  if (store.get().session.status.status === "created") void recallDetails(page);
  setInterval(() => {
    expireByClock(page, read);
    const { offer, signing } = asking.get();
    if (offer.status !== "ready" || !offer.value || signing.status !== "idle" || screenOf(store.get()) !== "pay")
      return;
    if (secondsLeft(store.get(), offer.value.expiresAt, Date.now()) < 20) void getOffer(page);
  }, 1_000);
}
