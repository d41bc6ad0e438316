import { say, words } from "../words.ts";
import { Dialog } from "./Dialog.tsx";
import { useActions, useFlow } from "./hooks.ts";
import { Notice } from "./pieces.tsx";

export function CancelDialog() {
  const flow = useFlow();
  const actions = useActions();
  if (flow.cancel === "none") return null;
  const sending = flow.cancel === "sending";
  const said = { ...words.cancel, ...(flow.session.subscription ? words.decline : {}) };
  return (
    <Dialog title={said.title} onClose={actions.closeCancel} testId="cancel-dialog">
      <p>{said.text}</p>
      {flow.cancelProblem ? (
        <Notice tone="bad" title={words.cancel.failed} testId="cancel-problem">
          <p>{say(flow.cancelProblem).text}</p>
        </Notice>
      ) : null}
      <div className="grid gap-2 sm:grid-cols-[auto_1fr]">
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
          {sending ? words.cancel.working : said.yes}
        </button>
      </div>
    </Dialog>
  );
}
