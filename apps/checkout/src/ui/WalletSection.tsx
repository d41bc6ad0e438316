import type { Section as SectionName } from "../flow/screen.ts";
import { formatBase } from "../format.ts";
import { words } from "../words.ts";
import { useFlow } from "./hooks.ts";
import { PayPanel } from "./PayPanel.tsx";
import { Section } from "./pieces.tsx";
import { WalletPanel } from "./WalletPanel.tsx";

export function WalletSection({ number, open }: { readonly number: number; readonly open: SectionName }) {
  const { wallet, quote } = useFlow();
  if (open !== "wallet") return <Section id="wallet" number={number} title={words.wallet.heading} state="ahead" />;
  const balance =
    wallet.balanceBase !== undefined && quote.value
      ? `${formatBase(wallet.balanceBase, quote.value.decimals, "down")} ${quote.value.symbol}`
      : undefined;
  return (
    <Section id="wallet" number={number} title={words.wallet.heading} state="open">
      <WalletPanel balance={balance}>
        <PayPanel />
      </WalletPanel>
    </Section>
  );
}
