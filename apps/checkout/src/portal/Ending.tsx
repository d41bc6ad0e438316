import type { PortalState } from "@qbitflow/api";
import { exitLink } from "../exit/terms.ts";
import { formatTime, formatUsd } from "../format.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Notice } from "../ui/pieces.tsx";
import { say } from "../words.ts";
import { Card } from "./Card.tsx";
import { usePortal, usePortalActions } from "./hooks.ts";
import { portalWords } from "./words.ts";

const words = portalWords.end;

/** Every way out, from the gentle one to the one that needs nobody. */
export function Ending() {
  const { state } = usePortal();
  const { askEnd, show, askAllowance } = usePortalActions();
  const over = state.status === "cancelled";
  // What was used is billed once more; in a trial nothing is.
  const isMetered = state.kind === "payAsYouGo" && state.status !== "trial" && state.status !== "trial_expired";
  const revoke = () => {
    show({ name: "allowance" });
    void askAllowance(0);
  };
  return (
    <Card title={over || state.stopped ? words.allowance : words.heading} testId="ending">
      {!over && !state.canCancel && state.minimumCancellationDate ? (
        <p data-testid="not-yet">{words.notYet(formatTime(state.minimumCancellationDate))}</p>
      ) : null}
      <div className="grid gap-2 sm:flex sm:flex-wrap">
        {isMetered && state.canCancel ? (
          <button type="button" className="button button-quiet" onClick={() => askEnd("stop")} data-testid="stop">
            {words.stop}
          </button>
        ) : null}
        {!isMetered && state.canCancel ? (
          <button
            type="button"
            className="button button-quiet"
            onClick={() => askEnd("cancel")}
            data-testid="end-cancel"
          >
            {words.cancel}
          </button>
        ) : null}
        {state.mandate ? (
          <button type="button" className="button button-quiet" onClick={revoke} data-testid="revoke">
            {words.revoke}
          </button>
        ) : null}
      </div>
      {state.mandate ? <Exit state={state} /> : null}
      <EndDialog />
    </Card>
  );
}

function Exit({ state }: { readonly state: PortalState }) {
  const link = exitLink(state);
  if (!link) return null;
  return (
    <p className="text-sm text-muted">
      {words.exitText}{" "}
      <a className="link" href={link} target="_blank" rel="noopener noreferrer" data-testid="exit-link">
        {words.exit}
      </a>
    </p>
  );
}

function EndDialog() {
  const { state, ending } = usePortal();
  const { askEnd, end } = usePortalActions();
  const { how, sending, problem } = ending;
  if (!how) return null;
  const text = how === "stop" ? words.stopText : words.cancelText(state.endsAt ? formatTime(state.endsAt) : undefined);
  return (
    <Dialog
      title={how === "stop" ? words.stopTitle : words.cancelTitle}
      onClose={() => askEnd(undefined)}
      testId="end-dialog"
    >
      <p>{text}</p>
      {state.usage && how === "stop" ? (
        <p className="text-sm text-muted">{words.soFar(formatUsd(state.usage.amountUsd))}</p>
      ) : null}
      {problem ? (
        <Notice tone="bad" title={words.failed} testId="end-problem">
          <p>{say(problem).text}</p>
        </Notice>
      ) : null}
      <div className="grid gap-2 sm:grid-cols-2">
        <button type="button" className="button button-quiet" disabled={sending} onClick={() => askEnd(undefined)}>
          {words.no}
        </button>
        <button
          type="button"
          className="button button-bad"
          disabled={sending}
          onClick={() => void end()}
          data-testid="end-yes"
        >
          {sending ? words.working : words.yes}
        </button>
      </div>
    </Dialog>
  );
}
