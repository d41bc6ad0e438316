import { examineSources, type RateSource, type Rates, RateUnavailableError, type SourceState } from "@qbitflow/rates";
import { wallClock } from "../wall-clock.ts";
import { type Check, ok, problem, warning } from "./check.ts";

/** From here on a source is left out of the median while there are others. */
const FAR_BPS = 200;

export interface PriceCheck {
  readonly sources: readonly RateSource[];
  /** What the server makes of them. */
  readonly rates: Rates;
  /** Of the currencies of the configured networks. */
  readonly symbols: readonly string[];
}

/** Every price source by itself, and whether together they make a price for each currency. */
export async function checkPrices({ sources, rates, symbols }: PriceCheck): Promise<readonly Check[]> {
  const [states, missing] = await Promise.all([
    examineSources({ sources, symbols, clock: wallClock }),
    Promise.all(symbols.map((symbol) => whyNoPrice(rates, symbol))),
  ]);
  const without = missing.flatMap((why) => (why === null ? [] : [why]));
  const advice = "Those currencies are not offered meanwhile. Check the sources, or name others in RATES.";
  const together =
    without.length === 0
      ? ok("prices", `there is a price for ${symbols.join(", ")}`)
      : problem("prices", without.join(" "), advice);
  return [...states.map(sourceCheck), together];
}

async function whyNoPrice(rates: Rates, symbol: string): Promise<string | null> {
  try {
    await rates.rate(symbol);
    return null;
  } catch (error) {
    if (error instanceof RateUnavailableError) return error.message;
    throw error;
  }
}

function sourceCheck({ name, fixed, failure, quotes }: SourceState): Check {
  const place = `prices of ${name}`;
  const advice = "Check that this machine reaches it, or leave it out of RATES.";
  if (failure !== null) return warning(place, failure, advice);
  if (quotes.length === 0) return warning(place, "it knows none of the currencies", "Leave it out of RATES.");
  if (fixed) return ok(place, `typed in, ${quotes.length} prices`);
  const bad = quotes.flatMap(({ symbol, failure: why }) => (why === null ? [] : [`${symbol}: ${why}`]));
  if (bad.length > 0) return warning(place, bad.join("; "), advice);
  const ageMs = Math.max(...quotes.map((quote) => quote.ageMs));
  const far = quotes.reduce((a, b) => ((b.distanceBps ?? 0) > (a.distanceBps ?? 0) ? b : a));
  const distance = `${((far.distanceBps ?? 0) / 100).toFixed(2)} % from the median at most (${far.symbol})`;
  const detail = `${quotes.length} prices, the oldest ${Math.max(0, Math.round(ageMs / 1000))} s old, ${distance}`;
  return (far.distanceBps ?? 0) > FAR_BPS ? warning(place, detail, advice) : ok(place, detail);
}
