import type { CheckoutNetwork, Duration, MandateOffer } from "@qbitflow/api";
import { parseTokenAmount } from "@qbitflow/money";
import type { ReactNode } from "react";
import { formatAmount, formatDue, formatRate, formatUsd, shortHex } from "../format.ts";
import { Notice, ProblemNotice, Spinner } from "../ui/pieces.tsx";
import { StepList } from "../ui/StepList.tsx";
import { words as pageWords } from "../words.ts";
import type { MandateAsked, Signing, SignStep } from "./state.ts";
import { mandateWords as words } from "./words.ts";

interface OfferPanelProps {
  readonly kind: "subscription" | "payAsYouGo";
  readonly frequency: Duration;
  readonly network: CheckoutNetwork;
  readonly offer: MandateAsked;
  readonly signing: Signing;
  readonly minPeriods?: number | undefined;
  readonly onRetry: () => void;
  readonly onAuthorise: () => void;
}

/** What the customer allows, in money and in tokens, and the button that begins signing it. */
export function OfferPanel(props: OfferPanelProps) {
  const { offer, signing, onRetry, onAuthorise } = props;
  const { value } = offer;
  if (offer.status === "failed" && offer.problem) {
    return (
      <div className="grid gap-3">
        <ProblemNotice problem={offer.problem} />
        <button type="button" className="button button-quiet" onClick={onRetry} data-testid="offer-retry">
          {words.retry}
        </button>
      </div>
    );
  }
  if (!value) {
    return (
      <>
        {signing.problem ? <ProblemNotice problem={signing.problem} /> : null}
        <p className="flex min-h-28 items-center gap-2 rounded-xl bg-well p-4 text-muted">
          <Spinner /> {words.loading}
        </p>
      </>
    );
  }
  const working = signing.status !== "idle";
  return (
    <div className="grid gap-4">
      <OfferCard {...props} offer={value} />
      {signing.steps.length > 0 ? <SignSteps steps={signing.steps} offer={value} /> : null}
      {signing.problem ? (
        <ProblemNotice problem={signing.problem} tone={signing.problem.code === "rejected" ? "warn" : "bad"} />
      ) : null}
      {signing.status === "working" ? null : (
        <button
          type="button"
          className="button button-main w-full"
          disabled={working || offer.status === "loading"}
          onClick={onAuthorise}
          data-testid="authorise"
        >
          {working ? <Spinner /> : null}
          {working ? pageWords.pay.checking : buttonText(value)}
        </button>
      )}
      <p className="text-center text-xs text-muted">
        {value.allowance.way === "approve"
          ? words.gasApprove(props.network.nativeSymbol, value.allowance.resetFirst)
          : words.gasNone}
      </p>
    </div>
  );
}

function OfferCard({ offer, kind, frequency, minPeriods }: Omit<OfferPanelProps, "offer"> & { offer: MandateOffer }) {
  const { symbol } = offer;
  const tokens = (amount: string) => `${formatAmount(amount)} ${symbol}`;
  const capText = kind === "payAsYouGo" ? words.capUsage(offer.bufferPercent) : words.capFixed(offer.bufferPercent);
  const first = offer.firstCharge;
  const free = /^[0.]*$/.test(offer.maxExecutionFee);
  return (
    <section className="grid gap-1 rounded-xl bg-well px-4 pt-4 pb-3" aria-labelledby="allow-title" data-testid="offer">
      <h3 id="allow-title" className="font-semibold">
        {words.heading}
      </h3>
      <dl className="divide-y divide-line">
        <Item
          label={words.first}
          value={first ? formatUsd(first.amountUsd) : formatDue(offer.firstChargeAt * 1000, frequency)}
          aside={first ? `${tokens(first.amount)} · ${words.firstNow}` : undefined}
          testId="offer-first"
        />
        <Item
          label={words.cap(frequency)}
          value={formatUsd(offer.capUsd)}
          aside={tokens(offer.cap)}
          text={capText}
          testId="offer-cap"
        />
        <Item
          label={words.allowance}
          value={isUnlimited(offer) ? words.unlimited(symbol) : formatUsd(offer.allowanceNeededUsd)}
          aside={isUnlimited(offer) ? undefined : tokens(offer.allowanceNeeded)}
          text={words.allowanceText(offer.periods, coversOthers(offer))}
          testId="offer-allowance"
        />
        <Item
          label={words.fee}
          value={free ? words.feeNone : words.feeSome(tokens(offer.maxExecutionFee))}
          text={free ? words.feeNoneText : words.feeSomeText}
          testId="offer-fee"
        />
        <Item label={words.ends} text={minPeriods ? words.endsAfter(minPeriods) : words.endsText} testId="offer-ends" />
      </dl>
      <p className="wrap-any flex flex-wrap gap-x-3 border-t border-line pt-3 text-xs text-muted">
        <span>{pageWords.quote.rate(symbol, formatRate(offer.rate))}</span>
        <span>{pageWords.quote.sources(offer.rateSources.join(", "))}</span>
        <span>
          {words.payTo}{" "}
          <span className="font-mono" title={offer.merchant}>
            {shortHex(offer.merchant)}
          </span>
        </span>
      </p>
    </section>
  );
}

