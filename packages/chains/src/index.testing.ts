// For tests of other packages only: real chains, providers that misbehave, and people who sign.
export { type Anvil, startAnvil } from "./evm/anvil.testing.ts";
export { dataFeeOf, feeOracleAddress, feeOracleCode } from "./evm/fee-oracle.testing.ts";
export {
  type MandateTestChain,
  startMandateChain,
  type TestCustomer,
  type TestSigner,
  testCustomer,
} from "./evm/mandates/mandate-chain.testing.ts";
export { type RpcProxy, startRpcProxy } from "./evm/rpc-proxy.testing.ts";
