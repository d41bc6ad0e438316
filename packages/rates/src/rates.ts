import { divideRoundingHalfEven, RATE_SCALE } from "@qbitflow/money";
import { agree } from "./agree.ts";
import { type GuardedSource, guardSource } from "./ask-source.ts";
import { type LeftOut, type Rate, type RateInput, RateUnavailableError } from "./rate.ts";
import type { Clock, Quote, RateSource } from "./source.ts";
import { fixedSource } from "./sources/fixed.ts";

export interface RateGuards {
  /** Fewer than this many usable sources is no price. */
  readonly minSources: number;
  /** Highest minus lowest of the sources used, at most this part of their median. */
  readonly maxSpreadBps: number;
  /** How old a price may be, unless its source says otherwise. */
  readonly maxAgeMs: number;
  readonly timeoutMs: number;
  /** How long an answer, good or bad, is given again. */
  readonly cacheMs: number;
  /** Rest of a source after a failure; doubles up to eight times this. */
  readonly cooldownMs: number;
}

export const DEFAULT_GUARDS: RateGuards = {
  minSources: 2,
  maxSpreadBps: 200,
  maxAgeMs: 300_000,
  timeoutMs: 2_000,
  cacheMs: 5_000,
  cooldownMs: 5_000,
};

const MAX_FUTURE_MS = 60_000;
const MAX_PRICE_E18 = 10n ** 12n * RATE_SCALE;

export interface Rates {
  /** USD per whole token, at most `cacheMs` old. Throws RateUnavailableError. */
  rate(symbol: string): Promise<Rate>;
  /** Some source's prices are typed in, not a market's. */
  readonly fixed: boolean;
}

export interface RatesOptions {
  readonly sources: readonly RateSource[];
  readonly clock: Clock;
  readonly guards?: Partial<RateGuards>;
}

interface Context {
  readonly sources: readonly GuardedSource[];
  readonly clock: Clock;
  readonly guards: RateGuards;
}

/** Why a price must not be used; null where it may. */
export function whyUnusable(quote: Quote, nowMs: number, guards: RateGuards): string | null {
  const ageMs = nowMs - quote.at.getTime();
  if (quote.priceE18 <= 0n) return "its price is not positive";
  if (quote.priceE18 > MAX_PRICE_E18) return "its price is absurd";
  if (!(ageMs <= (quote.maxAgeMs ?? guards.maxAgeMs))) return "its price is too old";
  if (ageMs < -MAX_FUTURE_MS) return "its price is from the future";
  return null;
}

interface Gathered {
  readonly quotes: readonly { name: string; quote: Quote }[];
  readonly left: LeftOut[];
}

async function gather(context: Context, symbol: string): Promise<Gathered> {
  const quotes: { name: string; quote: Quote }[] = [];
  const left: LeftOut[] = [];
  const answers = await Promise.all(context.sources.map(({ ask }) => ask([symbol])));
  const nowMs = context.clock.now().getTime();
  answers.forEach((answer, index) => {
    const name = context.sources[index]?.source.name ?? "";
    if ("left" in answer) left.push(answer.left);
    for (const quote of "quotes" in answer ? answer.quotes : []) {
      if (quote.symbol !== symbol) continue;
      const why = whyUnusable(quote, nowMs, context.guards);
      if (why === null) quotes.push({ name, quote });
      else left.push({ name, why });
    }
  });
  return { quotes, left };
}

type RateOf = (symbol: string) => Promise<Rate>;

/** Quotes in another symbol, times that symbol's own USD rate; left out where that has none. */
async function inUsd(gathered: Gathered, symbol: string, rateOf: RateOf): Promise<RateInput[]> {
  const inputs: RateInput[] = [];
  for (const { name, quote } of gathered.quotes) {
    const unit = quote.quotedIn ?? "USD";
    if (unit === "USD") {
      inputs.push({ name, usdPerTokenE18: quote.priceE18, at: quote.at });
    } else if (unit !== symbol) {
      try {
        const unitRate = await rateOf(unit);
        const usdPerTokenE18 = divideRoundingHalfEven(quote.priceE18 * unitRate.usdPerTokenE18, RATE_SCALE);
        inputs.push({ name, usdPerTokenE18, at: quote.at });
      } catch (error) {
        if (!(error instanceof RateUnavailableError)) throw error;
        gathered.left.push({ name, why: `it quotes in ${unit}, which has no price now` });
      }
    }
  }
  return inputs;
}

async function fetchRate(context: Context, symbol: string, rateOf: RateOf): Promise<Rate> {
  const conversions = new Set(context.sources.flatMap(({ source }) => source.quotedIn ?? []));
  // The unit's own rate starts now, beside this one; its failure is judged where it is needed.
  for (const unit of conversions) if (unit !== symbol) rateOf(unit).catch(() => undefined);
  const gathered = await gather(context, symbol);
  const inputs = await inUsd(gathered, symbol, rateOf);
  const agreement = agree(inputs, context.guards);
  if ("reason" in agreement) {
    throw new RateUnavailableError(symbol, agreement.reason, [...gathered.left, ...agreement.left]);
  }
  const fixedNames = new Set(context.sources.filter(({ source }) => source.fixed).map(({ source }) => source.name));
  return {
    symbol,
    usdPerTokenE18: agreement.usdPerTokenE18,
    sources: agreement.sources,
    at: context.clock.now(),
    fixed: agreement.sources.some((input) => fixedNames.has(input.name)),
  };
}

/**
 * Rates by median over several sources. Each symbol is fetched once at a time however many ask, and answered from
 * memory for `cacheMs`. Stale, zero, negative and far-off prices are left out (`agree`); too few is an error.
 */
export function createRates(options: RatesOptions): Rates {
  const guards = { ...DEFAULT_GUARDS, ...options.guards };
  const { clock } = options;
  const sources = options.sources.map((source) => guardSource(source, clock, guards));
  const context: Context = { sources, clock, guards };
  const cache = new Map<string, { result: Promise<Rate>; doneAtMs: number | null }>();

  function rate(symbol: string): Promise<Rate> {
    const cached = cache.get(symbol);
    if (cached) {
      const ageMs = cached.doneAtMs === null ? 0 : clock.now().getTime() - cached.doneAtMs;
      if (ageMs >= 0 && ageMs < guards.cacheMs) return cached.result;
    }
    const entry = { result: fetchRate(context, symbol, rate), doneAtMs: null as number | null };
    cache.set(symbol, entry);
    const done = () => {
      entry.doneAtMs = clock.now().getTime();
    };
    entry.result.then(done, done);
    return entry.result;
  }

  return { rate, fixed: options.sources.some((source) => source.fixed === true) };
}

/** The local default: fixed prices only, which say so. */
export function createFixedRates(clock: Clock): Rates {
  return createRates({ sources: [fixedSource({ clock })], clock, guards: { minSources: 1, cacheMs: 0 } });
}
