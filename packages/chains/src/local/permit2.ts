import type { PublicClient } from "viem";
import { permit2Address, permit2RuntimeCode } from "../evm/generated/permit2.ts";

/**
 * Puts Permit2 on a local chain, where it is not yet. Its code is enough: it remembers the domain of the chain that it was
 * deployed on, and on every other chain works it out anew.
 */
export async function putPermit2(publicClient: PublicClient): Promise<void> {
  if ((await publicClient.getCode({ address: permit2Address })) === permit2RuntimeCode) return;
  await publicClient.request({ method: "anvil_setCode", params: [permit2Address, permit2RuntimeCode] } as never);
}
