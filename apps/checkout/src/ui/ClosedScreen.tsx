import { type Closed, closedWords } from "../flow/closed.ts";
import { safeLink } from "../format.ts";
import { words } from "../words.ts";
import { useFlow } from "./hooks.ts";
import { AlertIcon, ClockIcon, CrossIcon } from "./icons.tsx";
import { Outcome } from "./pieces.tsx";

const icons = { cancelled: CrossIcon, expired: ClockIcon, failed: AlertIcon };

/** A session that cannot be paid any more: why, and whom to ask. */
export function ClosedScreen({ screen }: { readonly screen: Closed }) {
  const { session } = useFlow();
  const { title, text } = closedWords(screen, session);
  const cancelUrl = safeLink(session.cancelUrl);
  return (
    <div className="card grid gap-5 p-5 sm:p-8" data-testid={`closed-${screen}`}>
      <Outcome tone={screen === "failed" ? "bad" : "plain"} icon={icons[screen]} title={title}>
        <p className="text-muted">{text}</p>
        {screen === "failed" && session.status.message ? <p>{session.status.message}</p> : null}
        {session.supportEmail ? (
          <a className="link" href={`mailto:${encodeURI(session.supportEmail)}`} data-testid="support">
            {words.ask(session.supportEmail)}
          </a>
        ) : null}
      </Outcome>
      {cancelUrl ? (
        <a className="button button-main" href={cancelUrl} data-testid="back">
          {words.cancel.back(session.organizationName)}
        </a>
      ) : null}
    </div>
  );
}
