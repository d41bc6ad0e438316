import { useEffect, useSyncExternalStore } from "react";
import { closedWords } from "../flow/closed.ts";
import { progressOf } from "../flow/progress.ts";
import { mayCancel, screenOf } from "../flow/screen.ts";
import { networkOf } from "../flow/state.ts";
import { formatAmount, formatTime } from "../format.ts";
import { ChoiceForm } from "../mandate/ChoiceForm.tsx";
import { FailureNotice, OfferPanel } from "../mandate/OfferPanel.tsx";
import { mandateWords } from "../mandate/words.ts";
import { CancelDialog } from "../ui/CancelDialog.tsx";
import { ClosedScreen } from "../ui/ClosedScreen.tsx";
import { CurrencySection } from "../ui/CurrencySection.tsx";
import { DetailsSection } from "../ui/DetailsSection.tsx";
import { Form, Offline } from "../ui/Form.tsx";
import { useFlow } from "../ui/hooks.ts";
import { ProblemNotice, Section, Spinner } from "../ui/pieces.tsx";
import { WalletPanel } from "../ui/WalletPanel.tsx";
import { words as pageWords, say } from "../words.ts";
import type { Subscribe } from "./index.ts";
import { ProgressScreen, ReceiptScreen } from "./Outcome.tsx";
import { isTrial, openPart, type Subscribing, subscriptionOf } from "./state.ts";
import { subscribeWords as words } from "./words.ts";

interface Props {
  readonly subscribe: Subscribe;
}

export function App({ subscribe }: Props) {
  const { signing, later } = useSyncExternalStore(subscribe.asking.subscribe, subscribe.asking.get);
  return (
    <Form checkout={subscribe} busy={signing.status !== "idle" || later.sending}>
      <Page subscribe={subscribe} />
    </Form>
  );
}

function Page({ subscribe }: Props) {
  const flow = useFlow();
  const asking = useSyncExternalStore(subscribe.asking.subscribe, subscribe.asking.get);
  const screen = screenOf(flow);
  const { session } = flow;
  const said = announcement(flow, asking);
  useEffect(() => {
    if (screen !== "pay") document.title = `${said} – ${session.organizationName}`;
  }, [screen, said, session.organizationName]);
  return (
    <div
      className="grid grid-cols-1 gap-4"
      data-testid="checkout"
      data-screen={screen}
      data-status={session.status.status}
    >
      <p className="sr-only" role="status" aria-live="polite" data-testid="announcement">
        {said}
      </p>
      {flow.online ? null : <Offline />}
      {screen === "pay" ? <PayScreen subscribe={subscribe} /> : null}
      {screen === "progress" ? <ProgressScreen /> : null}
      {screen === "receipt" ? <ReceiptScreen /> : null}
      {screen === "cancelled" || screen === "expired" || screen === "failed" ? <ClosedScreen screen={screen} /> : null}
      <CancelDialog />
    </div>
  );
}

function announcement(flow: ReturnType<typeof useFlow>, { signing, offer }: Subscribing): string {
  const screen = screenOf(flow);
  if (screen === "receipt") return isTrial(flow.session) ? words.receipt.trial : words.receipt.subscribed;
  if (screen === "progress") {
    const { stage } = progressOf(flow);
    return words.progress[stage === "sent" ? "sent" : "seen"].title;
  }
  if (screen !== "pay") return closedWords(screen, flow.session).title;
  const at = signing.steps.findIndex((step) => step.status === "inWallet" || step.status === "waiting");
  if (at >= 0) {
    const what = signing.steps[at]?.status === "waiting" ? pageWords.pay.waitingBlock : pageWords.pay.inWallet;
    return `${pageWords.pay.stepOf(at + 1, signing.steps.length)}. ${what}`;
  }
  if (signing.problem) return say(signing.problem).title;
  return offer.status === "loading" ? mandateWords.loading : "";
}

function PayScreen({ subscribe }: Props) {
  const flow = useFlow();
  const asking = useSyncExternalStore(subscribe.asking.subscribe, subscribe.asking.get);
  const { actions } = subscribe;
  const { session, details } = flow;
  const subscription = subscriptionOf(session);
  const asksDetails =
    session.needsCustomer || details.status !== "closed" || details.customer !== undefined || !session.isOwner;
  const open = openPart(flow, asking);
  const numbers = { details: 1, when: asksDetails ? 2 : 1 };
  const next = numbers.when + (subscription.canAuthoriseLater ? 1 : 0);
  return (
    <>
      <FailureNotice failure={subscription.failure} />
      <div className="card divide-y divide-line">
        {asksDetails ? <DetailsSection number={numbers.details} /> : null}
        {subscription.canAuthoriseLater ? <WhenSection number={numbers.when} subscribe={subscribe} /> : null}
        {asking.when === "now" ? (
          <>
            <CurrencySection
              number={next}
              open={open === "details" ? "details" : open === "currency" ? "currency" : "wallet"}
            />
            <ChoiceSection number={next + 1} subscribe={subscribe} open={open} />
            <AuthoriseSection number={next + 2} subscribe={subscribe} open={open} />
          </>
        ) : null}
      </div>
      {mayCancel(flow) && asking.signing.status === "idle" ? (
        <p className="text-center">
          <button type="button" className="link text-sm" onClick={actions.askCancel} data-testid="cancel">
            {words.cancel}
          </button>
        </p>
      ) : null}
      <p className="text-center text-sm text-muted lg:hidden">{words.poweredBy}</p>
    </>
  );
}

