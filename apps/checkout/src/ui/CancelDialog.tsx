import { say, words } from "../words.ts";
import { Dialog } from "./Dialog.tsx";
import { useActions, useFlow } from "./hooks.ts";
import { Notice } from "./pieces.tsx";

export function CancelDialog() {
  const flow = useFlow();
  const actions = useActions();
  if (flow.cancel === "none") return null;
  const sending = flow.cancel === "sending";
  return (
    <Dialog title={words.cancel.title} onClose={actions.closeCancel} testId="cancel-dialog">
      <p>{words.cancel.text}</p>
      {flow.cancelProblem ? (
        <Notice tone="bad" title={words.cancel.failed} testId="cancel-problem">
          <p>{say(flow.cancelProblem).text}</p>
        </Notice>
      ) : null}
      <div className="grid gap-2 sm:grid-cols-2">
        <button
          type="button"
          className="button button-quiet"
          onClick={actions.closeCancel}
          disabled={sending}
          data-testid="cancel-no"
        >
          {words.cancel.no}
        </button>
        <button
          type="button"
          className="button button-bad"
          onClick={() => void actions.cancel()}
          disabled={sending}
          data-testid="cancel-yes"
        >
          {sending ? words.cancel.working : words.cancel.yes}
        </button>
      </div>
    </Dialog>
  );
}
