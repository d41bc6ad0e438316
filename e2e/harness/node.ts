/** A test node over plain JSON-RPC, in batches: what a client library does one at a time takes minutes for thousands. */
export interface Node {
  // biome-ignore lint/suspicious/noExplicitAny: JSON-RPC answers whatever the method says.
  call(method: string, params: readonly unknown[]): Promise<any>;
  /** In order; throws at the first error. */
  callAll(calls: readonly (readonly [method: string, params: readonly unknown[]])[]): Promise<unknown[]>;
  /** Sends as whoever `from` is, so many to a block, and throws if one of them failed. */
  sendInBlocks(sends: readonly Sending[], how: { readonly perBlock: number; readonly gas: number }): Promise<void>;
  mine(blocks: number): Promise<void>;
}

export interface Sending {
  readonly from: string;
  readonly to: string;
  readonly data: string;
}

const CALLS_AT_ONCE = 500;

export function createNode(url: string): Node {
  async function callAll(calls: readonly (readonly [string, readonly unknown[]])[]): Promise<unknown[]> {
    const answers: unknown[] = [];
    for (let first = 0; first < calls.length; first += CALLS_AT_ONCE) {
      const some = calls.slice(first, first + CALLS_AT_ONCE);
      const body = JSON.stringify(some.map(([method, params], id) => ({ jsonrpc: "2.0", id, method, params })));
      const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
      const results = (await response.json()) as { id: number; result?: unknown; error?: { message: string } }[];
      for (const { result, error } of results.sort((a, b) => a.id - b.id)) {
        if (error) throw new Error(error.message);
        answers.push(result);
      }
    }
    return answers;
  }

  const call = async (method: string, params: readonly unknown[]) => (await callAll([[method, params]]))[0];
  const mine = async (blocks: number) => {
    await call("anvil_mine", [`0x${blocks.toString(16)}`]);
  };

  return {
    call,
    callAll,
    mine,
    async sendInBlocks(sends, { perBlock, gas }) {
      await call("anvil_autoImpersonateAccount", [true]);
      await call("evm_setAutomine", [false]);
      // Calls of one batch are answered in any order, so each sender's order is said.
      const senders = [...new Set(sends.map(({ from }) => from))];
      const counts = await callAll(senders.map((from) => ["eth_getTransactionCount", [from, "latest"]] as const));
      const nonces = new Map(senders.map((from, index) => [from, Number(counts[index])]));
      const nonceOf = (from: string) => {
        const nonce = nonces.get(from) ?? 0;
        nonces.set(from, nonce + 1);
        return `0x${nonce.toString(16)}`;
      };
      for (let first = 0; first < sends.length; first += perBlock) {
        const some = sends.slice(first, first + perBlock);
        const transactions = some.map((one) => ({
          ...one,
          gas: `0x${gas.toString(16)}`,
          nonce: nonceOf(one.from),
        }));
        await callAll(transactions.map((transaction) => ["eth_sendTransaction", [transaction]] as const));
        await mine(1);
        const receipts = (await call("eth_getBlockReceipts", ["latest"])) as { status: string }[];
        const mined = receipts.filter(({ status }) => status === "0x1").length;
        if (mined !== some.length) throw new Error(`Of ${some.length} transactions ${mined} came through.`);
      }
      await call("evm_setAutomine", [true]);
      await call("anvil_autoImpersonateAccount", [false]);
    },
  };
}