function WhenSection({ number, subscribe }: Props & { readonly number: number }) {
  const flow = useFlow();
  const { when, later, signing } = useSyncExternalStore(subscribe.asking.subscribe, subscribe.asking.get);
  const { setWhen, startLater } = subscribe.actions;
  const { trial } = subscriptionOf(flow.session);
  const blocked = flow.session.needsCustomer || flow.details.status !== "closed";
  if (blocked) return <Section id="when" number={number} title={words.whenHeading} state="ahead" />;
  const options = [
    { id: "now", title: words.whenNow, text: words.whenNowText(trial ? formatTime(endOf(flow, trial)) : "") },
    { id: "later", title: words.whenLater, text: words.whenLaterText },
  ] as const;
  return (
    <Section id="when" number={number} title={words.whenHeading} state="open">
      <fieldset className="grid gap-2 sm:grid-cols-2" disabled={later.sending || signing.status !== "idle"}>
        <legend className="sr-only">{words.whenHeading}</legend>
        {options.map(({ id, title, text }) => (
          <label key={id} className="option grid cursor-pointer content-start gap-1 p-4" data-testid={`when-${id}`}>
            <span className="flex items-center gap-2 font-semibold">
              <input
                type="radio"
                name="when"
                className="size-4 accent-accent"
                checked={when === id}
                onChange={() => setWhen(id)}
              />
              {title}
            </span>
            <span className="text-sm text-muted">{text}</span>
          </label>
        ))}
      </fieldset>
      {later.problem ? <ProblemNotice problem={later.problem} /> : null}
      {when === "later" ? (
        <button
          type="button"
          className="button button-main"
          disabled={later.sending}
          onClick={() => void startLater()}
          data-testid="start-later"
        >
          {later.sending ? <Spinner /> : null}
          {later.sending ? words.starting : words.startLater}
        </button>
      ) : null}
    </Section>
  );
}

const secondsOf = { seconds: 1, minutes: 60, hours: 3600, days: 86_400, weeks: 604_800 } as const;

/** When a trial that began now would end, in milliseconds; for reading, the server decides. */
function endOf(flow: ReturnType<typeof useFlow>, { value, unit }: { value: number; unit: string }): number {
  const date = new Date(flow.session.serverTime * 1000);
  if (unit === "months" || unit === "years") {
    date.setMonth(date.getMonth() + value * (unit === "years" ? 12 : 1));
    return date.getTime();
  }
  return date.getTime() + value * secondsOf[unit as keyof typeof secondsOf] * 1000;
}

interface PartProps extends Props {
  readonly number: number;
  readonly open: ReturnType<typeof openPart>;
}

function ChoiceSection({ number, subscribe, open }: PartProps) {
  const { session } = useFlow();
  const { choice, signing } = useSyncExternalStore(subscribe.asking.subscribe, subscribe.asking.get);
  const { choose, changeChoice } = subscribe.actions;
  const { kind, frequency } = subscriptionOf(session);
  const state = open === "choice" ? "open" : open === "wallet" ? "done" : "ahead";
  const change = (
    <button
      type="button"
      className="link"
      disabled={signing.status !== "idle"}
      onClick={changeChoice}
      data-testid="choice-change"
    >
      {mandateWords.change}
    </button>
  );
  const maximum =
    kind === "payAsYouGo" ? `, ${mandateWords.upTo(`$${choice.maximumText.replace(/^\$/, "")}`, frequency)}` : "";
  return (
    <Section
      id="choice"
      number={number}
      title={kind === "payAsYouGo" ? mandateWords.limitsHeading : mandateWords.periodsHeading}
      state={state}
      action={state === "done" ? change : null}
    >
      {state === "open" ? (
        <ChoiceForm kind={kind} frequency={frequency} choice={choice} onChoose={choose} />
      ) : state === "done" ? (
        <p className="-mt-2 pl-10 text-sm text-muted" data-testid="choice-summary">
          {mandateWords.periods(choice.periods, frequency)}
          {maximum}
        </p>
      ) : null}
    </Section>
  );
}

function AuthoriseSection({ number, subscribe, open }: PartProps) {
  const flow = useFlow();
  const { offer, signing } = useSyncExternalStore(subscribe.asking.subscribe, subscribe.asking.get);
  const { getOffer, authorise } = subscribe.actions;
  const network = networkOf(flow);
  const { kind, frequency, minPeriods } = subscriptionOf(flow.session);
  if (open !== "wallet" || !network) {
    return <Section id="wallet" number={number} title={words.walletHeading} state="ahead" />;
  }
  const balance = offer.value ? `${formatAmount(offer.value.balance)} ${offer.value.symbol}` : undefined;
  return (
    <Section id="wallet" number={number} title={words.walletHeading} state="open">
      <WalletPanel balance={balance}>
        <OfferPanel
          kind={kind}
          frequency={frequency}
          network={network}
          offer={offer}
          signing={signing}
          minPeriods={minPeriods}
          onRetry={() => void getOffer()}
          onAuthorise={() => void authorise()}
        />
      </WalletPanel>
    </Section>
  );
}
