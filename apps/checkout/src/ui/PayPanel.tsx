import type { Step } from "../flow/state.ts";
import { formatAmount } from "../format.ts";
import { words } from "../words.ts";
import { useActions, useFlow, useFocusOnShow } from "./hooks.ts";
import { CheckIcon } from "./icons.tsx";
import { Notice, ProblemNotice, Spinner } from "./pieces.tsx";

/** The pay button, and while paying what the wallet is asked, step by step. */
export function PayPanel() {
  const { quote, pay, asked } = useFlow();
  const actions = useActions();
  const amount = quote.value ? `${formatAmount(quote.value.amount)} ${quote.value.symbol}` : "";
  if (asked) return <Asked />;
  const working = pay.status !== "idle";
  const ready = quote.status === "ready" && quote.value !== undefined;
  return (
    <div className="grid gap-4">
      {pay.steps.length > 0 ? <StepList steps={pay.steps} amount={amount} symbol={quote.value?.symbol ?? ""} /> : null}
      {pay.problem ? (
        <ProblemNotice
          problem={pay.problem}
          tone={pay.problem.code === "rejected" || pay.problem.code === "amountChanged" ? "warn" : "bad"}
        />
      ) : null}
      {pay.status === "working" ? null : (
        <button
          type="button"
          className="button button-main w-full text-lg"
          disabled={working || !ready}
          onClick={() => void actions.pay()}
          data-testid="pay"
        >
          {working ? <Spinner /> : null}
          {working ? words.pay.checking : words.pay.button(amount)}
        </button>
      )}
    </div>
  );
}

function Asked() {
  const { notConfirmed } = useActions();
  return (
    <Notice tone="warn" title={words.asked.title} testId="asked">
      <p>{words.asked.text}</p>
      <button
        type="button"
        className="button button-quiet mt-3"
        onClick={notConfirmed}
        data-testid="asked-not-confirmed"
      >
        {words.asked.notConfirmed}
      </button>
    </Notice>
  );
}

interface StepListProps {
  readonly steps: readonly Step[];
  readonly amount: string;
  readonly symbol: string;
}

function StepList({ steps, amount, symbol }: StepListProps) {
  const ref = useFocusOnShow<HTMLHeadingElement>();
  const dai = steps.some((step) => step.kind === "daiPermit");
  return (
    <div className="grid gap-3 rounded-xl bg-well p-4" data-testid="steps">
      <h3 ref={ref} tabIndex={-1} className="text-sm font-medium text-muted">
        {words.pay.stepsHeading}
      </h3>
      <ol className="grid gap-3">
        {steps.map((step, index) => (
          <li
            key={step.kind}
            className="flex gap-3"
            aria-current={step.status === "inWallet" || step.status === "waiting" ? "step" : undefined}
            data-testid={`step-${step.kind}`}
            data-status={step.status}
          >
            <StepMark step={step} number={index + 1} />
            <div className="wrap-any grid min-w-0 leading-snug">
              <span className={step.status === "next" ? "text-muted" : "font-medium"}>
                {stepText(step, amount, symbol)}
              </span>
              <span className="text-sm text-muted">
                {words.pay.stepOf(index + 1, steps.length)} · {statusText(step)}
              </span>
            </div>
          </li>
        ))}
      </ol>
      {steps.some((step) => step.status === "inWallet") ? (
        <p className="text-sm text-muted">{words.pay.openWallet}</p>
      ) : null}
      {dai ? <p className="text-sm text-muted">{words.pay.daiNote(symbol)}</p> : null}
    </div>
  );
}

function StepMark({ step, number }: { readonly step: Step; readonly number: number }) {
  const done = step.status === "done";
  const active = step.status === "inWallet" || step.status === "waiting";
  const look = done
    ? "bg-good-soft text-good"
    : active
      ? "bg-accent-soft text-accent"
      : "border border-line text-muted";
  return (
    <span
      className={`grid size-8 shrink-0 place-items-center rounded-full text-sm font-semibold ${look}`}
      aria-hidden="true"
    >
      {done ? <CheckIcon className="size-4" /> : active ? <Spinner className="size-4" /> : number}
    </span>
  );
}

function stepText({ kind }: Step, amount: string, symbol: string): string {
  const texts = words.pay.step;
  if (kind === "reset") return texts.reset(symbol);
  if (kind === "daiPermit") return texts.daiPermit(symbol);
  return texts[kind](amount);
}

function statusText({ status }: Step): string {
  if (status === "inWallet") return words.pay.inWallet;
  if (status === "waiting") return words.pay.waitingBlock;
  return status === "done" ? words.pay.done : words.pay.next;
}
