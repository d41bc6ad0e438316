import type { CheckoutQuote } from "@qbitflow/api";
import { decodeFunctionResult, encodeFunctionData, type Hex } from "viem";
import type { Eip1193Provider } from "../wallet/provider.ts";
import { tokenAbi } from "./abi.ts";

interface TokenCall {
  readonly functionName: "balanceOf" | "allowance" | "nonces";
  readonly args: readonly Hex[];
}

/** A number that the quote's token answers. Rejects when it answers none. */
export async function readToken(provider: Eip1193Provider, quote: CheckoutQuote, asked: TokenCall): Promise<bigint> {
  const call = { to: quote.terms.token, data: encodeFunctionData({ abi: tokenAbi, ...asked } as never) };
  const data = (await provider.request({ method: "eth_call", params: [call, "latest"] })) as Hex;
  return decodeFunctionResult({ abi: tokenAbi, functionName: asked.functionName, data }) as bigint;
}

/** What `spender` may take of a token now. */
export async function readTokenAllowance(
  provider: Eip1193Provider,
  { token, owner, spender }: { readonly token: string; readonly owner: string; readonly spender: string },
): Promise<bigint> {
  const args = [owner as Hex, spender as Hex] as const;
  const data = encodeFunctionData({ abi: tokenAbi, functionName: "allowance", args });
  const answer = (await provider.request({ method: "eth_call", params: [{ to: token, data }, "latest"] })) as Hex;
  return decodeFunctionResult({ abi: tokenAbi, functionName: "allowance", data: answer });
}
