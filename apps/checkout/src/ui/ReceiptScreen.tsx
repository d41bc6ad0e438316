import { type ReactNode, useEffect, useState } from "react";
import { payingPayment } from "../flow/progress.ts";
import type { Flow } from "../flow/state.ts";
import { formatAmount, formatRate, formatTime, formatUsd, safeLink } from "../format.ts";
import { words } from "../words.ts";
import { useActions, useFlow } from "./hooks.ts";
import { CheckIcon } from "./icons.tsx";
import { Rows, ScreenTitle } from "./pieces.tsx";

export function ReceiptScreen() {
  const flow = useFlow();
  const { session } = flow;
  const successUrl = safeLink(session.successUrl);
  return (
    <div className="card grid gap-6 p-5 sm:p-8" data-testid="receipt">
      <div className="grid justify-items-start gap-3">
        <span className="grid size-12 place-items-center rounded-full bg-good-soft text-good" aria-hidden="true">
          <CheckIcon className="size-7" />
        </span>
        <ScreenTitle>{words.receipt.title}</ScreenTitle>
        <p className="wrap-any text-muted">{words.receipt.text(session.organizationName)}</p>
      </div>
      {successUrl ? <GoOn url={successUrl} /> : null}
      <Rows label={words.receipt.heading} rows={receiptRows(flow)} />
      <div className="no-print flex flex-wrap items-center gap-4">
        <button type="button" className="button button-quiet" onClick={() => window.print()} data-testid="print">
          {words.receipt.print}
        </button>
        {successUrl ? null : <p className="text-sm text-muted">{words.receipt.close}</p>}
      </div>
    </div>
  );
}

function receiptRows({ session }: Flow): [string, ReactNode][] {
  const payment = payingPayment(session);
  const rows: [string, ReactNode][] = [
    [words.receipt.product, <bdi key="product">{session.productName}</bdi>],
    [words.receipt.merchant, <bdi key="merchant">{session.organizationName}</bdi>],
    [words.receipt.priceUsd, `${formatUsd(session.price)} USD`],
  ];
  if (payment) {
    const network = session.currencies.find((entry) => entry.network.slug === payment.network)?.network;
    const rate = session.quote?.symbol === payment.symbol ? session.quote.rate : undefined;
    const link = safeLink(payment.explorerUrl);
    const mono = (text: string) => <span className="font-mono text-sm">{text}</span>;
    rows.push(
      [
        words.receipt.paid,
        <strong key="paid" data-testid="receipt-amount">{`${formatAmount(payment.amount)} ${payment.symbol}`}</strong>,
      ],
      ...(payment.relayFee && !/^[0.]*$/.test(payment.relayFee)
        ? [[words.receipt.relayFee, `${formatAmount(payment.relayFee)} ${payment.symbol}`] as [string, ReactNode]]
        : []),
      ...(rate
        ? [[words.receipt.rate, words.quote.rate(payment.symbol, formatRate(rate))] as [string, ReactNode]]
        : []),
      [words.receipt.network, network?.name ?? payment.network],
      [words.receipt.from, mono(payment.from)],
      [words.receipt.to, mono(payment.to)],
      [
        words.receipt.transaction,
        link ? (
          <a key="link" className="link font-mono text-sm" href={link} target="_blank" rel="noopener noreferrer">
            {payment.transactionHash}
          </a>
        ) : (
          mono(payment.transactionHash)
        ),
      ],
      [words.receipt.time, formatTime(payment.at)],
    );
  }
  rows.push([
    words.receipt.session,
    <span key="uuid" className="font-mono text-sm">
      {session.uuid}
    </span>,
  ]);
  return rows;
}

const goOnAfterSeconds = 10;

/** The way on to the merchant: a button, and by itself after a few seconds unless the customer stays or prints. */
export function GoOn({ url }: { readonly url: string }) {
  const { session } = useFlow();
  const { mayGoOn, stayHere } = useActions();
  const [left, setLeft] = useState<number | undefined>(() => (mayGoOn() ? goOnAfterSeconds : undefined));
  useEffect(() => {
    if (left === undefined) return;
    const timer = setTimeout(() => {
      if (left > 1) return setLeft(left - 1);
      stayHere();
      location.assign(url);
    }, 1_000);
    return () => clearTimeout(timer);
  }, [left, url, stayHere]);
  const stay = () => {
    stayHere();
    setLeft(undefined);
  };
  return (
    <div className="no-print grid gap-2">
      <a className="button button-main" href={url} data-testid="continue">
        {words.receipt.continue(session.organizationName)}
      </a>
      {left === undefined ? null : (
        <p className="flex flex-wrap justify-center gap-x-3 text-sm text-muted">
          <span className="tabular-nums">{words.receipt.redirect(left)}</span>
          <button type="button" className="link" onClick={stay} data-testid="stay">
            {words.receipt.stay}
          </button>
        </p>
      )}
    </div>
  );
}
