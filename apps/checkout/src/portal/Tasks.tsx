import { type FormEvent, type ReactNode, useState } from "react";
import { formatAmount } from "../format.ts";
import { ChoiceForm, MaximumField } from "../mandate/ChoiceForm.tsx";
import { maximumOf } from "../mandate/choice.ts";
import { OfferPanel, stepText } from "../mandate/OfferPanel.tsx";
import { mandateWords } from "../mandate/words.ts";
import { CurrencyPicker, Name } from "../ui/CurrencySection.tsx";
import { CurrencyIcon } from "../ui/icons.tsx";
import { ProblemNotice, ScreenTitle, Spinner } from "../ui/pieces.tsx";
import { StepList } from "../ui/StepList.tsx";
import { WalletPanel } from "../ui/WalletPanel.tsx";
import { words as pageWords } from "../words.ts";
import { usePortal, usePortalActions } from "./hooks.ts";
import { portalWords } from "./words.ts";

interface TaskProps {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

function Task({ title, text, children }: TaskProps) {
  const { signing } = usePortal();
  const { show } = usePortalActions();
  return (
    <div className="card grid grid-cols-1 gap-6 p-5 sm:p-8" data-testid="task">
      <div className="grid gap-2">
        <ScreenTitle>{title}</ScreenTitle>
        <p className="text-muted">{text}</p>
      </div>
      {children}
      <button
        type="button"
        className="button button-quiet"
        disabled={signing.status === "working"}
        onClick={() => show({ name: "overview" })}
        data-testid="back"
      >
        {portalWords.back}
      </button>
    </div>
  );
}

/** Before and after, side by side. */
function Change({ now, then, labels }: { now: string; then: string; labels: { now: string; after: string } }) {
  return (
    <dl className="wrap-any grid grid-cols-2 gap-4 rounded-xl bg-well p-4" data-testid="change">
      <div>
        <dt className="text-sm text-muted">{labels.now}</dt>
        <dd className="font-medium tabular-nums">{now}</dd>
      </div>
      <div>
        <dt className="text-sm text-muted">{labels.after}</dt>
        <dd className="font-semibold tabular-nums">{then}</dd>
      </div>
    </dl>
  );
}

function SignButton({ label, onSign, amount = "" }: { label: string; onSign: () => void; amount?: string }) {
  const { signing, state } = usePortal();
  const symbol = state.mandate?.currency.symbol ?? "";
  const working = signing.status !== "idle";
  const steps = signing.steps.map((step) => ({ ...step, text: stepText(step, { amount, symbol }) }));
  return (
    <>
      {steps.length > 0 ? <StepList steps={steps} /> : null}
      {signing.problem ? (
        <ProblemNotice problem={signing.problem} tone={signing.problem.code === "rejected" ? "warn" : "bad"} />
      ) : null}
      {signing.status === "working" ? null : (
        <button type="button" className="button button-main" disabled={working} onClick={onSign} data-testid="sign">
          {working ? <Spinner /> : null}
          {working ? pageWords.pay.checking : label}
        </button>
      )}
    </>
  );
}

export function MaximumTask() {
  const { state, maximum } = usePortal();
  const { askMaximum, signMaximum } = usePortalActions();
  // With the head-room that is added, the price is enough.
  const [text, setText] = useState(String(state.usage?.maxSpendingPerPeriod ?? state.price));
  const [refused, setRefused] = useState(false);
  const words = portalWords.maximumTask;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (maximumOf(text) === undefined) return setRefused(true);
    void askMaximum(text);
  };
  const { mandate } = state;
  const offer = maximum.value;
  return (
    <Task title={words.title} text={words.text}>
      <form className="grid gap-4" noValidate onSubmit={submit}>
        <MaximumField
          label={words.label}
          hint={words.hint}
          value={text}
          refused={refused}
          onChange={(typed) => {
            setText(typed);
            setRefused(false);
          }}
        />
        <button
          type="submit"
          className={`button ${offer ? "button-quiet" : "button-main"}`}
          disabled={maximum.status === "loading"}
          data-testid="show-maximum"
        >
          {maximum.status === "loading" ? <Spinner /> : null}
          {words.show}
        </button>
      </form>
      {maximum.problem ? <ProblemNotice problem={maximum.problem} /> : null}
      {offer && mandate ? (
        <>
          <Change
            labels={words}
            now={`${formatAmount(mandate.cap)} ${mandate.currency.symbol}`}
            then={`${formatAmount(offer.maximum)} ${offer.symbol}`}
          />
          <WalletPanel balance={`${formatAmount(mandate.balance)} ${mandate.currency.symbol}`}>
            <SignButton label={words.sign} onSign={() => void signMaximum()} />
          </WalletPanel>
        </>
      ) : null}
    </Task>
  );
}

