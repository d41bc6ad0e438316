import { type Closed, closedWords } from "../flow/closed.ts";
import { safeLink } from "../format.ts";
import { words } from "../words.ts";
import { useFlow } from "./hooks.ts";
import { AlertIcon, ClockIcon, CrossIcon } from "./icons.tsx";
import { ScreenTitle } from "./pieces.tsx";

const icons = { cancelled: CrossIcon, expired: ClockIcon, failed: AlertIcon };

/** A session that cannot be paid any more: why, and whom to ask. */
export function ClosedScreen({ screen }: { readonly screen: Closed }) {
  const { session } = useFlow();
  const Icon = icons[screen];
  const { title, text } = closedWords(screen, session);
  const cancelUrl = safeLink(session.cancelUrl);
  return (
    <div className="card grid justify-items-start gap-4 p-5 sm:p-8" data-testid={`closed-${screen}`}>
      <span
        className={`grid size-12 place-items-center rounded-full ${screen === "failed" ? "bg-bad-soft text-bad" : "bg-warn-soft text-warn"}`}
        aria-hidden="true"
      >
        <Icon className="size-6" />
      </span>
      <ScreenTitle>{title}</ScreenTitle>
      <p className="wrap-any text-muted">{text}</p>
      {screen === "failed" && session.status.message ? <p className="wrap-any">{session.status.message}</p> : null}
      {session.supportEmail ? (
        <a className="link wrap-any" href={`mailto:${encodeURI(session.supportEmail)}`} data-testid="support">
          {words.ask(session.supportEmail)}
        </a>
      ) : null}
      {cancelUrl ? (
        <a className="button button-main" href={cancelUrl} data-testid="back">
          {words.cancel.back(session.organizationName)}
        </a>
      ) : null}
    </div>
  );
}
