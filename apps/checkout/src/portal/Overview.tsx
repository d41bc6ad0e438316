import type { PortalBill, PortalState } from "@qbitflow/api";
import type { ReactNode } from "react";
import { formatAmount, formatTime, formatUsd, safeLink, shortHex } from "../format.ts";
import { Notice, ScreenTitle, Spinner } from "../ui/pieces.tsx";
import { Ending } from "./Ending.tsx";
import { usePortal, usePortalActions } from "./hooks.ts";
import type { Task } from "./state.ts";
import {
  billWords,
  reasonWords,
  statusSaid,
  statusWords,
  underWayStatus,
  underWayWords,
  portalWords as words,
} from "./words.ts";

const tones = {
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  plain: "bg-well text-muted",
};

export function Overview() {
  const { state } = usePortal();
  return (
    <>
      <Status />
      {state.underWay.length > 0 ? <UnderWay /> : null}
      {state.usage ? <Usage /> : null}
      <Paying />
      <Bills />
      {state.status === "cancelled" && !state.mandate ? null : <Ending />}
      <p className="text-center text-sm text-muted lg:hidden">{words.poweredBy}</p>
    </>
  );
}

export function Card({ title, children, testId }: { title: string; children: ReactNode; testId: string }) {
  return (
    <section
      className="card grid grid-cols-1 gap-4 p-5 sm:p-6"
      aria-labelledby={`${testId}-title`}
      data-testid={testId}
    >
      <h2 id={`${testId}-title`} className="text-lg font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}

function Status() {
  const { state } = usePortal();
  const { show } = usePortalActions();
  const { name, tone } = statusWords[state.status];
  const { text, todo } = statusSaid(state);
  const way = wayOut(state);
  return (
    <div className="card grid gap-5 p-5 sm:p-6" data-testid="status">
      <div className="grid justify-items-start gap-2">
        <span className={`rounded-full px-3 py-0.5 text-sm font-semibold ${tones[tone]}`}>{name}</span>
        <ScreenTitle>{text}</ScreenTitle>
        {todo ? <p className="text-muted">{todo}</p> : null}
        <p className="text-sm text-muted">{datesOf(state)}</p>
        {way ? (
          <button
            type="button"
            className="button button-main"
            onClick={() => show({ name: way })}
            data-testid={`${way}-start`}
          >
            {{ maximum: words.changeCap, allowance: words.topUp, mandate: words.authorise }[way]}
          </button>
        ) : null}
      </div>
      <NextBill />
    </div>
  );
}

/** The one thing to do about what is wrong, where it is done here. */
function wayOut({ status, reason, mandate, stopped, kind }: PortalState): Task | undefined {
  if (status === "cancelled" || (stopped && kind === "subscription")) return undefined;
  if (!mandate || reason === "mandate_cancelled" || reason === "mandate_ended") return "mandate";
  if (status === "pending") return "maximum";
  return reason === "insufficient_allowance" ? "allowance" : undefined;
}

function datesOf(state: PortalState): string {
  if (state.status === "cancelled") return "";
  if (state.stopped) return state.endsAt ? words.stopped(formatTime(state.endsAt)) : words.stoppedSoon;
  if (state.status === "trial" && state.trialEndsAt) return words.trialEnds(formatTime(state.trialEndsAt));
  return state.statusEndsAt ? words.endsBy(formatTime(state.statusEndsAt)) : "";
}

function NextBill() {
  const { state } = usePortal();
  const { nextBill, nextBillAt, status } = state;
  const isWaiting = status === "pending" || status === "past_due";
  if (!nextBillAt) return null;
  const amount = nextBill?.amount ? `${formatAmount(nextBill.amount)} ${nextBill.symbol ?? ""}` : undefined;
  return (
    <div
      className="wrap-any flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 rounded-xl bg-well p-4"
      data-testid="next-bill"
    >
      <p>
        <span className="block text-sm text-muted">{isWaiting ? words.waiting : words.next}</span>
        <span className="font-medium">{formatTime(nextBillAt)}</span>
      </p>
      <p className="sm:text-end">
        {nextBill ? (
          <span className="block text-lg font-semibold tabular-nums">{formatUsd(nextBill.amountUsd)} USD</span>
        ) : null}
        <span className="text-sm text-muted tabular-nums">
          {amount ?? (state.kind === "payAsYouGo" ? words.nextUsage : "")}
        </span>
      </p>
    </div>
  );
}

function UnderWay() {
  const { state } = usePortal();
  return (
    <Card title={words.underWay} testId="under-way">
      <ul className="grid gap-3">
        {state.underWay.map((each, index) => (
          <li
            key={each.txHash ?? index}
            className="flex gap-3"
            data-testid={`under-way-${each.type}`}
            data-status={each.status}
          >
            {each.status === "failed" || each.status === "expired" ? null : (
              <Spinner className="mt-0.5 size-5 shrink-0 text-accent" />
            )}
            <span className="wrap-any grid min-w-0 leading-snug">
              <span className="font-medium">{underWayWords[each.type] ?? words.underWay}</span>
              <span className="text-sm text-muted">
                {each.message ?? underWayStatus[each.status]}
                {each.txHash ? ` · ${shortHex(each.txHash)}` : ""}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Usage() {
  const { state } = usePortal();
  const { usage } = state;
  if (!usage) return null;
  const share = usage.maxSpendingPerPeriod > 0 ? Math.min(1, usage.amountUsd / usage.maxSpendingPerPeriod) : 0;
  return (
    <Card title={words.usage} testId="usage">
      <div className="grid gap-2">
        <p className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="text-2xl font-semibold tabular-nums">{formatUsd(usage.amountUsd)}</span>
          <span className="text-sm text-muted tabular-nums">{words.units(usage.units.toLocaleString("en"))}</span>
        </p>
        <span className="h-2 overflow-hidden rounded-full bg-line" aria-hidden="true">
          <span
            className={`block h-full rounded-full ${share >= 0.8 ? "bg-warn" : "bg-accent"}`}
            style={{ width: `${share * 100}%` }}
          />
        </span>
        <p className="text-sm text-muted">
          {words.ofLimit(formatUsd(usage.amountUsd), formatUsd(usage.maxSpendingPerPeriod))}
        </p>
        {usage.freeCredits > 0 ? (
          <p className="text-sm text-good">{words.credits(formatUsd(usage.freeCredits))}</p>
        ) : null}
        {usage.carriedUsd > 0 ? (
          <p className="text-sm text-muted">{words.carried(formatUsd(usage.carriedUsd))}</p>
        ) : null}
      </div>
    </Card>
  );
}

function Paying() {
  const { state } = usePortal();
  const { show } = usePortalActions();
  const { mandate } = state;
  if (!mandate) return null;
  const { currency, network } = mandate;
  const tokens = (amount: string) => (amount.length > 30 ? "∞" : `${formatAmount(amount)} ${currency.symbol}`);
  const facts: [string, string, string?][] = [
    [words.currency, `${currency.symbol}`, network.name],
    [words.wallet, shortHex(mandate.subscriber)],
    [words.cap(state.frequency), `${formatUsd(mandate.capUsd)} USD`, tokens(mandate.cap)],
    [
      words.allowance,
      mandate.allowance.length > 30 ? "∞" : `${formatUsd(mandate.allowanceUsd)} USD`,
      tokens(mandate.allowance),
    ],
    [words.balance, tokens(mandate.balance)],
  ];
  return (
    <Card title={words.paying} testId="paying">
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        {facts.map(([label, value, aside]) => (
          <div key={label} className="wrap-any grid">
            <dt className="text-sm text-muted">{label}</dt>
            <dd className="font-medium tabular-nums">
              {value} {aside ? <span className="text-sm font-normal text-muted">{aside}</span> : null}
            </dd>
          </div>
        ))}
      </dl>
      {state.status === "cancelled" ? null : (
        <p
          className={`text-sm font-medium ${mandate.coveredPeriods === 0 ? "text-bad" : "text-good"}`}
          data-testid="covers"
        >
          {words.covers(mandate.coveredPeriods)}
        </p>
      )}
      {state.status === "cancelled" ? null : (
        <div className="flex flex-wrap gap-2">
          <button
            type="button"
            className="button button-quiet"
            onClick={() => show({ name: "maximum" })}
            data-testid="change-cap"
          >
            {words.changeCap}
          </button>
          <button
            type="button"
            className="button button-quiet"
            onClick={() => show({ name: "allowance" })}
            data-testid="top-up"
          >
            {words.topUp}
          </button>
          <button
            type="button"
            className="button button-quiet"
            onClick={() => show({ name: "mandate" })}
            data-testid="change-wallet"
          >
            {words.changeWallet}
          </button>
        </div>
      )}
    </Card>
  );
}

function Bills() {
  const { state } = usePortal();
  return (
    <Card title={words.history} testId="bills">
      {state.bills.length === 0 ? <p className="text-muted">{words.noBills}</p> : null}
      <ul className="divide-y divide-line">
        {state.bills.map((bill) => (
          <Bill key={bill.uuid} bill={bill} />
        ))}
      </ul>
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
        <span>{dayOf(bill.periodStartsAt)}</span>
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
            <span className="sr-only"> {dayOf(bill.periodStartsAt)}</span>
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

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });

export function dayOf(at: string): string {
  return day.format(new Date(at));
}
