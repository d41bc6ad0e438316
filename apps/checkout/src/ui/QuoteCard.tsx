import { secondsLeft } from "../flow/clock.ts";
import { amountShown, gaslessOf, needsPermit2 } from "../flow/sending.ts";
import { networkOf } from "../flow/state.ts";
import { formatAmount, formatCountdown, formatRate } from "../format.ts";
import { words } from "../words.ts";
import { useFlow, useNow, usePayActions } from "./hooks.ts";
import { ClockIcon } from "./icons.tsx";
import { Notice, ProblemNotice, Spinner } from "./pieces.tsx";

/** The amount in the chosen currency, where it comes from and how long it holds. */
export function QuoteCard() {
  const flow = useFlow();
  const { getQuote } = usePayActions();
  const { quote, online } = flow;
  if (quote.status === "failed" && quote.problem) {
    return (
      <div className="grid gap-3">
        {online || quote.problem.code !== "offline" ? <ProblemNotice problem={quote.problem} /> : null}
        <button type="button" className="button button-quiet" onClick={() => void getQuote()} data-testid="quote-retry">
          {words.quote.retry}
        </button>
      </div>
    );
  }
  if (!quote.value) {
    return (
      <p className="flex min-h-47 items-center sm:min-h-43 gap-2 rounded-xl bg-well p-4 text-muted">
        <Spinner /> {words.quote.loading}
      </p>
    );
  }
  const { amount, symbol, rate, rateSources } = quote.value;
  const native = networkOf(flow)?.nativeSymbol ?? "";
  const gasless = gaslessOf(quote.value, flow);
  const net = `${formatAmount(amount)} ${symbol}`;
  const free = /^[0.]*$/.test(gasless?.relayFee ?? "");
  return (
    <div className="grid gap-3">
      <div className="grid gap-2 rounded-xl bg-well p-4" data-testid="quote">
        <p className="text-sm text-muted">{words.quote.amount}</p>
        <p className="wrap-any text-2xl font-semibold tracking-tight tabular-nums" data-testid="quote-amount">
          {amountShown(quote.value, flow)}
        </p>
        {gasless ? (
          <p className="wrap-any text-sm" data-testid="quote-parts">
            {free ? words.quote.partsFree(net) : words.quote.parts(net, `${formatAmount(gasless.relayFee)} ${symbol}`)}
          </p>
        ) : null}
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-sm text-muted">
          <p className="wrap-any" data-testid="quote-rate">
            {words.quote.rate(symbol, formatRate(rate))}{" "}
            <span className="text-xs">({words.quote.sources(rateSources.join(", "))})</span>
          </p>
          <Countdown />
        </div>
      </div>
      {quote.changedFrom ? (
        <Notice tone="info" testId="quote-changed">
          <p>{words.quote.changed(quote.changedFrom, amountShown(quote.value, flow))}</p>
        </Notice>
      ) : null}
      <p className="text-xs text-muted" data-testid="quote-fee">
        {gasless ? words.quote.sentForYou(native) : words.quote.fee(native)}
        {gasless && needsPermit2(gasless) ? ` ${words.quote.sentByPermit2(symbol)}` : null}
      </p>
    </div>
  );
}

function Countdown() {
  const flow = useFlow();
  const nowMs = useNow();
  if (!flow.quote.value) return null;
  const left = secondsLeft(flow, flow.quote.value.expiresAt, nowMs);
  const renewing = flow.quote.status === "loading" || left <= 0;
  return (
    <p className="flex items-center gap-1.5 whitespace-nowrap" data-testid="quote-countdown">
      <ClockIcon className="size-4" />
      {renewing ? (
        words.quote.renewing
      ) : (
        <span>
          {words.quote.heldFor} <span className="font-medium tabular-nums text-ink">{formatCountdown(left)}</span>
        </span>
      )}
    </p>
  );
}
