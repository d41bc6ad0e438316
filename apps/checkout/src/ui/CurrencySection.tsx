import type { CheckoutCurrency, CheckoutNetwork } from "@qbitflow/api";
import type { ReactNode } from "react";
import type { Section as SectionName } from "../flow/screen.ts";
import { words } from "../words.ts";
import { useActions, useFlow, useWallets } from "./hooks.ts";
import { ChevronIcon, CurrencyIcon, NetworkIcon } from "./icons.tsx";
import { Notice, Section } from "./pieces.tsx";

interface CurrencySectionProps {
  readonly number: number;
  readonly open: SectionName;
  /** What follows from the choice. */
  readonly children?: ReactNode;
}

export function CurrencySection({ number, open, children }: CurrencySectionProps) {
  const { session, currencyId } = useFlow();
  const { busy } = useWallets();
  const { changeCurrency } = useActions();
  const chosen = session.currencies.find((entry) => entry.currency.id === currencyId);
  const state = open === "details" ? "ahead" : chosen ? "done" : "open";
  const change =
    chosen && state === "done" && session.currencies.length > 1 ? (
      <button type="button" className="link" disabled={busy} onClick={changeCurrency} data-testid="currency-change">
        {words.currency.change}
      </button>
    ) : null;
  return (
    <Section id="currency" number={number} title={words.currency.heading} state={state} action={change}>
      {state === "open" ? <Picker /> : null}
      {state === "done" && chosen ? (
        <>
          <div className="-mt-1 flex min-w-0 items-center gap-3" data-testid="currency-chosen">
            <CurrencyIcon symbol={chosen.currency.symbol} />
            <Name entry={chosen} second={chosen.network.name} />
          </div>
          {children}
        </>
      ) : null}
    </Section>
  );
}

function Picker() {
  const { session } = useFlow();
  const { pick } = useActions();
  return <CurrencyPicker currencies={session.currencies} pick={pick} />;
}

interface PickerProps {
  readonly currencies: readonly CheckoutCurrency[];
  readonly pick: (currencyId: number) => void;
}

/** All currencies, by network. */
export function CurrencyPicker({ currencies, pick }: PickerProps) {
  const groups = byNetwork(currencies);
  return (
    <div className="grid grid-cols-1 gap-3">
      {currencies.some((entry) => entry.available) ? null : (
        <Notice tone="warn" testId="no-currency">
          <p>{words.currency.none}</p>
        </Notice>
      )}
      {groups.map((group, index) => (
        <Group
          key={group.network.slug}
          {...group}
          pick={pick}
          folds={groups.length > 2}
          startsOpen={groups.length <= 2 || index === 0}
        />
      ))}
    </div>
  );
}

interface NetworkGroup {
  readonly network: CheckoutNetwork;
  readonly entries: readonly CheckoutCurrency[];
}

function byNetwork(currencies: readonly CheckoutCurrency[]): NetworkGroup[] {
  const groups = new Map<string, { network: CheckoutNetwork; entries: CheckoutCurrency[] }>();
  for (const entry of currencies) {
    const group = groups.get(entry.network.slug) ?? { network: entry.network, entries: [] };
    group.entries.push(entry);
    groups.set(entry.network.slug, group);
  }
  return [...groups.values()];
}

function Group({
  network,
  entries,
  pick,
  folds,
  startsOpen,
}: NetworkGroup & Pick<PickerProps, "pick"> & { readonly folds: boolean; readonly startsOpen: boolean }) {
  const list = (
    <ul className="grid grid-cols-1 gap-2 sm:grid-cols-2">
      {entries.map((entry) => (
        <Option key={entry.currency.id} entry={entry} pick={pick} />
      ))}
    </ul>
  );
  const title = (
    <>
      <NetworkIcon slug={network.slug} />
      <bdi className="max-w-[70%] shrink-0 wrap-break-word">{network.name}</bdi>
      {network.test ? (
        <span className="rounded-full bg-warn-soft px-2 text-xs font-medium text-warn">
          {words.currency.testNetwork}
        </span>
      ) : null}
    </>
  );
  if (!folds) {
    return (
      <div className="grid gap-2">
        <h3 className="flex min-w-0 flex-wrap items-center gap-2 text-sm font-medium text-muted">{title}</h3>
        {list}
      </div>
    );
  }
  const symbols = entries.map((entry) => entry.currency.symbol).join(", ");
  return (
    <details open={startsOpen} className="group rounded-xl border border-line">
      <summary className="flex min-h-12 min-w-0 items-center gap-2 rounded-xl px-4 py-2 text-sm font-medium">
        {title}
        <span className="min-w-0 grow truncate pl-3 text-end text-xs font-normal text-muted group-open:hidden">
          {symbols}
        </span>
        <ChevronIcon className="size-4 shrink-0 text-muted transition-transform group-open:ml-auto group-open:rotate-180" />
      </summary>
      <div className="px-3 pb-3">{list}</div>
    </details>
  );
}

function Option({ entry, pick }: { readonly entry: CheckoutCurrency } & Pick<PickerProps, "pick">) {
  const { currency, network, available, unavailableReason, stablecoin } = entry;
  const reason = available ? undefined : (unavailableReason ?? words.currency.noReason);
  const second = reason
    ? `${words.currency.unavailable}: ${reason}`
    : stablecoin
      ? words.currency.stablecoin
      : currency.name;
  return (
    <li className="min-w-0">
      <button
        type="button"
        className="option flex size-full min-h-16 min-w-0 items-center gap-3 p-3 text-start"
        disabled={!available}
        onClick={() => pick(currency.id)}
        data-testid={`currency-${network.slug}-${currency.symbol}`}
      >
        <CurrencyIcon symbol={currency.symbol} className={available ? "size-9" : "size-9 grayscale opacity-50"} />
        <Name entry={entry} second={second} />
      </button>
    </li>
  );
}

export function Name({ entry, second }: { readonly entry: CheckoutCurrency; readonly second: string }) {
  return (
    <span className="wrap-any grid min-w-0 leading-snug">
      <bdi className="font-semibold">{entry.currency.symbol}</bdi>
      <span className="text-sm text-muted">{second}</span>
    </span>
  );
}
