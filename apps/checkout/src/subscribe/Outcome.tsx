import type { ReactNode } from "react";
import { type Progress, progressOf } from "../flow/progress.ts";
import { formatAmount, formatTime, formatUsd, safeLink, shortHex } from "../format.ts";
import { useFlow } from "../ui/hooks.ts";
import { CheckIcon } from "../ui/icons.tsx";
import { Track } from "../ui/ProgressScreen.tsx";
import { CopyButton, Hex, Outcome, Rows, ScreenTitle } from "../ui/pieces.tsx";
import { GoOn } from "../ui/ReceiptScreen.tsx";
import { words as pageWords } from "../words.ts";
import { isTrial, subscriptionOf } from "./state.ts";
import { subscribeWords as words } from "./words.ts";

/** From signed to final, live. */
export function ProgressScreen() {
  const flow = useFlow();
  const { status } = flow.session;
  const progress = activationProgress(flow);
  const said = words.progress[progress.stage === "sent" ? "sent" : "seen"];
  const { link } = progressOf(flow);
  const view = safeLink(link);
  return (
    <div className="card grid gap-6 p-5 sm:p-8">
      <div className="grid gap-2">
        <ScreenTitle>{said.title}</ScreenTitle>
        <p className="text-muted">{said.text}</p>
      </div>
      <Track progress={progress} labels={words.progress.steps} />
      {progress.stage === "seen" && status.message ? (
        <p className="text-lg font-medium tabular-nums" data-testid="confirmations">
          {status.message}
        </p>
      ) : null}
      {status.txHash ? (
        <p className="wrap-any text-sm text-muted">
          {pageWords.progress.hash} <span className="font-mono text-xs">{shortHex(status.txHash)}</span>
          {view ? (
            <>
              {" · "}
              <a className="link" href={view} target="_blank" rel="noopener noreferrer">
                {pageWords.progress.view}
              </a>
            </>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

/** How far the activation is; the server's message counts confirmations, as for payments. */
function activationProgress({ session }: ReturnType<typeof useFlow>): Pick<Progress, "stage" | "have" | "need"> {
  const { status, message = "" } = session.status;
  if (status !== "waitingConfirmation") return { stage: "sent", have: 0, need: 1 };
  const counted = /^(\d+) of (\d+) /.exec(message);
  return { stage: "seen", have: Number(counted?.[1] ?? 0), need: Math.max(1, Number(counted?.[2] ?? 1)) };
}

export function ReceiptScreen() {
  const { session } = useFlow();
  const subscription = subscriptionOf(session);
  const successUrl = safeLink(session.successUrl);
  const portal = safeLink(absolute(subscription.portalUrl));
  const next = session.payments.length === 0 ? comingPayment(session) : undefined;
  return (
    <div className="card grid gap-6 p-5 sm:p-8" data-testid="receipt">
      <Outcome tone="good" icon={CheckIcon} title={isTrial(session) ? words.receipt.trial : words.receipt.subscribed}>
        <p className="text-muted">{words.receipt.text(session.organizationName)}</p>
        {next ? <p>{next}</p> : null}
      </Outcome>
      {successUrl ? <GoOn url={successUrl} /> : null}
      {portal ? <PortalLink url={portal} /> : null}
      <Rows label={pageWords.receipt.heading} rows={receiptRows(session)} />
      <div className="no-print">
        <button type="button" className="button button-quiet w-full" onClick={() => window.print()} data-testid="print">
          {pageWords.receipt.print}
        </button>
      </div>
    </div>
  );
}

/** What comes, while nothing was taken. */
function comingPayment({ status, subscription }: ReturnType<typeof useFlow>["session"]): string | undefined {
  // Without a transaction nothing was authorised.
  if (subscription?.trial) return status.txHash ? words.receipt.trialAuthorised : words.receipt.trialOpen;
  return subscription?.kind === "payAsYouGo" ? words.receipt.usage(subscription.frequency) : undefined;
}

function absolute(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url, location.href).href;
}

function PortalLink({ url }: { readonly url: string }) {
  return (
    <div className="grid gap-3 rounded-xl bg-accent-soft p-4">
      <p className="text-sm">{words.receipt.portalText}</p>
      <div className="no-print grid gap-2 sm:grid-cols-[1fr_auto]">
        <a className="button button-quiet" href={url} data-testid="portal-link">
          {words.receipt.portal}
        </a>
        <CopyButton text={url} label={words.receipt.copy} />
      </div>
    </div>
  );
}

function receiptRows(session: ReturnType<typeof useFlow>["session"]): [string, ReactNode][] {
  const { kind, frequency } = subscriptionOf(session);
  const payment = session.payments.find((each) => each.match === "exact");
  const per = kind === "payAsYouGo" ? words.perUnit(frequency) : words.per(frequency);
  const hash = payment?.transactionHash ?? session.status.txHash;
  return [
    [pageWords.receipt.product, <bdi key="product">{session.productName}</bdi>],
    [words.receipt.merchant, <bdi key="merchant">{session.organizationName}</bdi>],
    [words.receipt.price, `${formatUsd(session.price)} ${per}`],
    ...(payment
      ? ([
          [
            words.receipt.paid,
            <strong key="paid" data-testid="receipt-amount">
              {`${formatAmount(payment.amount)} ${payment.symbol}`}
            </strong>,
          ],
          [pageWords.receipt.time, formatTime(payment.at)],
        ] as [string, ReactNode][])
      : []),
    ...(hash ? ([[pageWords.receipt.transaction, <Hex key="hash">{hash}</Hex>]] as [string, ReactNode][]) : []),
    [words.receipt.number, <Hex key="uuid">{session.uuid}</Hex>],
  ];
}
