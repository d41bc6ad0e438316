// For tests of other packages only: real chains, and people who sign.
export {
  type MandateTestChain,
  startMandateChain,
  type TestCustomer,
  type TestSigner,
  testCustomer,
} from "./evm/mandates/mandate-chain.testing.ts";
