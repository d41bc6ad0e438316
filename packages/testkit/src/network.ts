import type { Network } from "@qbitflow/chains";

/** A network for tests that need no chain behind it: the shape of the local one, with all kinds of tokens. */
export const testNetwork: Network = {
  slug: "testnet-a",
  name: "Testnet A",
  kind: "evm",
  chainId: 910_001,
  test: true,
  local: false,
  nativeCurrency: { id: 9_001, symbol: "ETH", name: "Ether", decimals: 18, priceSymbol: "ETH" },
  confirmations: 3,
  finalityDepth: 20,
  blockTimeMs: 1_000,
  checkoutContracts: [{ version: "1", address: "0x00000000000000000000000000000000000c0de1", fromBlock: 0 }],
  subscriptionContracts: [{ version: "1", address: "0x00000000000000000000000000000000000c0DE2", fromBlock: 0 }],
  executorRegistry: "0x00000000000000000000000000000000000C0De3",
  tokens: [
    {
      id: 9_002,
      symbol: "tUSDC",
      name: "Test USDC",
      decimals: 6,
      address: "0x00000000000000000000000000000000000000C1",
      permit: { kind: "eip2612", name: "Test USDC", version: "2" },
      priceSymbol: "USDC",
      stablecoin: true,
    },
    {
      id: 9_003,
      symbol: "tDAI",
      name: "Test DAI",
      decimals: 18,
      address: "0x00000000000000000000000000000000000000c2",
      permit: { kind: "dai", name: "Test DAI", version: "1" },
      priceSymbol: "DAI",
      stablecoin: true,
    },
  ],
};

/** The same in live mode, with ids and addresses of its own. */
export const liveNetwork: Network = {
  ...testNetwork,
  slug: "livenet-a",
  name: "Livenet A",
  chainId: 910_002,
  test: false,
  nativeCurrency: { ...testNetwork.nativeCurrency, id: 9_101 },
  tokens: testNetwork.tokens.map((token) => ({ ...token, id: token.id + 100 })),
};
