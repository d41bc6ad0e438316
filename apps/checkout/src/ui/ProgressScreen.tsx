import { useState } from "react";
import { type Progress, progressOf } from "../flow/progress.ts";
import { roughDuration, safeLink, shortHex } from "../format.ts";
import { words } from "../words.ts";
import { Dialog } from "./Dialog.tsx";
import { useFlow, useNow, usePayActions } from "./hooks.ts";
import { CheckIcon } from "./icons.tsx";
import { ScreenTitle, Spinner } from "./pieces.tsx";

const stages = ["sent", "seen", "final"] as const;

/** From sent to final, live. */
export function ProgressScreen() {
  const flow = useFlow();
  const progress = progressOf(flow);
  const link = safeLink(progress.link);
  return (
    <div className="card grid gap-6 p-5 sm:p-8">
      <div className="grid gap-2">
        <ScreenTitle>{progress.title}</ScreenTitle>
        <p className="text-muted">{progress.text}</p>
      </div>
      <Track progress={progress} />
      <Waiting progress={progress} />
      {progress.transactionHash ? (
        <p className="wrap-any text-sm text-muted">
          {words.progress.hash} <span className="font-mono text-xs">{shortHex(progress.transactionHash)}</span>
          {link ? (
            <>
              {" · "}
              <a className="link" href={link} target="_blank" rel="noopener noreferrer">
                {words.progress.view}
              </a>
            </>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

interface TrackProps {
  readonly progress: Pick<Progress, "stage" | "have" | "need">;
  readonly labels?: Readonly<Record<(typeof stages)[number], string>>;
}

export function Track({ progress, labels = words.progress.steps }: TrackProps) {
  // Nothing is reached before it is sent.
  const at = progress.stage === "signed" ? -1 : stages.indexOf(progress.stage);
  return (
    <ol className="grid grid-cols-3 gap-2" data-testid="progress" data-stage={progress.stage}>
      {stages.map((stage, index) => {
        const reached = index <= at;
        const current = index === at + 1;
        return (
          <li key={stage} className="grid content-start gap-2 text-sm" aria-current={current ? "step" : undefined}>
            <span className="h-1.5 overflow-hidden rounded-full bg-line" aria-hidden="true">
              <Bar share={reached ? 1 : current && at === 1 ? progress.have / progress.need : 0} />
            </span>
            <span
              className={`flex items-center gap-1.5 ${reached ? "font-medium text-good" : current ? "font-medium" : "text-muted"}`}
            >
              {reached ? <CheckIcon className="size-4" /> : current ? <Spinner className="size-4 text-accent" /> : null}
              {labels[stage]}
              {reached ? <span className="sr-only">({words.pay.done})</span> : null}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Bar({ share }: { readonly share: number }) {
  // React sets this through the style object, which the CSP allows; a style attribute in HTML it would not.
  return (
    <span
      className="bar block h-full rounded-full bg-good transition-[width] duration-500"
      style={{ width: `${share * 100}%` }}
    />
  );
}

const slowAfterMs = 120_000;

function Waiting({ progress }: { readonly progress: Progress }) {
  const { sent, session } = useFlow();
  const nowMs = useNow();
  if (progress.confirmations) {
    return (
      <p className="text-lg font-medium" data-testid="confirmations">
        <span className="tabular-nums">{progress.confirmations}</span>
        {progress.leftSeconds ? (
          <span className="block text-sm font-normal text-muted">
            {words.progress.about(roughDuration(progress.leftSeconds))}
          </span>
        ) : null}
      </p>
    );
  }
  const slow = sent !== undefined && nowMs - sent.sentAt > slowAfterMs;
  if (!slow || session.payments.length > 0) return null;
  return (
    <div className="grid justify-items-start gap-2 text-sm" data-testid="slow">
      <p>{words.progress.slow}</p>
      <GiveUp />
    </div>
  );
}

function GiveUp() {
  const { giveUpSent } = usePayActions();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" className="link" onClick={() => setAsking(true)} data-testid="give-up">
        {words.progress.gaveUp}
      </button>
      {asking ? (
        <Dialog title={words.progress.gaveUpTitle} onClose={() => setAsking(false)}>
          <p>{words.progress.gaveUpText}</p>
          <div className="grid gap-2 sm:grid-cols-[auto_1fr]">
            <button type="button" className="button button-quiet" onClick={() => setAsking(false)}>
              {words.progress.gaveUpNo}
            </button>
            <button type="button" className="button button-bad" onClick={giveUpSent} data-testid="give-up-yes">
              {words.progress.gaveUpYes}
            </button>
          </div>
        </Dialog>
      ) : null}
    </>
  );
}
