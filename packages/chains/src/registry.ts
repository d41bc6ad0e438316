import type { ChainAdapter, Network } from "./adapter.ts";
import { createEvmAdapter, type EvmAdapterOptions } from "./evm/create-evm-adapter.ts";

export type AdapterOptions = EvmAdapterOptions;

/** One line per kind of chain; a new kind is a folder that passes the conformance suite, and its line. */
const ADAPTERS: Readonly<Record<Network["kind"], (options: AdapterOptions) => ChainAdapter>> = {
  evm: createEvmAdapter,
};

/** The adapter for a network of any kind. Throws RangeError without an RPC URL. */
export function createAdapter(options: AdapterOptions): ChainAdapter {
  return ADAPTERS[options.network.kind](options);
}
