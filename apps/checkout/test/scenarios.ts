/** Sessions in every state the page knows, for looking at it (dev-server.ts) and for its pictures (screenshots.ts). */
import type { CheckoutCurrency, CheckoutNetwork, CheckoutPayment, CheckoutState } from "@qbitflow/api";
import { subscriptionScenarios } from "./subscription-scenarios.ts";

const zero = "0x0000000000000000000000000000000000000000";
const merchant = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

export const localNetwork: CheckoutNetwork = {
  slug: "local",
  name: "Local test chain",
  chainId: 31337,
  test: true,
  local: true,
  confirmations: 3,
  blockTimeMs: 400,
  nativeSymbol: "ETH",
  rpcUrl: "http://127.0.0.1:8545",
};

interface TokenShape {
  readonly symbol: string;
  readonly name: string;
  readonly decimals: number;
  readonly address: string;
  readonly stablecoin: boolean;
}

export function currency(id: number, network: CheckoutNetwork, token: TokenShape): CheckoutCurrency {
  const { symbol, name, decimals, address, stablecoin } = token;
  return {
    currency: { id, symbol, name, decimals, address, test: network.test },
    network,
    stablecoin,
    available: true,
  };
}

const ether = { symbol: "ETH", name: "Ether", decimals: 18, address: zero, stablecoin: false };
const usdc = { symbol: "USDC", name: "USD Coin", decimals: 6, address: `${zero.slice(0, -1)}1`, stablecoin: true };
const eurc = { symbol: "EURC", name: "Euro Coin", decimals: 6, address: `${zero.slice(0, -1)}2`, stablecoin: true };
const usdt = { symbol: "USDT", name: "Tether USD", decimals: 6, address: `${zero.slice(0, -1)}3`, stablecoin: true };
const dai = { symbol: "DAI", name: "Dai", decimals: 18, address: `${zero.slice(0, -1)}4`, stablecoin: true };

function liveNetworks(): CheckoutCurrency[] {
  const names = [
    ["ethereum", "Ethereum", 1],
    ["base", "Base", 8453],
    ["polygon", "Polygon", 137],
    ["arbitrum", "Arbitrum One", 42161],
  ] as const;
  const list = names.flatMap(([slug, name, chainId], index) => {
    const network = { ...localNetwork, slug, name, chainId, test: false, local: false, confirmations: 12 };
    return [ether, usdc, usdt, dai, eurc].map((token, i) => currency(100 + index * 10 + i, network, token));
  });
  return list.map((entry, index) =>
    index === 2 || index === 4
      ? { ...entry, available: false, unavailableReason: "No reliable price at the moment." }
      : entry,
  );
}

export function paymentOf(change: Partial<CheckoutPayment>): CheckoutPayment {
  return {
    transactionHash: `0x${"7c".repeat(32)}`,
    network: "local",
    symbol: "tUSDC",
    amount: "49.9",
    from: "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc",
    to: merchant,
    at: "2026-11-23T08:00:00Z",
    confirmations: 2,
    confirmationsNeeded: 3,
    match: "exact",
    explorerUrl: `https://explorer.example/tx/0x${"7c".repeat(32)}`,
    ...change,
  };
}

function base(nowSeconds: number, currencies: CheckoutCurrency[]): Omit<CheckoutState, "uuid"> {
  return {
    mode: "test",
    productName: "Field recorder, second edition",
    description: "Weatherproof audio recorder with two microphones, a wind shield and a carrying case.",
    price: 49.9,
    organizationName: "Nordlicht Audio",
    supportEmail: "help@nordlicht.example",
    createdAt: new Date(nowSeconds * 1000).toISOString(),
    expiresAt: nowSeconds + 86_400,
    serverTime: nowSeconds,
    status: { type: "payment", status: "created" },
    needsCustomer: true,
    isOwner: true,
    currencies,
    payments: [],
    hasSuccessUrl: true,
    hasCancelUrl: true,
    fixedPrices: true,
  };
}

export const longWord = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(2);

/** Name → what differs from a fresh session. */
export function scenarios(nowSeconds: number, local: CheckoutCurrency[]): Record<string, Omit<CheckoutState, "uuid">> {
  const fresh = base(nowSeconds, local);
  const known = { ...fresh, needsCustomer: false };
  const status = (name: CheckoutState["status"]["status"], message?: string) => ({
    status: { type: "payment" as const, status: name, ...(message ? { message } : {}) },
  });
  return {
    fresh,
    known,
    live: {
      ...known,
      mode: "live",
      fixedPrices: false,
      currencies: liveNetworks(),
      walletConnectProjectId: "0123456789abcdef0123456789abcdef",
    },
    withoutProject: { ...known, mode: "live", fixedPrices: false, currencies: liveNetworks() },
    long: {
      ...fresh,
      organizationName: `${longWord} & Töchter <script>alert(1)</script>`,
      productName: `متجر الكتب القديمة – \u202eكتاب ${longWord} 🎧🎙️👩‍👩‍👧‍👦`,
      description: `${"Very long words and many lines. ".repeat(12)}\n\nשלום עולם\n${longWord}`,
      price: 999_999.123456,
    },
    pending: {
      ...known,
      ...status("pending"),
      status: { type: "payment", status: "pending", txHash: `0x${"7c".repeat(32)}` },
    },
    confirming: { ...known, ...status("waitingConfirmation", "2 of 3 confirmations"), payments: [paymentOf({})] },
    completed: {
      ...known,
      ...status("completed"),
      payments: [paymentOf({ confirmations: 3 })],
      successUrl: "https://shop.example/thanks?uuid=1",
    },
    expired: { ...known, ...status("expired"), expiresAt: nowSeconds - 60 },
    cancelled: { ...known, ...status("cancelled"), cancelUrl: "https://shop.example/basket" },
    failed: { ...known, ...status("failed", "The network took the payment back (reorganisation).") },
    lastTry: {
      ...known,
      ...status("created", "The payment failed on the chain: nothing was paid. You can pay again."),
    },
    underpaid: { ...known, payments: [paymentOf({ match: "under", amount: "20" })] },
    overpaid: { ...known, payments: [paymentOf({ match: "over", amount: "60" })] },
    wrongToken: { ...known, payments: [paymentOf({ match: "wrong_token", symbol: "tDAI" })] },
    late: {
      ...known,
      ...status("expired"),
      expiresAt: nowSeconds - 60,
      payments: [paymentOf({ match: "late", confirmations: 3 })],
    },
    twice: {
      ...known,
      ...status("completed"),
      payments: [
        paymentOf({ confirmations: 3 }),
        paymentOf({ match: "duplicate", transactionHash: `0x${"8d".repeat(32)}` }),
      ],
    },
    unavailable: {
      ...known,
      currencies: local.map((entry) => ({ ...entry, available: false, unavailableReason: "Network not reachable." })),
    },
    other: { ...known, isOwner: false },
    gasless: known,
    shortquote: { ...known, price: 12 },
    refusing: { ...fresh },
    blind: known,
    ...subscriptionScenarios(known),
  };
}