function buttonText({ firstCharge, symbol }: MandateOffer): string {
  return firstCharge ? words.buttonPay(`${formatAmount(firstCharge.amount)} ${symbol}`) : words.button;
}

interface ItemProps {
  readonly label: string;
  readonly value?: string;
  readonly aside?: string | undefined;
  readonly text?: ReactNode;
  readonly testId: string;
}

function Item({ label, value, aside, text, testId }: ItemProps) {
  return (
    <div
      className="wrap-any grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1 py-3"
      data-testid={testId}
    >
      <dt className="text-sm">{label}</dt>
      {value ? (
        <dd className="text-end tabular-nums">
          <span className="block font-semibold">{value}</span>
          {aside ? <span className="text-sm text-muted">{aside}</span> : null}
        </dd>
      ) : null}
      {text ? <dd className="col-span-2 text-sm text-muted">{text}</dd> : null}
    </div>
  );
}

/** One allowance stands for all subscriptions of a wallet in a token. */
function coversOthers({ allowanceNeeded, cap, periods, decimals }: MandateOffer): boolean {
  const needBase = parseTokenAmount(cap, decimals) * BigInt(periods ?? 0);
  return parseTokenAmount(allowanceNeeded, decimals) > needBase;
}

// More than any supply: the token takes it for "no limit".
const unlimitedDigits = 40;

export function isUnlimited({
  allowanceNeeded,
  decimals,
}: Pick<MandateOffer, "allowanceNeeded" | "decimals">): boolean {
  return (allowanceNeeded.split(".")[0] ?? "").length + decimals > unlimitedDigits;
}

function SignSteps({ steps, offer }: { readonly steps: readonly SignStep[]; readonly offer: MandateOffer }) {
  const { symbol } = offer;
  const amount = isUnlimited(offer) ? undefined : `${formatAmount(offer.allowanceNeeded)} ${symbol}`;
  const dai = offer.allowance.way === "permit" && "holder" in offer.allowance.typedData.message;
  const note = dai ? words.daiNote(symbol, `${formatAmount(offer.cap)} ${symbol}`) : undefined;
  return <StepList steps={steps.map((step) => ({ ...step, text: stepText(step, { amount, symbol }) }))} note={note} />;
}

/** `amount` undefined = without a limit. */
export function stepText(
  { kind }: SignStep,
  { amount, symbol }: { amount: string | undefined; symbol: string },
): string {
  if (kind === "permit" || kind === "approve") {
    return amount === undefined ? words.step[`${kind}Unlimited`](symbol) : words.step[kind](amount);
  }
  return kind === "reset" ? words.step.reset(symbol) : words.step[kind];
}

export function FailureNotice({ failure }: { readonly failure: { code: string; message: string } | undefined }) {
  if (!failure) return null;
  return (
    <Notice tone="bad" title={words.failed} testId={`failure-${failure.code}`}>
      <p>{failure.message}</p>
    </Notice>
  );
}
