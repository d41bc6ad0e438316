import type { TestWalletRequest } from "../wallet/test-wallet.ts";
import { words } from "../words.ts";
import { Dialog } from "./Dialog.tsx";
import { useTestWalletQuestion, useWallets } from "./hooks.ts";
import { FlaskIcon } from "./icons.tsx";

/** Asks like a real wallet would, so that confirming and refusing can both be tried. */
export function TestWalletDialog() {
  const question = useTestWalletQuestion();
  return question ? <Question question={question} /> : null;
}

function Question({ question }: { readonly question: TestWalletRequest }) {
  const { organizationName } = useWallets();
  const sends = question.method === "eth_sendTransaction";
  return (
    <Dialog title={words.testWallet.title} onClose={() => question.answer(false)} testId="test-wallet">
      <p className="flex gap-2 rounded-xl bg-warn-soft p-3 text-sm font-medium text-warn">
        <FlaskIcon className="size-5 shrink-0" /> {words.testWallet.note}
      </p>
      <p>
        <bdi className="font-semibold">{organizationName}</bdi> {sends ? words.testWallet.send : words.testWallet.sign}.
      </p>
      <pre
        // It scrolls, so the keyboard must reach it.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus
        tabIndex={0}
        className="max-h-40 overflow-auto rounded-xl bg-well p-3 font-mono text-xs break-all whitespace-pre-wrap"
      >
        {summaryOf(question)}
      </pre>
      <div className="grid grid-cols-2 gap-2">
        <button
          type="button"
          className="button button-quiet"
          onClick={() => question.answer(false)}
          data-testid="test-wallet-refuse"
        >
          {words.testWallet.refuse}
        </button>
        <button
          type="button"
          className="button button-main"
          onClick={() => question.answer(true)}
          data-testid="test-wallet-confirm"
        >
          {words.testWallet.confirm}
        </button>
      </div>
    </Dialog>
  );
}

function summaryOf({ method, params }: TestWalletRequest): string {
  if (method === "eth_signTypedData_v4") {
    const { message } = JSON.parse(String(params[1])) as { message: Record<string, unknown> };
    return fieldLines(message).join("\n");
  }
  const call = params[0] as { to: string; value: string; data: string };
  return `${words.testWallet.to}: ${call.to}\n${words.testWallet.value}: ${BigInt(call.value)} wei\n${call.data.slice(0, 10)}…`;
}

/** One line a field; what stands inside another is moved in. */
function fieldLines(message: Record<string, unknown>, indent = ""): string[] {
  return Object.entries(message).flatMap(([name, value]) =>
    typeof value === "object" && value !== null
      ? [`${indent}${name}:`, ...fieldLines(value as Record<string, unknown>, `${indent}  `)]
      : [`${indent}${name}: ${String(value)}`],
  );
}
