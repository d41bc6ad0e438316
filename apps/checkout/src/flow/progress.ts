import type { CheckoutPayment, CheckoutState } from "@qbitflow/api";
import { words } from "../words.ts";
import type { Flow } from "./state.ts";

/** The payment that pays the session: `late` counts only where the server completed the session with it. */
export function payingPayment({ payments, status }: CheckoutState): CheckoutPayment | undefined {
  const exact = payments.find((payment) => payment.match === "exact");
  if (exact) return exact;
  const settling = status.status === "completed" || status.status === "waitingConfirmation";
  return settling ? payments.find((payment) => payment.match === "late") : undefined;
}

/** Payments that reached the session and do not pay it. */
export function mismatches(session: CheckoutState): readonly CheckoutPayment[] {
  const paying = payingPayment(session);
  return session.payments.filter((payment) => payment !== paying && payment.match !== "exact");
}

export interface Progress {
  readonly stage: "signed" | "sent" | "seen" | "final";
  readonly title: string;
  readonly text: string;
  /** `2 of 3 confirmations`; not there before the first. */
  readonly confirmations?: string;
  readonly have: number;
  readonly need: number;
  readonly transactionHash?: string;
  readonly link?: string;
  /** Left until final, by the network's block time. */
  readonly leftSeconds?: number;
}

/** How far the payment is, from what the server saw and, before that, from what this browser sent. */
export function progressOf(flow: Flow): Progress {
  const { session, sent } = flow;
  const payment = payingPayment(session);
  const entry = session.currencies.find((candidate) =>
    payment ? candidate.network.slug === payment.network : candidate.currency.id === sent?.currencyId,
  );
  const need = payment?.confirmationsNeeded ?? entry?.network.confirmations ?? 1;
  const have = Math.min(payment?.confirmations ?? 0, need);
  const transactionHash = payment?.transactionHash ?? session.status.txHash ?? sent?.transactionHash;
  const link = payment?.explorerUrl ?? explorerLink(entry?.network.explorerUrl, transactionHash);
  const facts = { have, need, ...(transactionHash ? { transactionHash } : {}), ...(link ? { link } : {}) };
  if (have > 0) {
    const leftSeconds = entry ? Math.ceil(((need - have) * entry.network.blockTimeMs) / 1000) : undefined;
    return {
      ...facts,
      stage: "seen",
      title: words.progress.confirming,
      text: words.progress.confirmingText,
      confirmations: words.progress.confirmations(have, need),
      ...(leftSeconds ? { leftSeconds } : {}),
    };
  }
  if (flow.signed && !sent && session.status.status === "created") {
    return { ...facts, stage: "signed", title: words.progress.signed, text: words.progress.signedText };
  }
  const seen = session.status.status === "pending";
  return {
    ...facts,
    stage: "sent",
    title: seen ? words.progress.seen : words.progress.sent,
    text: words.progress.sentText,
  };
}

function explorerLink(explorerUrl: string | undefined, hash: string | undefined): string | undefined {
  return explorerUrl && hash ? `${explorerUrl.replace(/\/$/, "")}/tx/${hash}` : undefined;
}
