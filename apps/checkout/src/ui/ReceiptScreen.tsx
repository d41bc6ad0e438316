import { type ReactNode, useEffect, useState } from "react";
import { payingPayment } from "../flow/progress.ts";
import type { Flow } from "../flow/state.ts";
import { formatAmount, formatRate, formatTime, formatUsd, safeLink } from "../format.ts";
import { words } from "../words.ts";
import { useActions, useFlow } from "./hooks.ts";
import { CheckIcon } from "./icons.tsx";
import { Hex, Outcome, Rows } from "./pieces.tsx";

export function ReceiptScreen() {
  const flow = useFlow();
  const { session } = flow;
  const successUrl = safeLink(session.successUrl);
  const payment = payingPayment(session);
  const amount = payment ? `${formatAmount(payment.amount)} ${payment.symbol}` : "";
  return (
    <div className="card grid gap-6 p-5 sm:p-8" data-testid="receipt">
      <Outcome tone="good" icon={CheckIcon} title={words.receipt.title}>
        {payment ? (
          <p
            className={`${amount.length > 14 ? "text-2xl" : "text-4xl"} font-semibold tracking-tight tabular-nums`}
            data-testid="receipt-amount"
          >
            {amount}
          </p>
        ) : null}
        <p className="text-muted">{words.receipt.text(session.organizationName)}</p>
      </Outcome>
      {successUrl ? <GoOn url={successUrl} /> : null}
      <Rows label={words.receipt.heading} rows={receiptRows(flow)} />
      <div className="no-print grid justify-items-center gap-2">
        <button type="button" className="button button-quiet w-full" onClick={() => window.print()} data-testid="print">
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
    rows.push(
      ...(payment.relayFee && !/^[0.]*$/.test(payment.relayFee)
        ? [[words.receipt.relayFee, `${formatAmount(payment.relayFee)} ${payment.symbol}`] as [string, ReactNode]]
        : []),
      ...(rate
        ? [[words.receipt.rate, words.quote.rate(payment.symbol, formatRate(rate))] as [string, ReactNode]]
        : []),
      [words.receipt.network, network?.name ?? payment.network],
      [words.receipt.from, <Hex key="from">{payment.from}</Hex>],
      [words.receipt.to, <Hex key="to">{payment.to}</Hex>],
      [
        words.receipt.transaction,
        link ? (
          <a key="link" className="link hex" href={link} target="_blank" rel="noopener noreferrer">
            {payment.transactionHash}
          </a>
        ) : (
          <Hex key="hash">{payment.transactionHash}</Hex>
        ),
      ],
      [words.receipt.time, formatTime(payment.at)],
    );
  }
  rows.push([words.receipt.session, <Hex key="uuid">{session.uuid}</Hex>]);
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
