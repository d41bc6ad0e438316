import { encodeFunctionData, type Hex } from "viem";
import type { Signer } from "../mandate/sign.ts";
import { tokenAbi } from "./abi.ts";
import { send, waitFor } from "./send.ts";
import { readTokenAllowance } from "./token.ts";

interface NewAllowance {
  readonly token: string;
  readonly spender: string;
  readonly amountBase: bigint;
  readonly onSent: () => void;
}

/** An approval by transaction, waited for until the chain has it. Throws ProblemError. */
export async function setAllowance(
  signer: Signer,
  { token, spender, amountBase, onSent }: NewAllowance,
): Promise<void> {
  const args = [spender as Hex, amountBase] as const;
  const data = encodeFunctionData({ abi: tokenAbi, functionName: "approve", args });
  const address = signer.address as Hex;
  const hash = await send({ ...signer, address }, { to: token as Hex, data, valueBase: 0n });
  onSent();
  await waitFor(signer, hash, async () => {
    const allowanceBase = await readTokenAllowance(signer.provider, { token, owner: address, spender });
    return amountBase === 0n ? allowanceBase === 0n : allowanceBase >= amountBase;
  });
}
