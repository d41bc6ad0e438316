import { mismatches } from "../flow/progress.ts";
import { formatAmount, safeLink } from "../format.ts";
import { words } from "../words.ts";
import { useFlow } from "./hooks.ts";
import { Notice } from "./pieces.tsx";

/** Payments that reached the session and do not pay it: nothing that came in is kept quiet. */
export function Mismatches() {
  const { session } = useFlow();
  const wrong = mismatches(session);
  if (wrong.length === 0) return null;
  const [only, ...more] = wrong;
  const title = only && more.length === 0 ? words.payments.heading[only.match] : words.payments.several;
  const { supportEmail } = session;
  return (
    <Notice tone="warn" title={title} testId="mismatches">
      <ul className="grid gap-2">
        {wrong.map((payment) => {
          const link = safeLink(payment.explorerUrl);
          return (
            <li key={payment.transactionHash} data-testid={`mismatch-${payment.match}`}>
              {words.payments.arrived(`${formatAmount(payment.amount)} ${payment.symbol}`)}{" "}
              {words.payments.match[payment.match]}{" "}
              {link ? (
                <a className="link" href={link} target="_blank" rel="noopener noreferrer">
                  {words.progress.view}
                </a>
              ) : null}
            </li>
          );
        })}
      </ul>
      <p className="mt-2">
        {words.payments.askRefund(session.organizationName)}
        {supportEmail ? (
          <>
            {": "}
            <a className="link" href={`mailto:${encodeURI(supportEmail)}`}>
              {supportEmail}
            </a>
          </>
        ) : (
          "."
        )}
      </p>
    </Notice>
  );
}
