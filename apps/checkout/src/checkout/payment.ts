import type { Payer } from "../chain/account.ts";
import type { RunHooks } from "../chain/run.ts";
import { secondsLeft } from "../flow/clock.ts";
import { screenOf } from "../flow/screen.ts";
import { gaslessOf } from "../flow/sending.ts";
import { networkOf, type SentPayment } from "../flow/state.ts";
import { withPayLock } from "../lock.ts";
import { type Problem, type ProblemCode, ProblemError } from "../problem.ts";
import { disconnect } from "../wallet/connect.ts";
import { walletProblem } from "../wallet/errors.ts";
import { ensureNetwork } from "../wallet/network.ts";
import { chainIdNumber, type Eip1193Provider } from "../wallet/provider.ts";
import { handOver } from "./gasless.ts";
import { type Page, readSession } from "./page.ts";
import { freshQuote } from "./quotes.ts";
import { checkQuote } from "./shown.ts";
import { readBalance } from "./wallet.ts";

/** Pays: every check first, then the wallet. Never throws; what went wrong is in the state. */
export async function pay(page: Page): Promise<void> {
  const { store, uuid } = page;
  if (store.get().pay.status !== "idle") return;
  store.dispatch({ type: "pay/checking" });
  const ran = await withPayLock(uuid, () => payNow(page).catch((error) => stopped(page, error)));
  if (!ran) store.dispatch({ type: "pay/stopped", problem: { code: "otherTab" } });
}

async function payNow(page: Page): Promise<void> {
  const { store, connection, memory } = page;
  await mustStillBePaid(page);
  const quote = await freshQuote(page);
  // As it was shown when the customer pressed: what is found out about the wallet from here on changes it no more.
  const gasless = gaslessOf(quote, store.get());
  const { provider } = connection;
  const network = networkOf(store.get());
  if (!provider || !network) throw new ProblemError({ code: "walletGone" });
  checkQuote(quote, store.get().session);
  await ensureNetwork(provider, network);
  store.dispatch({ type: "wallet/chain", chainId: network.chainId });
  const address = await presentAccount(page, provider);
  const payer = { provider, address, quote, network };
  const hooks = hooksOf(page, payer);
  const { runPayment, signGasless } = await import("../chain/run.ts");
  if (gasless) {
    const request = await signGasless(payer, gasless, hooks);
    return handOver(page, { request, deadline: quote.terms.deadline });
  }
  const transactionHash = await runPayment(payer, hooks);
  const sent = { transactionHash, currencyId: quote.currencyId, sentAt: Date.now(), deadline: quote.terms.deadline };
  memory.write({ sent, asked: undefined });
  store.dispatch({ type: "pay/sent", sent });
  await tellServer(page, sent);
}

function hooksOf(page: Page, { provider, quote, network }: Payer): RunHooks {
  const { store, memory } = page;
  return {
    planned: (steps) => store.dispatch({ type: "pay/planned", steps }),
    step: (index, status) => store.dispatch({ type: "pay/step", index, status }),
    beforeMoney: async () => {
      await mustStillBePaid(page);
      const over = secondsLeft(store.get(), quote.expiresAt, Date.now()) < 15;
      if (over) throw new ProblemError({ code: "quoteExpired" });
      const chainId = chainIdNumber(await provider.request({ method: "eth_chainId" }));
      if (chainId !== network.chainId)
        throw new ProblemError({ code: "wrongNetwork", facts: { network: network.name } });
    },
    asked: () => {
      const asked = { currencyId: quote.currencyId, deadline: quote.terms.deadline };
      memory.write({ asked });
    },
  };
}

/** The last word before money moves is the server's, then this browser's memory. Throws ProblemError when it says no. */
async function mustStillBePaid(page: Page): Promise<void> {
  await readSession(page);
  const flow = page.store.get();
  const remembered = page.memory.read();
  const screen = screenOf(flow);
  if (screen === "progress" || screen === "receipt") throw new ProblemError({ code: "alreadyPaid" });
  if (screen !== "pay") throw new ProblemError({ code: "sessionClosed" });
  // Another tab asked a wallet and is gone, and the question may still be open there: the customer knows.
  if (remembered.asked) throw new ProblemError({ code: "alreadyPaid" });
  // Another tab of this browser has it.
  if (remembered.signed) {
    page.store.dispatch({ type: "pay/signed", signed: remembered.signed });
    throw new ProblemError({ code: "alreadyPaid" });
  }
  if (remembered.sent && remembered.sent.transactionHash !== flow.failedHash) {
    page.store.dispatch({ type: "pay/sent", sent: remembered.sent });
    throw new ProblemError({ code: "alreadyPaid" });
  }
}

