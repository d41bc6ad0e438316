/** What the route table's examples are made of; a test checks each against its schema. */
const uuid = "0197c89d-d0e9-7c9a-9886-fe7709919695";
const customerUUID = "0197c89d-a1b2-7c3d-8e4f-5a6b7c8d9e0f";
const nativeCurrency = {
  id: 1,
  symbol: "ETH",
  name: "Ether",
  decimals: 18,
  address: "0x0000000000000000000000000000000000000000",
  test: true,
};
const currency = {
  id: 2,
  symbol: "tUSDC",
  name: "Test USDC",
  decimals: 6,
  address: "0x3e72f35A4d07bB4a7A8ee51aDAF8A8DB46e0b3C5",
  mainCurrencyId: 1,
  mainCurrency: nativeCurrency,
  test: true,
};
const network = {
  slug: "local",
  name: "Local test chain",
  chainId: 31337,
  test: true,
  local: true,
  confirmations: 3,
  blockTimeMs: 1000,
  nativeSymbol: "ETH",
};
const product = {
  id: 1,
  name: "T-shirt",
  description: "Black, size M",
  price: 25,
  createdAt: "2026-01-15T10:00:00Z",
  isActive: true,
};
const customer = {
  uuid: customerUUID,
  name: "Ada",
  lastName: "Lovelace",
  email: "ada@example.com",
  createdAt: "2026-01-15T10:00:00Z",
};
const user = {
  id: 2,
  name: "Grace",
  lastName: "Hopper",
  email: "grace@example.com",
  createdAt: "2026-01-15T10:00:00Z",
  updatedAt: "2026-01-15T10:00:00Z",
  updateAt: "2026-01-15T10:00:00Z",
  organizationId: 1,
  role: "user",
  isOwner: false,
  organizationFeeBps: 100,
};
const apiKey = {
  id: 12,
  name: "shop server",
  organizationId: 1,
  userId: 2,
  createdAt: "2026-01-15T10:00:00Z",
  role: "user",
  test: true,
};
const session = {
  uuid,
  productId: 1,
  productName: "T-shirt",
  description: "Black, size M",
  price: 25,
  organizationName: "Example shop",
  successUrl: "https://shop.example/thanks?uuid={{UUID}}",
  cancelUrl: "https://shop.example/cart",
  customerUUID: "",
  availableCurrencies: [currency],
};
const transactionHash = "0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060";
const from = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const to = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const payment = {
  uuid,
  createdAt: "2026-01-15T10:05:00Z",
  from,
  to,
  name: "T-shirt",
  description: "Black, size M",
  amount: 25,
  currencyId: 2,
  currency,
  test: true,
  productId: 1,
  transactionHash,
  customerUUID,
};
const status = {
  type: "payment",
  status: "waitingConfirmation",
  txHash: transactionHash,
  message: "2 of 3 confirmations",
};
const checkoutPayment = {
  transactionHash,
  network: "local",
  symbol: "tUSDC",
  amount: "25",
  amountUsd: 25,
  from,
  to,
  at: "2026-01-15T10:05:00Z",
  confirmations: 2,
  confirmationsNeeded: 3,
  match: "exact",
};
const checkoutState = {
  uuid,
  mode: "test",
  productName: "T-shirt",
  description: "Black, size M",
  price: 25,
  organizationName: "Example shop",
  createdAt: "2026-01-15T10:00:00Z",
  expiresAt: 1768557600,
  serverTime: 1768471500,
  status: { type: "payment", status: "created" },
  needsCustomer: true,
  isOwner: true,
  currencies: [{ currency, network, stablecoin: true, available: true }],
  payments: [],
  hasSuccessUrl: true,
  hasCancelUrl: true,
  fixedPrices: true,
};
const quote = {
  currencyId: 2,
  symbol: "tUSDC",
  decimals: 6,
  amount: "25",
  amountUsd: 25,
  rate: "1",
  rateSources: ["fixed"],
  expiresAt: 1768472400,
  serverTime: 1768471500,
  network: "local",
  chainId: 31337,
  contract: "0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0",
  terms: {
    uuid,
    merchant: to,
    token: currency.address,
    amount: "25000000",
    feeRecipient: "0x0000000000000000000000000000000000000000",
    feeBps: 0,
    organization: "0x0000000000000000000000000000000000000000",
    organizationFeeBps: 0,
    deadline: 1768472400,
  },
  permit: { kind: "eip2612", name: "Test USDC", version: "2" },
};

export const examples = {
  uuid,
  customerUUID,
  transactionHash,
  currency,
  product,
  customer,
  user,
  apiKey,
  session,
  payment,
  status,
  checkoutPayment,
  checkoutState,
  quote,
} as const;
