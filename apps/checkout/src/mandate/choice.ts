import type { MandateRequest } from "@qbitflow/api";
import { microsToJsonNumber, parseUsdText } from "@qbitflow/money";
import type { Choice } from "./state.ts";

const least = 10_000n;
const most = 1_000_000_000_000n;

/** USD as typed, `50` or `49.90`; undefined when it is none, too little or too much. */
export function maximumOf(text: string): number | undefined {
  try {
    const micros = parseUsdText(text.trim().replace(/^\$/, "").replaceAll(",", ""));
    return micros >= least && micros <= most ? microsToJsonNumber(micros) : undefined;
  } catch {
    return undefined;
  }
}

/** What the server is asked to offer. */
export function requestOf(
  choice: Choice,
  { kind, currencyId, subscriber }: { kind: "subscription" | "payAsYouGo"; currencyId: number; subscriber: string },
): MandateRequest {
  const request = { currencyId, subscriber, periods: choice.periods };
  const maximum = kind === "payAsYouGo" ? maximumOf(choice.maximumText) : undefined;
  return maximum === undefined ? request : { ...request, maxSpendingPerPeriod: maximum };
}
