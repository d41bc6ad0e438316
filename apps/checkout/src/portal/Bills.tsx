import type { PortalBill } from "@qbitflow/api";
import { useState } from "react";
import { formatAmount, formatDay, formatTime, formatUsd, safeLink, shortHex } from "../format.ts";
import { Notice } from "../ui/pieces.tsx";
import { Card, tones } from "./Card.tsx";
import { usePortal, usePortalActions } from "./hooks.ts";
import { billWords, reasonWords, portalWords as words } from "./words.ts";

const atFirst = 12;

/** What was billed, newest first: the last dozen, and the rest for who asks. */
export function Bills() {
  const { state } = usePortal();
  const [all, setAll] = useState(false);
  const { bills } = state;
  const shown = all ? bills : bills.slice(0, atFirst);
  return (
    <Card title={words.history} testId="bills">
      {bills.length === 0 ? <p className="text-muted">{words.noBills}</p> : null}
      <ul className="divide-y divide-line">
        {shown.map((bill) => (
          <Bill key={bill.uuid} bill={bill} />
        ))}
      </ul>
      {shown.length < bills.length ? (
        <button type="button" className="button button-quiet" onClick={() => setAll(true)} data-testid="all-bills">
          {words.allBills(bills.length)}
        </button>
      ) : null}
    </Card>
  );
}

function Bill({ bill }: { readonly bill: PortalBill }) {
  const { show } = usePortalActions();
  const tone = bill.failure ? "bad" : bill.status === "paid" ? "good" : "plain";
  const link = safeLink(bill.explorerUrl);
  return (
    <li className="grid gap-2 py-3 first:pt-0 last:pb-0" data-testid="bill" data-status={bill.status}>
      <div className="wrap-any flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <span>{formatDay(bill.periodStartsAt)}</span>
        <span className="flex flex-wrap items-baseline gap-x-3">
          <span className={`rounded-full px-2 text-xs font-semibold ${tones[tone]}`}>{billWords[bill.status]}</span>
          <span className="font-semibold tabular-nums">{formatUsd(bill.amountUsd)}</span>
        </span>
      </div>
      {bill.failure ? (
        <Notice tone="bad">
          <p>
            {reasonWords[bill.failure.code]?.text ?? bill.failure.message}{" "}
            {bill.failure.nextAttemptAt ? words.tried(formatTime(bill.failure.nextAttemptAt)) : ""}
          </p>
        </Notice>
      ) : null}
      {bill.status === "paid" ? (
        <p className="flex flex-wrap gap-x-4 text-sm text-muted">
          <span className="tabular-nums">{bill.amount ? `${formatAmount(bill.amount)} ${bill.symbol ?? ""}` : ""}</span>
          <button
            type="button"
            className="link"
            onClick={() => show({ name: "receipt", bill })}
            data-testid="bill-receipt"
          >
            {words.receipt}
            <span className="sr-only"> {formatDay(bill.periodStartsAt)}</span>
          </button>
          {link ? (
            <a className="link" href={link} target="_blank" rel="noopener noreferrer">
              {shortHex(bill.transactionHash ?? "")}
            </a>
          ) : null}
        </p>
      ) : null}
    </li>
  );
}
