import type { CheckoutQuote, CheckoutState } from "@qbitflow/api";
import { startFlow } from "./reducer.ts";
import type { Flow } from "./state.ts";

export const nowMs = 1_800_000_000_000;
export const nowSeconds = nowMs / 1000;

const network = {
  slug: "base",
  name: "Base",
  chainId: 8453,
  test: false,
  local: false,
  confirmations: 3,
  blockTimeMs: 2000,
  explorerUrl: "https://explorer.example/",
  nativeSymbol: "ETH",
};

export function session(change: Partial<CheckoutState> = {}): CheckoutState {
  const currency = (id: number, symbol: string) => ({
    currency: { id, symbol, name: symbol, decimals: 6, address: `0x${String(id).padStart(40, "0")}`, test: false },
    network,
    stablecoin: true,
    available: true,
  });
  return {
    uuid: "01997c89-d0e9-7c9a-9886-fe7709919695",
    mode: "live",
    productName: "Book",
    description: "",
    price: 25,
    organizationName: "Shop",
    createdAt: "2027-01-15T08:00:00Z",
    expiresAt: nowSeconds + 3600,
    serverTime: nowSeconds,
    status: { type: "payment", status: "created" },
    needsCustomer: false,
    isOwner: true,
    currencies: [currency(1, "USDC"), currency(2, "USDT")],
    payments: [],
    hasSuccessUrl: false,
    hasCancelUrl: false,
    fixedPrices: false,
    ...change,
  };
}

export function quote(change: Partial<CheckoutQuote> = {}): CheckoutQuote {
  return {
    currencyId: 1,
    symbol: "USDC",
    decimals: 6,
    amount: "25",
    amountUsd: 25,
    rate: "1",
    rateSources: ["kraken"],
    expiresAt: nowSeconds + 900,
    serverTime: nowSeconds,
    network: "base",
    chainId: 8453,
    contract: "0x00000000000000000000000000000000000000cc",
    terms: {
      uuid: "01997c89-d0e9-7c9a-9886-fe7709919695",
      merchant: "0x00000000000000000000000000000000000000aa",
      token: "0x0000000000000000000000000000000000000001",
      amount: "25000000",
      feeRecipient: "0x00000000000000000000000000000000000000bb",
      feeBps: 100,
      organization: "0x0000000000000000000000000000000000000000",
      organizationFeeBps: 0,
      deadline: nowSeconds + 900,
    },
    permit: { kind: "eip2612", name: "USD Coin", version: "2" },
    ...change,
  };
}

export const sent = {
  transactionHash: `0x${"ab".repeat(32)}`,
  currencyId: 1,
  sentAt: nowMs,
  deadline: nowSeconds + 900,
};

export function flow(change: Partial<CheckoutState> = {}): Flow {
  return startFlow(session(change), nowMs);
}
