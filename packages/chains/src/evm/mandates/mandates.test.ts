import { randomBytes } from "node:crypto";
import { toHex } from "viem";
import { describeMandateChain } from "../../conformance-mandates.ts";
import type { Mandate, TypedData } from "../../mandate.ts";
import { usdcAddress } from "../evm-chain.testing.ts";
import { macWallet } from "./mac-wallet.testing.ts";
import { startMandateChain, type TestSigner, testCustomer } from "./mandate-chain.testing.ts";
import { mandateTypedData, signingHash } from "./typed-data.ts";

describeMandateChain("evm", async () => {
  const chain = await startMandateChain();
  const { chainId, checkoutContracts } = chain.network;
  const { contract } = chain.mandates;
  const place = (change: object) => (mandate: Mandate) => mandateTypedData(mandate, { chainId, contract, ...change });
  return {
    ...chain,
    token: usdcAddress,
    elsewhere: [place({ chainId: 1 }), place({ contract: checkoutContracts[0]?.address })],
    async signers() {
      const [wallet, undeployed] = [macWallet(toHex(randomBytes(32))), macWallet(toHex(randomBytes(32)))];
      await chain.send(wallet.deployment);
      const sign = (typedData: TypedData) => wallet.sign(signingHash(typedData));
      const signUndeployed = (typedData: TypedData) => undeployed.signUndeployed(signingHash(typedData));
      return new Map<string, TestSigner>([
        ["a key", testCustomer()],
        ["a smart wallet", { address: wallet.address, sign: async (data: TypedData) => sign(data) }],
        [
          "one not deployed yet",
          { address: undeployed.address, sign: async (data: TypedData) => signUndeployed(data) },
        ],
      ]);
    },
  };
});
