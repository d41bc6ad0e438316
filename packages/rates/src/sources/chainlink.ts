import { field, readJson, SourceError } from "../read-json.ts";
import type { Quote, RateSource } from "../source.ts";

export interface ChainlinkFeed {
  readonly symbol: string;
  readonly address: string;
  readonly decimals: number;
  /** The feed answers anew at least this often; a price older than this and a tenth more is stale. */
  readonly heartbeatMs: number;
}

const HOUR_MS = 3_600_000;

/** Feeds on Ethereum, quoted in USD. */
export const ETHEREUM_FEEDS: readonly ChainlinkFeed[] = [
  { symbol: "ETH", address: "0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419", decimals: 8, heartbeatMs: HOUR_MS },
  { symbol: "USDC", address: "0x8fFfFfd4AfB6115b954Bd326cbe7B4BA576818f6", decimals: 8, heartbeatMs: 24 * HOUR_MS },
  { symbol: "USDT", address: "0x3E7d1eAB13ad0104d2750B8863b489D65364e32D", decimals: 8, heartbeatMs: 24 * HOUR_MS },
  { symbol: "DAI", address: "0xAed0c38402a5d19df6E4c03F4E2DceD6e29c1ee9", decimals: 8, heartbeatMs: HOUR_MS },
  { symbol: "POL", address: "0x7bAC85A8a13A4BcD8abb3eB7d6b4d632c5a57676", decimals: 8, heartbeatMs: HOUR_MS },
];

const LATEST_ROUND_DATA = "0xfeaf968c";
const INT256_SIGN = 1n << 255n;

/** One word of an ABI answer as a signed integer. */
function word(data: string, index: number): bigint {
  const value = BigInt(`0x${data.slice(2 + index * 64, 66 + index * 64)}`);
  return value >= INT256_SIGN ? value - (INT256_SIGN << 1n) : value;
}

function decodeRound(feed: ChainlinkFeed, data: unknown): Quote {
  if (typeof data !== "string" || !/^0x[0-9a-fA-F]{320}$/.test(data)) {
    throw new SourceError("answered without a round: is this RPC URL one of the feeds' network?");
  }
  const [roundId, answer, , updatedAtSeconds, answeredInRound] = [0, 1, 2, 3, 4].map((index) => word(data, index));
  if (roundId === undefined || answer === undefined || answeredInRound === undefined || answeredInRound < roundId) {
    throw new SourceError("answered with a round that is not complete");
  }
  const at = new Date(Number(updatedAtSeconds) * 1000);
  if (Number.isNaN(at.getTime())) throw new SourceError("answered without a time");
  const priceE18 = answer * 10n ** BigInt(18 - feed.decimals);
  return { symbol: feed.symbol, priceE18, at, maxAgeMs: Math.round(feed.heartbeatMs * 1.1) };
}

export interface ChainlinkOptions {
  /** A JSON-RPC endpoint of the network the feeds are on (Ethereum, unless `feeds` is given). */
  readonly rpcUrl: string;
  readonly feeds?: readonly ChainlinkFeed[];
  readonly fetch?: typeof fetch;
}

/** Chainlink's USD feeds, `latestRoundData()` in one batched JSON-RPC request. */
export function chainlinkSource(options: ChainlinkOptions): RateSource {
  const feeds = new Map((options.feeds ?? ETHEREUM_FEEDS).map((feed) => [feed.symbol, feed]));

  return {
    name: "chainlink",
    async fetch(symbols, signal) {
      const wanted = symbols.flatMap((symbol) => feeds.get(symbol) ?? []);
      if (wanted.length === 0) return [];
      const body = wanted.map((feed, id) => ({
        jsonrpc: "2.0",
        id,
        method: "eth_call",
        params: [{ to: feed.address, data: LATEST_ROUND_DATA }, "latest"],
      }));
      const answers = await readJson({ url: options.rpcUrl, signal, fetch: options.fetch, body });
      if (!Array.isArray(answers)) throw new SourceError("answered in another format");
      return wanted.map((feed, id) => {
        // Numbers come back as text (see readJson).
        const answer = answers.find((entry) => field(entry, "id") === String(id));
        return decodeRound(feed, field(answer, "result"));
      });
    },
  };
}
