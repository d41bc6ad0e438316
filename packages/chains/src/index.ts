export * from "./adapter.ts";
export { NetworkDataError } from "./check-data.ts";
export { createEvmAdapter, type EvmAdapterOptions } from "./evm/create-evm-adapter.ts";
export {
  type ContractDeployments,
  type Deployer,
  type Deployment,
  DeploymentError,
  deployContracts,
} from "./evm/deploy.ts";
export {
  type ContractName,
  type ContractState,
  contractsOf,
  deterministicAddresses,
  examineContracts,
  isExecutor,
} from "./evm/examine-contracts.ts";
export { type EndpointState, type Examined, examineEndpoint } from "./evm/examine-endpoint.ts";
export { deployExecutorRegistry, executorRegistryOf } from "./evm/executor-registry.ts";
export { checkoutAbi, checkoutAddress } from "./evm/generated/checkout.ts";
export {
  executorRegistryAbi,
  signatureVerifierAddress,
  subscriptionsAbi,
  subscriptionsAddress,
} from "./evm/generated/subscriptions.ts";
export { permitTypedData } from "./evm/mandates/permit.ts";
export { changeTypedData, mandateHash, mandateTypedData, type SigningPlace } from "./evm/mandates/typed-data.ts";
export { RpcError } from "./evm/rpc-error.ts";
export { parseAddress, termsHash } from "./evm/terms.ts";
export { deployTestTokens, mintTestTokens, type TestToken, testTokens } from "./evm/test-tokens.ts";
export { type DomainHint, readTokenDomain, type TokenDomain } from "./evm/token-domain.ts";
export * from "./gasless.ts";
export { CHECKOUT_VERSION, SUBSCRIPTIONS_VERSION } from "./local/addresses.ts";
export {
  anvilBinary,
  LOCAL_CHAIN_ID,
  LOCAL_MNEMONIC,
  type LocalChain,
  LocalChainError,
  type LocalChainOptions,
  startLocalChain,
} from "./local/anvil.ts";
export { putPermit2 } from "./local/permit2.ts";
export * from "./mandate.ts";
export { type ConfiguredNetwork, loadNetworks, type NetworkOverride } from "./networks.ts";
export { periodIndexAt, periodStart } from "./period.ts";
export { type AdapterOptions, createAdapter } from "./registry.ts";
export * from "./sender.ts";
