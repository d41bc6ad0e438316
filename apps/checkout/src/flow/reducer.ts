import type { CheckoutCustomer, CheckoutProgress, CheckoutQuote, CheckoutState } from "@qbitflow/api";
import type { Problem } from "../problem.ts";
import type { ShownStepKind } from "./plan.ts";
import { readable } from "./readable.ts";
import { amountShown } from "./sending.ts";
import type { AskedPayment, FieldErrors, Flow, SentPayment, SignedPayment, Step } from "./state.ts";
import { isWalletEvent, reduceWallet, type WalletEvent } from "./wallet.ts";

export type FlowEvent =
  | WalletEvent
  | { type: "session/read"; session: CheckoutState; nowMs: number }
  | { type: "session/progress"; progress: CheckoutProgress }
  | { type: "online"; online: boolean }
  | { type: "details/edit" }
  | { type: "details/close" }
  | { type: "details/known"; customer: CheckoutCustomer }
  | { type: "details/saving" }
  | { type: "details/refused"; errors: FieldErrors; message?: string }
  | { type: "currency/picked"; currencyId: number }
  | { type: "currency/change" }
  | { type: "quote/loading" }
  | { type: "quote/got"; quote: CheckoutQuote; nowMs: number }
  | { type: "quote/failed"; currencyId: number; problem: Problem }
  | { type: "pay/checking" }
  | { type: "pay/planned"; steps: readonly ShownStepKind[] }
  | { type: "pay/step"; index: number; status: Step["status"] }
  | { type: "pay/stopped"; problem?: Problem }
  | { type: "pay/asked"; asked: AskedPayment }
  | { type: "pay/unasked" }
  | { type: "pay/sent"; sent: SentPayment }
  | { type: "pay/signed"; signed: SignedPayment }
  | { type: "pay/unsigned" }
  | { type: "pay/alone"; sendsAlone: boolean }
  | { type: "sent/forgotten"; problem?: Problem }
  | { type: "cancel/ask" }
  | { type: "cancel/close" }
  | { type: "cancel/sending" }
  | { type: "cancel/failed"; problem: Problem };

const idle = { status: "idle", steps: [] } as const;

/** The page's state before anything happened: what the server wrote into the HTML. */
export function startFlow(told: CheckoutState, nowMs: number): Flow {
  const session = readable(told);
  const only = onlyChoice(session);
  const flow: Flow = {
    session,
    clockOffsetMs: session.serverTime * 1000 - nowMs,
    online: true,
    details: { status: "closed", errors: {} },
    quote: { status: "none" },
    choices: [],
    wallet: { status: "none" },
    pay: idle,
    sendsAlone: false,
    sawCompletion: false,
    cancel: "none",
  };
  if (session.quote && session.quote.expiresAt > session.serverTime && isAvailable(session, session.quote.currencyId)) {
    return { ...flow, currencyId: session.quote.currencyId, quote: { status: "ready", value: session.quote } };
  }
  return only === undefined ? flow : { ...flow, currencyId: only };
}

function onlyChoice(session: CheckoutState): number | undefined {
  const available = session.currencies.filter((entry) => entry.available);
  return session.currencies.length === 1 && available.length === 1 ? available[0]?.currency.id : undefined;
}

function isAvailable(session: CheckoutState, currencyId: number): boolean {
  return session.currencies.some((entry) => entry.available && entry.currency.id === currencyId);
}

/** Pure: the next state. Events that make no sense in a state leave it as it is. */
export function reduce(flow: Flow, event: FlowEvent): Flow {
  if (isWalletEvent(event)) return withWallet(flow, event);
  if (event.type.startsWith("pay/") || event.type === "sent/forgotten") return reducePay(flow, event);
  switch (event.type) {
    case "session/read":
      return withSession(flow, readable(event.session), event.nowMs);
    case "session/progress":
      return withSettled(flow, { ...flow.session, ...event.progress });
    case "online":
      return flow.online === event.online ? flow : { ...flow, online: event.online };
    case "currency/picked":
      return pick(flow, event.currencyId);
    case "currency/change":
      return busy(flow) ? flow : { ...without(flow, "currencyId"), quote: { status: "none" }, pay: idle };
    case "quote/loading":
      return { ...flow, quote: { ...flow.quote, status: "loading" } };
    case "quote/got":
      return gotQuote(flow, event.quote, event.nowMs);
    case "quote/failed":
      if (event.currencyId !== flow.currencyId) return flow;
      return { ...flow, quote: { status: "failed", problem: event.problem } };
    default:
      return reduceForms(flow, event);
  }
}

