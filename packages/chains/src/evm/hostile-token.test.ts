import { concatHex, type Hex, maxUint256, toHex } from "viem";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createEvmAdapter } from "../index.ts";
import { type EvmChain, localNetwork, payCall, startEvmChain, terms } from "./evm-chain.testing.ts";
import { TRANSFER_TOPIC } from "./payment-log.ts";

let chain: EvmChain;
beforeAll(async () => {
  chain = await startEvmChain();
});
afterAll(() => chain.stop());

/** A token without balances: every call says `times` over that the most there can be went from payer to merchant. */
function boastfulToken(times: number): Hex {
  // log3(0, 32, Transfer, calldata[4], calldata[36])
  const boast = concatHex(["0x602435600435", "0x7f", TRANSFER_TOPIC, "0x60205fa3"]);
  const runtime = concatHex([
    concatHex(["0x7f", toHex(maxUint256), "0x5f52"]),
    ...Array.from({ length: times }, () => boast),
    "0x60015f5260205ff3",
  ]);
  const length = toHex((runtime.length - 2) / 2, { size: 2 });
  // codecopy(0, 10, length); return(0, length)
  return concatHex(["0x61", length, "0x80", "0x600a5f395ff3", runtime]);
}

it("a token that says it moved more than any token can hold is read as the most there can be", async () => {
  const nonce = await chain.publicClient.getTransactionCount({ address: chain.account.address });
  const hash = await chain.walletClient.sendTransaction({ data: boastfulToken(12), gas: 2_000_000n, nonce });
  const { contractAddress } = await chain.publicClient.waitForTransactionReceipt({ hash });
  if (!contractAddress) throw new Error("The token was not made.");

  const from = Number(await chain.publicClient.getBlockNumber()) + 1;
  await chain.send(payCall(terms({ token: contractAddress })));
  await chain.pay(terms());
  const adapter = createEvmAdapter({ network: localNetwork(), rpcUrls: [chain.rpcUrl], pollMs: 20 });
  const { transfers } = await adapter.scan({ from, to: from + 1 });
  await adapter.close();
  expect(transfers.map(({ merchantReceivedBase }) => merchantReceivedBase)).toEqual([maxUint256, 24_626_251n]);
});
