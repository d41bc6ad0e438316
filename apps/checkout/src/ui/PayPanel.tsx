import { amountShown, offeredGasless, readsPermit2 } from "../flow/sending.ts";
import type { Step } from "../flow/state.ts";
import { formatAmount } from "../format.ts";
import type { ProblemCode } from "../problem.ts";
import { words } from "../words.ts";
import { useFlow, usePayActions } from "./hooks.ts";
import { Notice, ProblemNotice, Spinner } from "./pieces.tsx";
import { StepList } from "./StepList.tsx";

/** The pay button, and while paying what the wallet is asked, step by step. */
export function PayPanel() {
  const flow = useFlow();
  const { quote, pay, asked } = flow;
  const actions = usePayActions();
  const amount = quote.value ? amountShown(quote.value, flow) : "";
  if (asked) return <Asked />;
  const working = pay.status !== "idle";
  const ready = quote.status === "ready" && quote.value !== undefined;
  const checking = working || (ready && readsPermit2(flow));
  return (
    <div className="grid gap-4">
      {pay.steps.length > 0 ? <PaySteps steps={pay.steps} amount={amount} symbol={quote.value?.symbol ?? ""} /> : null}
      {pay.problem ? (
        <ProblemNotice problem={pay.problem} tone={mildProblems.has(pay.problem.code) ? "warn" : "bad"} />
      ) : null}
      {pay.status === "working" ? null : (
        <button
          type="button"
          className="button button-main w-full text-lg"
          disabled={checking || !ready}
          onClick={() => void actions.pay()}
          data-testid="pay"
        >
          {checking ? <Spinner /> : null}
          {checking ? words.pay.checking : words.pay.button(amount)}
        </button>
      )}
      {working ? null : <Sending />}
    </div>
  );
}

/** Who sends the payment, where there is a choice: the amount and the button follow it. */
function Sending() {
  const flow = useFlow();
  const { quote, sendsAlone } = flow;
  const { sendAlone } = usePayActions();
  const gasless = offeredGasless(quote.value, flow);
  if (!quote.value || !gasless) return null;
  const free = /^[0.]*$/.test(gasless.relayFee);
  const other = free
    ? words.quote.sent
    : words.quote.sentFor(`${formatAmount(gasless.relayFee)} ${quote.value.symbol}`);
  return (
    <p className="text-center">
      <button
        type="button"
        className="link text-sm"
        onClick={() => sendAlone(!sendsAlone)}
        data-testid={sendsAlone ? "have-it-sent" : "send-alone"}
      >
        {sendsAlone ? other : words.quote.alone}
      </button>
    </p>
  );
}

/** Nothing is wrong: the customer looks, and goes on. */
const mildProblems: ReadonlySet<ProblemCode> = new Set([
  "rejected",
  "amountChanged",
  "cannotBeSent",
  "permit2TooLittle",
  "tooLittleToBeSent",
]);

function Asked() {
  const { notConfirmed } = usePayActions();
  return (
    <Notice tone="warn" title={words.asked.title} testId="asked">
      <p>{words.asked.text}</p>
      <button
        type="button"
        className="button button-quiet mt-3"
        onClick={notConfirmed}
        data-testid="asked-not-confirmed"
      >
        {words.asked.notConfirmed}
      </button>
    </Notice>
  );
}

interface PayStepsProps {
  readonly steps: readonly Step[];
  readonly amount: string;
  readonly symbol: string;
}

function PaySteps({ steps, amount, symbol }: PayStepsProps) {
  const dai = steps.some((step) => step.kind === "daiPermit");
  const shown = steps.map((step) => ({ ...step, text: stepText(step, amount, symbol) }));
  return <StepList steps={shown} note={dai ? words.pay.daiNote(symbol) : undefined} />;
}

function stepText({ kind }: Step, amount: string, symbol: string): string {
  const texts = words.pay.step;
  if (kind === "reset") return texts.reset(symbol);
  if (kind === "daiPermit") return texts.daiPermit(symbol);
  if (kind === "hand") return texts.hand;
  return texts[kind](amount);
}
