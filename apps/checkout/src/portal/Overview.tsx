import type { PortalState } from "@qbitflow/api";
import { formatAmount, formatDue, formatTime, formatUsd, shortHex } from "../format.ts";
import { AlertIcon } from "../ui/icons.tsx";
import { ScreenTitle, Spinner } from "../ui/pieces.tsx";
import { Bills } from "./Bills.tsx";
import { Card, tones } from "./Card.tsx";
import { Ending } from "./Ending.tsx";
import { usePortal, usePortalActions } from "./hooks.ts";
import { Paying } from "./Paying.tsx";
import { isEnding, type Task } from "./state.ts";
import { statusSaid, statusWords, underWayStatus, underWayWords, portalWords as words } from "./words.ts";

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

function Status() {
  const { state } = usePortal();
  const { show } = usePortalActions();
  const { name, tone, text, todo } = headOf(state);
  const way = wayOut(state);
  const dates = datesOf(state);
  return (
    <div className="card grid gap-5 p-5 sm:p-6" data-testid="status">
      <div className="grid justify-items-start gap-2">
        <span className={`rounded-full px-3 py-0.5 text-sm font-semibold ${tones[tone]}`}>{name}</span>
        <ScreenTitle>{text}</ScreenTitle>
        {todo ? <p className="text-muted">{todo}</p> : null}
        {dates ? <p className="text-sm text-muted">{dates}</p> : null}
        {way ? (
          <button
            type="button"
            className="button button-main mt-2 w-full"
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

/** One that ends, and for which nothing has to be done, says when. */
function headOf(state: PortalState): { name: string; tone: keyof typeof tones; text: string; todo?: string } {
  const { status, endsAt } = state;
  const { name, tone } = statusWords[status];
  if (!isEnding(state)) return { name, tone, ...statusSaid(state) };
  return { name: words.ending, tone: "plain", text: endsAt ? words.stopped(formatTime(endsAt)) : words.stoppedSoon };
}

/** The one thing to do about what is wrong, where it is done here. */
function wayOut({ status, reason, mandate, stopped, kind, underWay }: PortalState): Task | undefined {
  if (underWay.some(isChange)) return undefined;
  if (status === "cancelled" || (stopped && kind === "subscription")) return undefined;
  if (!mandate || reason === "mandate_cancelled" || reason === "mandate_ended") return "mandate";
  if (status === "pending") return "maximum";
  return reason === "insufficient_allowance" ? "allowance" : undefined;
}

/** Done already, and on its way. */
function isChange({ type, status }: PortalState["underWay"][number]): boolean {
  return type !== "executeSubscription" && !["completed", "failed", "cancelled", "expired"].includes(status);
}

function datesOf(state: PortalState): string {
  if (state.status === "cancelled" || isEnding(state)) return "";
  if (state.stopped) return state.endsAt ? words.stopped(formatTime(state.endsAt)) : words.stoppedSoon;
  if (state.status === "trial" && state.trialEndsAt) return words.trialEnds(formatTime(state.trialEndsAt));
  return state.statusEndsAt ? words.endsBy(formatTime(state.statusEndsAt)) : "";
}

function NextBill() {
  const { state } = usePortal();
  const { nextBill, nextBillAt, status, frequency } = state;
  const isWaiting = status === "pending" || status === "past_due";
  if (!nextBillAt) return null;
  const amount = nextBill?.amount ? `${formatAmount(nextBill.amount)} ${nextBill.symbol ?? ""}` : undefined;
  return (
    <div
      className="wrap-any flex flex-wrap items-baseline justify-between gap-x-4 gap-y-2 rounded-xl bg-well p-4"
      data-testid="next-bill"
    >
      <p>
        <span className="block text-sm text-muted">{isWaiting ? words.waiting : words.next}</span>
        <span className="font-medium">{formatDue(nextBillAt, frequency)}</span>
      </p>
      <p className="ml-auto text-end">
        {nextBill ? (
          <span className="block text-lg font-semibold tabular-nums">{formatUsd(nextBill.amountUsd)}</span>
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
            {each.status === "failed" || each.status === "expired" ? (
              <AlertIcon className="mt-0.5 size-5 shrink-0 text-bad" />
            ) : (
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
            className={`bar block h-full rounded-full ${share >= 0.8 ? "bg-warn" : "bg-accent"}`}
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
