import { createHash } from "node:crypto";
import { type ChainAdapter, ChainUnavailableError, type Hex, type Network } from "@qbitflow/chains";

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** A chain nobody mines: its pure parts work, and asking for a block says that no source answers. */
export function stillChain(network: Network): ChainAdapter {
  const silent = () => Promise.reject(new ChainUnavailableError(`${network.name} does not answer.`));
  return {
    network,
    mandates: null,
    gasless: null,
    sender: null,
    sourceCount: 1,
    head: silent,
    block: silent,
    scan: silent,
    transaction: silent,
    confirmTransfer: silent,
    termsHash(terms) {
      const text = JSON.stringify(Object.entries(terms).map(([name, value]) => [name, String(value)]));
      return `0x${createHash("sha256").update(text).digest("hex")}` as Hex;
    },
    parseAddress: (text) => (ADDRESS.test(text) ? text : null),
    onHead: () => () => undefined,
    close: () => Promise.resolve(),
  };
}
