import { words } from "../words.ts";
import { useFocusOnShow } from "./hooks.ts";
import { CheckIcon } from "./icons.tsx";
import { Spinner } from "./pieces.tsx";

export interface ShownStep {
  readonly kind: string;
  readonly text: string;
  readonly status: "next" | "inWallet" | "waiting" | "done";
}

/** What the wallet is asked, one line each, with where it stands. */
export function StepList({
  steps,
  note,
}: {
  readonly steps: readonly ShownStep[];
  readonly note?: string | undefined;
}) {
  const ref = useFocusOnShow<HTMLHeadingElement>();
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
              <span className={step.status === "next" ? "text-muted" : "font-medium"}>{step.text}</span>
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
      {note ? <p className="text-sm text-muted">{note}</p> : null}
    </div>
  );
}

function StepMark({ step, number }: { readonly step: ShownStep; readonly number: number }) {
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

function statusText({ status }: ShownStep): string {
  if (status === "inWallet") return words.pay.inWallet;
  if (status === "waiting") return words.pay.waitingBlock;
  return status === "done" ? words.pay.done : words.pay.next;
}