/** The customer may have changed accounts in the wallet since connecting. */
async function presentAccount(page: Page, provider: Eip1193Provider): Promise<`0x${string}`> {
  const { wallet } = page.store.get();
  const accounts = (await provider.request({ method: "eth_accounts" })) as string[];
  const address = accounts[0] ?? ((await provider.request({ method: "eth_requestAccounts" })) as string[])[0];
  if (!address) throw new ProblemError({ code: "walletLocked" });
  if (address !== wallet.address && wallet.choice) {
    page.store.dispatch({ type: "wallet/connected", choice: wallet.choice, address, chainId: wallet.chainId ?? 0 });
  }
  return address as `0x${string}`;
}

/** The same payment is the customer's to send. */
const needNotBeSent: ReadonlySet<ProblemCode> = new Set(["cannotBeSent", "permit2TooLittle", "tooLittleToBeSent"]);

function stopped(page: Page, error: unknown): void {
  const { store, memory } = page;
  const problem = walletProblem(error);
  const { asked } = memory.read();
  const open = asked && mayHaveBeenSent(page, problem) ? asked : undefined;
  if (open) store.dispatch({ type: "pay/asked", asked: open });
  else memory.write({ asked: undefined });
  // Nothing was signed: the amount that is shown now is what it takes from the wallet itself.
  if (needNotBeSent.has(problem.code)) {
    store.dispatch({ type: "pay/alone", sendsAlone: true });
  }
  const onScreen = screenOf(store.get()) === "pay" && !(open && problem.code === "alreadyPaid");
  store.dispatch(onScreen ? { type: "pay/stopped", problem } : { type: "pay/stopped" });
  if (problem.code === "walletGone") disconnect(page.wallets);
  else void readBalance(page);
}

/** Over a relay an error can mean that the answer was lost, not the payment. Of another tab's question nothing is known. */
function mayHaveBeenSent(page: Page, problem: Problem): boolean {
  if (problem.code === "alreadyPaid") return true;
  return problem.code === "walletFailed" && page.store.get().wallet.choice?.kind === "walletConnect";
}

/** The hint only shortens waiting: the server finds the payment on the chain without it. */
export async function tellServer(page: Page, sent: SentPayment): Promise<void> {
  const { currencyId, transactionHash } = sent;
  try {
    const session = await page.server.hint({ currencyId, transactionHash });
    page.store.dispatch({ type: "session/read", session, nowMs: Date.now() });
  } catch {
    await readSession(page).catch(() => undefined);
  }
}

// The server reads blocks after they are made; it gets this long after the last possible one.
const graceSeconds = 120;

/** Looks after a sent transaction that the server has not seen: reverted, or refused by now because its time is over. */
export async function checkSent(page: Page): Promise<void> {
  const { store, connection } = page;
  const flow = store.get();
  const { sent } = flow;
  const { status } = flow.session;
  if (!sent || (status.status !== "created" && status.status !== "pending") || flow.session.payments.length > 0) return;
  const outcome =
    connection.provider && onItsNetwork(page, sent) ? await receiptOutcome(connection.provider, sent) : "unknown";
  if (store.get().sent !== sent) return;
  if (outcome === "reverted") return forgetSent(page, { code: "reverted" });
  const over = secondsLeft(store.get(), sent.deadline + graceSeconds, Date.now()) === 0;
  if (over && outcome === "unknown" && status.status === "created" && flow.online)
    forgetSent(page, { code: "dropped" });
}

function onItsNetwork(page: Page, sent: SentPayment): boolean {
  const { session, wallet } = page.store.get();
  const network = session.currencies.find((entry) => entry.currency.id === sent.currencyId)?.network;
  return network !== undefined && network.chainId === wallet.chainId;
}

async function receiptOutcome(provider: Eip1193Provider, sent: SentPayment) {
  const { outcomeOf } = await import("../chain/run.ts");
  return outcomeOf(provider, sent.transactionHash);
}

/** Lets the customer pay again: the transaction failed, or the customer says so. */
export function forgetSent(page: Page, problem?: Problem): void {
  page.memory.write({ sent: undefined });
  page.store.dispatch(problem ? { type: "sent/forgotten", problem } : { type: "sent/forgotten" });
}

/** The customer says that the wallet's question from before was not confirmed. */
export function forgetAsked(page: Page): void {
  page.memory.write({ asked: undefined });
  page.store.dispatch({ type: "pay/unasked" });
}

/** A question whose deadline is over can no longer become a payment. */
export function checkAsked(page: Page): void {
  const flow = page.store.get();
  if (flow.asked && secondsLeft(flow, flow.asked.deadline + graceSeconds, Date.now()) === 0) forgetAsked(page);
}
