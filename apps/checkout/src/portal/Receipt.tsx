import type { PortalBill } from "@qbitflow/api";
import type { ReactNode } from "react";
import { formatAmount, formatDay, formatRate, formatTime, formatUsd } from "../format.ts";
import { Hex, Rows, ScreenTitle } from "../ui/pieces.tsx";
import { words as pageWords } from "../words.ts";
import { usePortal, usePortalActions } from "./hooks.ts";
import { portalWords } from "./words.ts";

const words = portalWords.receiptTask;

/** One bill, to read and to print. */
export function Receipt({ bill }: { readonly bill: PortalBill }) {
  const { state } = usePortal();
  const { show } = usePortalActions();
  return (
    <div className="card grid gap-6 p-5 sm:p-8" data-testid="receipt">
      <ScreenTitle>{words.title}</ScreenTitle>
      <Rows label={words.title} rows={rowsOf(bill, state)} />
      <div className="no-print grid gap-2 sm:grid-cols-2">
        <button type="button" className="button button-main" onClick={() => window.print()} data-testid="print">
          {pageWords.receipt.print}
        </button>
        <button
          type="button"
          className="button button-quiet"
          onClick={() => show({ name: "overview" })}
          data-testid="back"
        >
          {portalWords.back}
        </button>
      </div>
    </div>
  );
}

function rowsOf(bill: PortalBill, state: ReturnType<typeof usePortal>["state"]): [string, ReactNode][] {
  const symbol = bill.symbol ?? "";
  const rows: [string, ReactNode | undefined][] = [
    [pageWords.receipt.product, <bdi key="product">{state.productName}</bdi>],
    [pageWords.receipt.merchant, <bdi key="merchant">{state.organizationName}</bdi>],
    [words.period, `${formatDay(bill.periodStartsAt)} – ${formatDay(bill.periodEndsAt)}`],
    [words.units, bill.units?.toLocaleString("en")],
    [words.usd, <strong key="usd">{`${formatUsd(bill.amountUsd)} USD`}</strong>],
    [pageWords.receipt.paid, bill.amount ? `${formatAmount(bill.amount)} ${symbol}` : undefined],
    [
      words.fee,
      bill.executionFee && !/^[0.]*$/.test(bill.executionFee)
        ? `${formatAmount(bill.executionFee)} ${symbol}`
        : undefined,
    ],
    [pageWords.receipt.rate, bill.rate ? pageWords.quote.rate(symbol, formatRate(bill.rate)) : undefined],
    [pageWords.receipt.time, bill.paidAt ? formatTime(bill.paidAt) : undefined],
    [pageWords.receipt.transaction, bill.transactionHash ? <Hex key="hash">{bill.transactionHash}</Hex> : undefined],
    [words.bill, <Hex key="uuid">{bill.uuid}</Hex>],
  ];
  return rows.filter((row) => row[1] !== undefined);
}
