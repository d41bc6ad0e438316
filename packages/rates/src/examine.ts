import { divideRoundingHalfEven, RATE_SCALE } from "@qbitflow/money";
import { guardSource } from "./ask-source.ts";
import { median } from "./median.ts";
import { DEFAULT_GUARDS, whyUnusable } from "./rates.ts";
import type { Clock, Quote, RateSource } from "./source.ts";

/** One price of one source. */
export interface QuoteState {
  readonly symbol: string;
  readonly ageMs: number;
  /** Hundredths of a percent between it and the median of all sources; null where it cannot be used or converted. */
  readonly distanceBps: number | null;
  /** Why it is not used; null where it is. */
  readonly failure: string | null;
}

/** How one source stands beside the others. */
export interface SourceState {
  readonly name: string;
  /** Its prices are typed in. */
  readonly fixed: boolean;
  /** Why it gave no answer; null where it did. */
  readonly failure: string | null;
  readonly quotes: readonly QuoteState[];
}

interface UsdPrice {
  readonly quote: Quote;
  readonly usdE18: bigint | null;
}

/** Asks every source for every symbol, once, past all memory. Never throws. */
export async function examineSources({
  sources,
  symbols,
  clock,
}: {
  readonly sources: readonly RateSource[];
  readonly symbols: readonly string[];
  readonly clock: Clock;
}): Promise<SourceState[]> {
  const asked = [...new Set([...symbols, ...sources.flatMap(({ quotedIn }) => quotedIn ?? [])])];
  const answers = await Promise.all(sources.map((source) => guardSource(source, clock, DEFAULT_GUARDS).ask(asked)));
  const nowMs = clock.now().getTime();
  const failureOf = (quote: Quote) => whyUnusable(quote, nowMs, DEFAULT_GUARDS);
  const quotesOf = answers.map((answer) => ("quotes" in answer ? answer.quotes : []));
  const usable = quotesOf.flat().filter((quote) => failureOf(quote) === null);
  const inDollars = (symbol: string) =>
    medianOf(usable.filter((quote) => quote.symbol === symbol && isInDollars(quote)).map(({ priceE18 }) => priceE18));
  const toUsd = (quote: Quote): UsdPrice => {
    if (isInDollars(quote)) return { quote, usdE18: quote.priceE18 };
    const unitE18 = inDollars(quote.quotedIn ?? "");
    return { quote, usdE18: unitE18 && divideRoundingHalfEven(quote.priceE18 * unitE18, RATE_SCALE) };
  };
  const prices = usable.map(toUsd);
  const middleOf = (symbol: string) =>
    medianOf(prices.flatMap(({ quote, usdE18 }) => (quote.symbol === symbol && usdE18 !== null ? [usdE18] : [])));

  return sources.map(({ name, fixed = false }, index) => {
    const answer = answers[index];
    const quotes = (quotesOf[index] ?? []).map((quote): QuoteState => {
      const usdE18 = prices.find((price) => price.quote === quote)?.usdE18 ?? null;
      const unit = quote.quotedIn ?? "USD";
      return {
        symbol: quote.symbol,
        ageMs: nowMs - quote.at.getTime(),
        distanceBps: usdE18 === null ? null : distanceBps(usdE18, middleOf(quote.symbol) ?? usdE18),
        failure: failureOf(quote) ?? (usdE18 === null ? `it quotes in ${unit}, which has no price now` : null),
      };
    });
    return { name, fixed, failure: answer && "left" in answer ? answer.left.why : null, quotes };
  });
}

const isInDollars = ({ quotedIn }: Quote): boolean => quotedIn === undefined || quotedIn === "USD";

const medianOf = (values: readonly bigint[]): bigint | null => (values.length === 0 ? null : median(values));

/** Rounded down. */
function distanceBps(value: bigint, middle: bigint): number {
  const distance = value > middle ? value - middle : middle - value;
  return middle === 0n ? 0 : Number((distance * 10_000n) / middle);
}
