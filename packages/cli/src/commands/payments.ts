import type { CombinedPayment } from "@qbitflow/sdk";
import { connect } from "../api-client.ts";
import type { Command } from "../command.ts";
import { UsageError } from "../errors.ts";
import { api } from "../options.ts";
import { usdText, wholeNumberOf } from "../values.ts";

const MOST = 1_000_000;

function lineOf({ createdAt, amount, currency, uuid, name, source }: CombinedPayment): string {
  const what = source === "payment" ? name : `${name} (subscription)`;
  return `${createdAt}  ${usdText(amount).padStart(12)} USD  ${currency.symbol.padEnd(6)}  ${uuid}  ${what}`;
}

export const payments: readonly Command[] = [
  {
    name: "payments list",
    summary: "Completed payments and paid bills, newest first",
    options: [["limit?", "How many. Left out: 20."], ["all?", "All of them.", "flag"], ...api],
    notes: ["With --json each has all fields of the API; `amount` is exact decimal text, in USD."],
    examples: ["qbitflow payments list --limit 5", "qbitflow payments list --all --json"],
    run: async (input, context) => {
      if (input.all === true && input.limit !== undefined) throw new UsageError("Take --limit or --all, not both.");
      const limit =
        input.all === true ? Number.POSITIVE_INFINITY : (wholeNumberOf(input, "limit", { least: 1, most: MOST }) ?? 20);
      const { client } = await connect(input, context);
      const items: object[] = [];
      const lines: string[] = [];
      for await (const payment of client.oneTimePayments.getAllCombined({ limit: Math.min(limit, 100) })) {
        items.push({ ...payment, amount: usdText(payment.amount) });
        lines.push(lineOf(payment));
        if (items.length >= limit) break;
      }
      return { body: { items }, text: lines.length === 0 ? "None." : lines.join("\n") };
    },
  },
];
