import { createHash } from "node:crypto";
import { type ChainAdapter, ChainUnavailableError, type Hex, type MandateChain, type Network } from "@qbitflow/chains";
import { stillChain } from "./still-chain.ts";

/** A still chain where mandates could be charged: it has a contract and a key, whose gas has a price. Only what is pure answers. */
export function chargingChain(
  network: Network,
  { gasPriceBase = 1n, dataFeeBase = 0n }: { gasPriceBase?: bigint; dataFeeBase?: bigint } = {},
): ChainAdapter {
  const silent = () => Promise.reject(new ChainUnavailableError(`${network.name} does not answer.`));
  const nothingToCall = () => {
    throw new Error("A still chain encodes no calls.");
  };
  const mandates: MandateChain = {
    contract: "0x00000000000000000000000000000000000c0de2",
    registry: "0x00000000000000000000000000000000000c0de3",
    hash(mandate) {
      const text = JSON.stringify(mandate, (_name, value) => (typeof value === "bigint" ? String(value) : value));
      return `0x${createHash("sha256").update(text).digest("hex")}` as Hex;
    },
    toSign: (mandate) => ({ domain: {}, types: {}, primaryType: "Mandate", message: { uuid: mandate.uuid } }),
    changeToSign: () => ({ domain: {}, types: {}, primaryType: "Change", message: {} }),
    permitToSign: silent,
    verify: silent,
    verifyChange: silent,
    funds: silent,
    states: silent,
    activationCall: nothingToCall,
    chargeCall: nothingToCall,
    changeCall: nothingToCall,
    cancelCall: nothingToCall,
    permitCall: nothingToCall,
    chargeGas: 100_000n,
  };
  return {
    ...stillChain(network),
    mandates,
    sender: {
      address: "0x00000000000000000000000000000000000c0de4",
      minedNonce: silent,
      simulate: silent,
      gasPrice: () => Promise.resolve({ nowBase: gasPriceBase, maxFeeBase: gasPriceBase, priorityFeeBase: 0n }),
      dataFeeBase: () => Promise.resolve(dataFeeBase),
      sign: silent,
      broadcast: silent,
      receipt: silent,
      balanceBase: silent,
    },
  };
}
