import type { ReactNode } from "react";

export const tones = {
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  plain: "bg-well text-muted",
};

/** One subject of the portal. */
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

interface FactProps {
  readonly label: string;
  readonly children: ReactNode;
  /** What changes it, at the end of its line. */
  readonly action?: ReactNode;
}

/** A line of a list of facts that can be changed one by one. */
export function Fact({ label, children, action }: FactProps) {
  return (
    <div className="wrap-any grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 py-3 first:pt-0 last:pb-0">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="col-start-1 font-medium tabular-nums">{children}</dd>
      {action ? <dd className="col-start-2 row-span-2 row-start-1 text-sm">{action}</dd> : null}
    </div>
  );
}
