import { executorRegistryOf } from "../evm/executor-registry.ts";
import { checkoutAddress } from "../evm/generated/checkout.ts";
import { signatureVerifierAddress, subscriptionsAddress } from "../evm/generated/subscriptions.ts";
import { testDaiAddress, testUsdcAddress, testUsdtAddress } from "../evm/generated/test-tokens.ts";
import type { LocalAddresses } from "../parse-network.ts";

/** The version of the checkout contract that this release deploys. */
export const CHECKOUT_VERSION = "1";

/** The version of the subscriptions contract that this release deploys. */
export const SUBSCRIPTIONS_VERSION = "1";

/** Deploys on every local chain (the mnemonic's first account), and so owns its executor registry. */
const LOCAL_DEPLOYER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

/** What is on every local chain, at addresses that follow from the compiled code. */
export const localAddresses: LocalAddresses = {
  checkout: { version: CHECKOUT_VERSION, address: checkoutAddress },
  subscriptions: { version: SUBSCRIPTIONS_VERSION, address: subscriptionsAddress },
  executorRegistry: executorRegistryOf(LOCAL_DEPLOYER).address,
  signatureVerifier: signatureVerifierAddress,
  tokens: { tUSDC: testUsdcAddress, tUSDT: testUsdtAddress, tDAI: testDaiAddress },
};
