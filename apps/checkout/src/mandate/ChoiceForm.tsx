import type { Duration } from "@qbitflow/api";
import { type FormEvent, useState } from "react";
import { maximumOf } from "./choice.ts";
import type { Choice } from "./state.ts";
import { mandateWords as words } from "./words.ts";

interface ChoiceFormProps {
  readonly kind: "subscription" | "payAsYouGo";
  readonly frequency: Duration;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}

const offered = [3, 6, 12, null] as const;

/** How many periods to authorise and, for pay-as-you-go, the most per period. */
export function ChoiceForm({ kind, frequency, choice, onChoose }: ChoiceFormProps) {
  const [periods, setPeriods] = useState(choice.periods);
  const [maximumText, setMaximumText] = useState(choice.maximumText);
  const [refused, setRefused] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (kind === "payAsYouGo" && maximumOf(maximumText) === undefined) return setRefused(true);
    onChoose({ periods, maximumText });
  };
  return (
    <form className="grid gap-5" noValidate onSubmit={submit} data-testid="choice-form">
      {kind === "payAsYouGo" ? (
        <MaximumField
          label={words.maximumLabel(frequency)}
          hint={words.maximumHint}
          value={maximumText}
          refused={refused}
          onChange={(text) => {
            setMaximumText(text);
            setRefused(false);
          }}
        />
      ) : null}
      <fieldset className="grid gap-2">
        <legend className="mb-2 text-sm text-muted">{words.periodsHint}</legend>
        <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
          {offered.map((count) => (
            <label
              key={count}
              className="option grid min-h-14 cursor-pointer place-items-center px-2 py-3 text-center leading-tight font-medium has-checked:text-accent"
              data-testid={`periods-${count ?? "all"}`}
            >
              <input
                type="radio"
                name="periods"
                className="sr-only"
                checked={periods === count}
                onChange={() => setPeriods(count)}
              />
              {words.periods(count, frequency)}
            </label>
          ))}
        </div>
      </fieldset>
      <button type="submit" className="button button-main" data-testid="choice-continue">
        {words.continue}
      </button>
    </form>
  );
}

interface MaximumFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly refused: boolean;
  readonly onChange: (text: string) => void;
}

export function MaximumField({ label, hint, value, refused, onChange }: MaximumFieldProps) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor="maximum" className="text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <span
          className="pointer-events-none absolute inset-y-0 left-4 grid place-items-center text-muted"
          aria-hidden="true"
        >
          $
        </span>
        <input
          id="maximum"
          name="maximum"
          inputMode="decimal"
          autoComplete="off"
          className="field pl-8 tabular-nums"
          maxLength={20}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={refused || undefined}
          aria-describedby={refused ? "maximum-hint maximum-error" : "maximum-hint"}
          data-testid="maximum"
        />
      </div>
      <p id="maximum-hint" className="text-sm text-muted">
        {hint}
      </p>
      {refused ? (
        <p id="maximum-error" role="alert" className="text-sm font-medium text-bad" data-testid="error-maximum">
          {words.maximumNeeded}
        </p>
      ) : null}
    </div>
  );
}
