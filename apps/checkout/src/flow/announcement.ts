import { say, words } from "../words.ts";
import { progressOf } from "./progress.ts";
import { screenOf } from "./screen.ts";
import { amountShown } from "./sending.ts";
import type { Flow } from "./state.ts";

/** One sentence for screen readers whenever something changes that the eye would notice. */
export function announcement(flow: Flow): string {
  switch (screenOf(flow)) {
    case "receipt":
      return words.receipt.title;
    case "cancelled":
      return words.cancel.done;
    case "expired":
      return words.expired.title;
    case "failed":
      return words.failed.title;
    case "progress": {
      const { title, confirmations } = progressOf(flow);
      return confirmations ? `${title}. ${confirmations}` : title;
    }
    case "pay":
      return payAnnouncement(flow);
  }
}

function payAnnouncement(flow: Flow): string {
  const { pay, wallet, quote } = flow;
  const current = pay.steps.findIndex((step) => step.status === "inWallet" || step.status === "waiting");
  if (current >= 0) {
    const what = pay.steps[current]?.status === "waiting" ? words.pay.waitingBlock : words.pay.inWallet;
    return `${words.pay.stepOf(current + 1, pay.steps.length)}. ${what}`;
  }
  if (pay.problem) return say(pay.problem).title;
  if (pay.status === "checking") return words.pay.checking;
  if (wallet.status === "connecting") return words.wallet.connecting(wallet.choice?.name ?? "");
  if (quote.status === "loading") return words.quote.loading;
  if (quote.status === "ready" && quote.value) return `${words.quote.amount} ${amountShown(quote.value, flow)}`;
  return "";
}