function reduceForms(flow: Flow, event: FlowEvent): Flow {
  switch (event.type) {
    case "details/edit":
      return busy(flow) ? flow : { ...flow, details: { ...flow.details, status: "editing", errors: {} } };
    case "details/close":
      return { ...flow, details: { ...without(flow.details, "message"), status: "closed", errors: {} } };
    case "details/known":
      return { ...flow, details: { ...flow.details, customer: event.customer } };
    case "details/saving":
      return { ...flow, details: { ...without(flow.details, "message"), status: "saving", errors: {} } };
    case "details/refused": {
      const details = { ...without(flow.details, "message"), status: "editing" as const, errors: event.errors };
      return { ...flow, details: event.message === undefined ? details : { ...details, message: event.message } };
    }
    case "cancel/ask":
      return { ...without(flow, "cancelProblem"), cancel: "asking" };
    case "cancel/close":
      return { ...without(flow, "cancelProblem"), cancel: "none" };
    case "cancel/sending":
      return { ...without(flow, "cancelProblem"), cancel: "sending" };
    case "cancel/failed":
      return { ...flow, cancel: "asking", cancelProblem: event.problem };
    default:
      return flow;
  }
}

/** Another wallet, or none, begins the payment anew. */
function withWallet(flow: Flow, event: WalletEvent): Flow {
  // It may change who sends, and with that the amount: not while the amount that was shown is being paid.
  if (event.type === "wallet/permit2" && busy(flow)) return flow;
  const next = reduceWallet(flow, event);
  return event.type === "wallet/connecting" || event.type === "wallet/left" ? { ...next, pay: idle } : next;
}

function reducePay(flow: Flow, event: FlowEvent): Flow {
  switch (event.type) {
    case "pay/checking":
      return { ...flow, pay: { status: "checking", steps: [] } };
    case "pay/planned":
      return { ...flow, pay: { status: "working", steps: event.steps.map((kind) => ({ kind, status: "next" })) } };
    case "pay/step": {
      const steps = flow.pay.steps.map((step, i) => (i === event.index ? { ...step, status: event.status } : step));
      return { ...flow, pay: { ...flow.pay, steps } };
    }
    case "pay/stopped":
      return { ...flow, pay: event.problem ? { ...idle, problem: event.problem } : idle };
    case "pay/asked":
      return { ...flow, asked: event.asked };
    case "pay/unasked":
      return without(flow, "asked");
    case "pay/sent":
      return { ...without(flow, "asked"), sent: event.sent, pay: idle };
    case "pay/signed":
      return { ...flow, signed: event.signed, pay: idle };
    case "pay/unsigned":
      return without(flow, "signed");
    case "pay/alone":
      return { ...flow, sendsAlone: event.sendsAlone, pay: idle };
    case "sent/forgotten": {
      const pay = event.problem ? { ...idle, problem: event.problem } : idle;
      const failed = flow.sent ? { failedHash: flow.sent.transactionHash } : {};
      return { ...without(flow, "sent"), ...failed, pay };
    }
    default:
      return flow;
  }
}

function withSession(flow: Flow, session: CheckoutState, nowMs: number): Flow {
  const next = withSettled({ ...flow, clockOffsetMs: session.serverTime * 1000 - nowMs }, session);
  const gone = next.currencyId !== undefined && !isAvailable(session, next.currencyId);
  if (!gone || busy(next) || session.status.status !== "created") return next;
  const entry = session.currencies.find((candidate) => candidate.currency.id === next.currencyId);
  const facts = entry?.unavailableReason ? { said: entry.unavailableReason } : {};
  return { ...next, quote: { status: "failed", problem: { code: "currencyUnavailable", facts } } };
}

/** Takes the server's word on the status; a browser's memory of a sent payment ends with a final one. */
function withSettled(flow: Flow, session: CheckoutState): Flow {
  const before = flow.session.status.status;
  const now = session.status.status;
  const sawCompletion = flow.sawCompletion || (now === "completed" && before !== "completed");
  const next = { ...flow, session, sawCompletion };
  if (now === "created") return next;
  const settled = without(without(next, "asked"), "signed");
  return now === "completed" || now === "cancelled" ? without(settled, "sent") : settled;
}

function pick(flow: Flow, currencyId: number): Flow {
  if (busy(flow) || !isAvailable(flow.session, currencyId)) return flow;
  if (flow.currencyId === currencyId) return flow;
  const wallet = without(without(flow.wallet, "balanceBase"), "permit2Base");
  return { ...flow, currencyId, quote: { status: "none" }, pay: idle, sendsAlone: false, wallet };
}

function gotQuote(flow: Flow, quote: CheckoutQuote, nowMs: number): Flow {
  // An answer for a currency that is no longer chosen comes too late to matter.
  if (quote.currencyId !== flow.currencyId) return flow;
  const old = flow.quote.value;
  const before = old && amountShown(old, flow);
  const changed = before !== undefined && before !== amountShown(quote, flow);
  const changedFrom = changed ? before : flow.quote.changedFrom;
  return {
    ...flow,
    clockOffsetMs: quote.serverTime * 1000 - nowMs,
    quote: { status: "ready", value: quote, ...(changedFrom === undefined ? {} : { changedFrom }) },
  };
}

function busy(flow: Flow): boolean {
  return flow.pay.status !== "idle";
}

function without<T extends object, K extends keyof T>(from: T, key: K): Omit<T, K> & { [P in K]?: never } {
  const { [key]: _gone, ...rest } = from;
  return rest as Omit<T, K> & { [P in K]?: never };
}
