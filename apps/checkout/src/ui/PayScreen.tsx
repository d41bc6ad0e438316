import { mayCancel, openSection } from "../flow/screen.ts";
import { words } from "../words.ts";
import { CurrencySection } from "./CurrencySection.tsx";
import { DetailsSection } from "./DetailsSection.tsx";
import { useActions, useFlow } from "./hooks.ts";
import { Notice } from "./pieces.tsx";
import { QuoteCard } from "./QuoteCard.tsx";
import { WalletSection } from "./WalletSection.tsx";

/** The form: details (where they are asked), currency, wallet. */
export function PayScreen() {
  const flow = useFlow();
  const { askCancel } = useActions();
  const { session, details, pay } = flow;
  const { status } = session;
  const asksDetails =
    session.needsCustomer || details.status !== "closed" || details.customer !== undefined || !session.isOwner;
  const first = asksDetails ? 1 : 0;
  const open = openSection(flow);
  return (
    <>
      {status.message && !pay.problem ? (
        <Notice tone="warn" title={words.lastTry} testId="last-try">
          <p>{status.message}</p>
        </Notice>
      ) : null}
      <div className="card divide-y divide-line">
        {asksDetails ? <DetailsSection number={1} /> : null}
        <CurrencySection number={first + 1} open={open}>
          <QuoteCard />
        </CurrencySection>
        <WalletSection number={first + 2} open={open} />
      </div>
      {mayCancel(flow) ? (
        <p className="text-center">
          <button type="button" className="link text-sm" onClick={askCancel} data-testid="cancel">
            {words.cancel.button}
          </button>
        </p>
      ) : null}
      <p className="text-center text-sm text-muted lg:hidden">{words.page.poweredBy}</p>
    </>
  );
}
