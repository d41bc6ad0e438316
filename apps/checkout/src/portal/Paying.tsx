import { formatAmount, formatUsd, shortHex } from "../format.ts";
import { mandateWords } from "../mandate/words.ts";
import { CurrencyIcon } from "../ui/icons.tsx";
import { Card, Fact } from "./Card.tsx";
import { usePortal, usePortalActions } from "./hooks.ts";
import { isEnding, type Task } from "./state.ts";
import { portalWords as words } from "./words.ts";

/** Whence and how much: what was allowed, and where it is changed. */
export function Paying() {
  const { state } = usePortal();
  const { mandate, frequency } = state;
  if (!mandate) return null;
  const { currency, network, coveredPeriods } = mandate;
  const tokens = (amount: string) => `${formatAmount(amount)} ${currency.symbol}`;
  // Nothing more is charged by it: there is nothing to change, and nothing to cover.
  const over = state.status === "cancelled" || (isEnding(state) && state.kind === "subscription");
  const change = (props: ChangeProps) => (over ? undefined : <Change {...props} />);
  const unlimited = mandate.allowance.length > 30;
  return (
    <Card title={words.paying} testId="paying">
      <dl className="divide-y divide-line">
        <Fact
          label={words.currency}
          action={change({ task: "mandate", ...words.changeLinks.wallet, testId: "change-wallet" })}
        >
          <span className="flex min-w-0 items-center gap-2">
            <CurrencyIcon symbol={currency.symbol} className="size-6" />
            <span>
              {currency.symbol} <Aside>{network.name}</Aside>
            </span>
          </span>
        </Fact>
        <Fact label={words.wallet}>
          <span className="font-mono text-sm" title={mandate.subscriber}>
            {shortHex(mandate.subscriber)}
          </span>{" "}
          <Aside>{words.holds(tokens(mandate.balance))}</Aside>
        </Fact>
        <Fact
          label={words.cap(frequency)}
          action={change({ task: "maximum", ...words.changeLinks.cap, testId: "change-cap" })}
        >
          {formatUsd(mandate.capUsd)} <Aside>{tokens(mandate.cap)}</Aside>
        </Fact>
        <Fact
          label={words.allowance}
          action={change({ task: "allowance", ...words.changeLinks.allowance, testId: "top-up" })}
        >
          {unlimited ? mandateWords.unlimited(currency.symbol) : formatUsd(mandate.allowanceUsd)}{" "}
          {unlimited ? null : <Aside>{tokens(mandate.allowance)}</Aside>}
        </Fact>
      </dl>
      {over ? null : (
        <p
          className={`rounded-xl px-4 py-3 text-sm font-medium ${coveredPeriods === 0 ? "bg-bad-soft text-bad" : "bg-good-soft text-good"}`}
          data-testid="covers"
        >
          {words.covers(coveredPeriods)}
        </p>
      )}
    </Card>
  );
}

function Aside({ children }: { readonly children: string }) {
  return <span className="text-sm font-normal text-muted">{children}</span>;
}

interface ChangeProps {
  readonly task: Task;
  readonly seen: string;
  /** What it changes, for who does not see the line it stands in. */
  readonly heard: string;
  readonly testId: string;
}

function Change({ task, seen, heard, testId }: ChangeProps) {
  const { show } = usePortalActions();
  return (
    <button type="button" className="link" onClick={() => show({ name: task })} data-testid={testId}>
      {seen}
      <span className="sr-only">{heard}</span>
    </button>
  );
}
