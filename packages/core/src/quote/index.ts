export { noPrice, whyChainUnavailable } from "./availability.ts";
export { getQuoteByGaslessHash, getQuoteByTermsHash, getQuotesById } from "./get.ts";
export { lockQuote, standingQuote } from "./lock.ts";
export type { Quote } from "./quote.ts";
export { quoteResource } from "./resource.ts";