export function AllowanceTask() {
  const { state, allowance } = usePortal();
  const { askAllowance, signAllowance } = usePortalActions();
  const words = portalWords.allowanceTask;
  const { mandate } = state;
  const offer = allowance.value;
  const revoking = allowance.periods === 0;
  const choices = [3, 6, 12, null] as const;
  const then = offer
    ? offer.amount.length > 30
      ? mandateWords.unlimited(offer.symbol)
      : `${formatAmount(offer.amount)} ${offer.symbol}`
    : "";
  return (
    <Task title={revoking ? words.revokeTitle : words.title} text={revoking ? words.revokeText : words.text}>
      {revoking ? null : (
        <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
          {choices.map((count) => (
            <button
              key={count}
              type="button"
              className="option grid min-h-14 place-items-center px-2 py-3 text-center leading-tight font-medium aria-pressed:text-accent"
              aria-pressed={allowance.periods === count}
              onClick={() => void askAllowance(count)}
              data-testid={`periods-${count ?? "all"}`}
            >
              {mandateWords.periods(count, state.frequency)}
            </button>
          ))}
        </div>
      )}
      {allowance.status === "loading" ? <Spinner /> : null}
      {allowance.problem ? <ProblemNotice problem={allowance.problem} /> : null}
      {offer && mandate ? (
        <>
          <Change
            labels={words}
            now={
              mandate.allowance.length > 30
                ? mandateWords.unlimited(mandate.currency.symbol)
                : `${formatAmount(mandate.allowance)} ${mandate.currency.symbol}`
            }
            then={then}
          />
          {offer.allowance.way === "none" ? (
            <p className="text-muted">{words.nothing}</p>
          ) : (
            <WalletPanel balance={`${formatAmount(mandate.balance)} ${mandate.currency.symbol}`}>
              <SignButton
                label={revoking ? words.revoke : words.sign}
                onSign={() => void signAllowance()}
                amount={then}
              />
            </WalletPanel>
          )}
        </>
      ) : null}
    </Task>
  );
}

export function MandateTask() {
  const { state, currencyId, chosen, choice, mandate, signing } = usePortal();
  const actions = usePortalActions();
  const words = portalWords.mandateTask;
  const entry = state.currencies.find(({ currency }) => currency.id === currencyId);
  const busy = signing.status !== "idle";
  return (
    <Task title={words.title} text={words.text}>
      {entry ? (
        <p className="flex min-w-0 items-center gap-3">
          <CurrencyIcon symbol={entry.currency.symbol} />
          <Name entry={entry} second={entry.network.name} />
          <button
            type="button"
            className="link ml-auto text-sm"
            disabled={busy}
            onClick={() => actions.pick(undefined)}
            data-testid="currency-change"
          >
            {mandateWords.change}
          </button>
        </p>
      ) : (
        <CurrencyPicker currencies={state.currencies} pick={actions.pick} />
      )}
      {entry && !chosen ? (
        <ChoiceForm kind={state.kind} frequency={state.frequency} choice={choice} onChoose={actions.choose} />
      ) : null}
      {entry && chosen ? (
        <>
          <p className="flex items-baseline justify-between gap-x-3">
            <span>{mandateWords.periods(choice.periods, state.frequency)}</span>
            <button type="button" className="link text-sm" disabled={busy} onClick={() => actions.choose(undefined)}>
              {mandateWords.change}
            </button>
          </p>
          <WalletPanel
            balance={mandate.value ? `${formatAmount(mandate.value.balance)} ${mandate.value.symbol}` : undefined}
          >
            <OfferPanel
              kind={state.kind}
              frequency={state.frequency}
              network={entry.network}
              offer={mandate}
              signing={signing}
              onRetry={() => void actions.askMandate()}
              onAuthorise={() => void actions.signMandate()}
            />
          </WalletPanel>
        </>
      ) : null}
    </Task>
  );
}
