import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Problem } from "../problem.ts";
import { say, words } from "../words.ts";
import { useFocusOnShow } from "./hooks.ts";
import { AlertIcon, CheckIcon, InfoIcon } from "./icons.tsx";

type Tone = "bad" | "warn" | "info";

const tones: Record<Tone, string> = {
  bad: "bg-bad-soft text-bad",
  warn: "bg-warn-soft text-warn",
  info: "bg-accent-soft text-accent",
};

interface NoticeProps {
  readonly tone: Tone;
  readonly title?: string;
  readonly children: ReactNode;
  readonly testId?: string;
}

/** A coloured box with an icon; what it means stands in its words. */
export function Notice({ tone, title, children, testId }: NoticeProps) {
  const Icon = tone === "info" ? InfoIcon : AlertIcon;
  return (
    <div
      className={`flex gap-3 rounded-xl p-4 ${tones[tone]}`}
      role={tone === "bad" ? "alert" : undefined}
      data-testid={testId}
    >
      <Icon className="mt-0.5 size-5 shrink-0" />
      <div className="wrap-any grid min-w-0 gap-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        <div className="text-sm text-ink">{children}</div>
      </div>
    </div>
  );
}

export function ProblemNotice({ problem, tone = "bad" }: { readonly problem: Problem; readonly tone?: Tone }) {
  const { title, text } = say(problem);
  return (
    <Notice tone={tone} title={title} testId={`problem-${problem.code}`}>
      <p>{text}</p>
    </Notice>
  );
}

interface SectionProps {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly state: "open" | "done" | "ahead";
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}

/** One numbered part of the form. */
export function Section({ id, number, title, state, action, children }: SectionProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(state);
  useEffect(() => {
    // What had the focus is gone when a section opens: reading goes on here.
    if (state === "open" && before.current !== "open") heading.current?.focus();
    before.current = state;
  }, [state]);
  const badge = state === "open" ? "bg-accent text-on-accent" : "bg-well text-muted border border-line";
  return (
    <section
      aria-labelledby={`${id}-title`}
      className="grid grid-cols-1 gap-4 p-5 sm:p-6"
      data-testid={`section-${id}`}
      data-state={state}
    >
      <div className="flex items-center gap-3">
        <span
          className={`grid size-7 shrink-0 place-items-center rounded-full text-sm font-semibold ${badge}`}
          aria-hidden="true"
        >
          {state === "done" ? <CheckIcon className="size-4 text-good" /> : number}
        </span>
        <h2
          ref={heading}
          tabIndex={-1}
          id={`${id}-title`}
          className={`min-w-0 grow text-lg font-semibold ${state === "ahead" ? "text-muted" : ""}`}
        >
          {title}
        </h2>
        {action}
      </div>
      {children}
    </section>
  );
}

export function Spinner({ className = "size-5" }: { readonly className?: string }) {
  return (
    <svg className={`animate-spin ${className}`} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <circle cx="12" cy="12" r="9" stroke="currentColor" strokeOpacity="0.25" strokeWidth="3" />
      <path d="M21 12a9 9 0 0 0-9-9" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
    </svg>
  );
}

export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    // Not there without a secure context; then the customer copies by hand.
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button type="button" className="button button-quiet" onClick={copy}>
      <span aria-live="polite">{copied ? words.wallet.copied : label}</span>
    </button>
  );
}

/** The heading of a screen that takes the form's place; takes the focus when it appears. */
export function ScreenTitle({ children }: { readonly children: ReactNode }) {
  const ref = useFocusOnShow<HTMLHeadingElement>();
  return (
    <h2 ref={ref} tabIndex={-1} className="text-xl font-semibold tracking-tight sm:text-2xl" data-testid="screen-title">
      {children}
    </h2>
  );
}

/** An address, a hash or a number that nobody reads, only compares: whole, so that it can be copied. */
export function Hex({ children }: { readonly children: string }) {
  return <span className="hex">{children}</span>;
}

/** How it went, at the head of a card: a sign, the title and what belongs to it. */
export function Outcome({
  tone,
  icon: Icon,
  title,
  children,
}: {
  readonly tone: keyof typeof outcomeTones;
  readonly icon: (props: { className?: string }) => ReactNode;
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="wrap-any grid justify-items-center gap-2 text-center">
      <span className={`mb-1 grid size-14 place-items-center rounded-full ${outcomeTones[tone]}`} aria-hidden="true">
        <Icon className="size-7" />
      </span>
      <ScreenTitle>{title}</ScreenTitle>
      {children}
    </div>
  );
}

const outcomeTones = { good: "bg-good-soft text-good", bad: "bg-bad-soft text-bad", plain: "bg-well text-muted" };

/** Labelled facts, one below the other: what fits stands at the end of the line, what does not below it. */
export function Rows({
  label,
  rows,
}: {
  readonly label: string;
  readonly rows: readonly (readonly [string, ReactNode])[];
}) {
  return (
    <dl className="divide-y divide-line" aria-label={label}>
      {rows.map(([name, value]) => (
        <div key={name} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 py-2.5">
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="wrap-any min-w-0 tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
