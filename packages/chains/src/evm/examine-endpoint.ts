import type { Network } from "../adapter.ts";
import { createEndpoint, type Endpoint } from "./endpoint.ts";
import { blockCall, readBlock } from "./read-block.ts";
import { RpcError } from "./rpc-error.ts";

export interface Examined {
  readonly network: Pick<Network, "name" | "chainId">;
  readonly rpcUrl: string;
  readonly timeoutMs: number;
}

/** How one RPC endpoint stands by itself, beside no other. */
export interface EndpointState {
  /** Host only: its URL may hold a key. */
  readonly name: string;
  /** Why it cannot be used, as a sentence; null where it can. */
  readonly failure: string | null;
  /** It serves another chain. */
  readonly isOtherChain: boolean;
  readonly head: { readonly number: number; readonly timestamp: number } | null;
  /** Its server's time (HTTP `Date`, whole seconds) less this machine's; null where it says none. */
  readonly aheadMs: number | null;
}

/** Asks one endpoint for its chain and its newest block. Never throws. */
export async function examineEndpoint(examined: Examined): Promise<EndpointState> {
  let aheadMs: number | null = null;
  const endpoint = openAlone(examined, async (input, init) => {
    const sentMs = Date.now();
    const response = await fetch(input, init);
    const saidMs = Date.parse(response.headers.get("date") ?? "");
    // The header is cut to the second: half of one is the best guess of what was cut off.
    if (!Number.isNaN(saidMs)) aheadMs = Math.round(saidMs + 500 - (sentMs + Date.now()) / 2);
    return response;
  });
  try {
    const head = readBlock(await endpoint.call("eth_getBlockByNumber", [...blockCall("latest").params]), null);
    if (head === null) throw new RpcError("malformed", `${endpoint.name} has no newest block.`);
    const ref = { number: head.number, timestamp: head.timestamp };
    return { name: endpoint.name, failure: null, isOtherChain: false, head: ref, aheadMs };
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    const isOtherChain = error.failure === "wrong_chain";
    return { name: endpoint.name, failure: error.message, isOtherChain, head: null, aheadMs };
  }
}

/** An endpoint that is asked by itself: one try, no rest. */
export function openAlone({ network, rpcUrl, timeoutMs }: Examined, fetchIt: typeof fetch = fetch): Endpoint {
  return createEndpoint({
    url: rpcUrl,
    chainId: network.chainId,
    fetch: fetchIt,
    timeoutMs,
    maxRestMs: 0,
    monotonicMs: () => performance.now(),
  });
}
