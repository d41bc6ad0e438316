import { checkoutAddress } from "../evm/generated/checkout.ts";
import { testDaiAddress, testUsdcAddress, testUsdtAddress } from "../evm/generated/test-tokens.ts";
import type { LocalAddresses } from "../parse-network.ts";

/** The version of the checkout contract that this release deploys. */
export const CHECKOUT_VERSION = "1";

/** What is on every local chain, at addresses that follow from the compiled code. */
export const localAddresses: LocalAddresses = {
  checkout: { version: CHECKOUT_VERSION, address: checkoutAddress },
  tokens: { tUSDC: testUsdcAddress, tUSDT: testUsdtAddress, tDAI: testDaiAddress },
};
