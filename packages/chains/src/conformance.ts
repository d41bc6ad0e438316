import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Address, type ChainAdapter, ChainUnavailableError, type Hex, type PaymentTerms } from "./adapter.ts";

/** What a kind of chain gives the suite: a real chain, an adapter on it, and ways to make things happen. */
export interface ChainHarness {
  readonly adapter: ChainAdapter;
  readonly payer: Address;
  readonly nativeToken: Address;
  readonly token: Address;
  /** Good terms, but for what is given. */
  terms(change?: Partial<PaymentTerms>): PaymentTerms;
  /** Pays in a block of its own and waits for it. */
  pay(terms: PaymentTerms): Promise<Hex>;
  /** Pays all in one transaction. */
  payTogether(terms: readonly PaymentTerms[]): Promise<Hex>;
  /** Sends a payment that the contract refuses. */
  payInVain(): Promise<Hex>;
  /** Sends a payment and keeps it out of blocks until `release`. */
  payLater(terms: PaymentTerms): Promise<{ hash: Hex; release(): Promise<void> }>;
  mine(blocks: number): Promise<void>;
  /** Replaces the newest blocks by as many others without their payments. */
  reorganise(depth: number): Promise<unknown>;
  /** Takes the newest blocks away without replacing them. */
  shorten(depth: number): Promise<void>;
  stop(): Promise<void>;
}

const UNKNOWN_HASH: Hex = `0x${"ab".repeat(32)}`;

/** Every chain adapter passes this. Real chain, real reorganisations; see evm/evm.test.ts. */
export function describeChainAdapter(name: string, start: () => Promise<ChainHarness>): void {
  describe(`${name}: chain adapter`, () => {
    let chain: ChainHarness;
    let adapter: ChainAdapter;
    beforeAll(async () => {
      chain = await start();
      adapter = chain.adapter;
    });
    afterAll(() => chain.stop());

    async function scanLast(blocks: number) {
      const { number } = await adapter.head();
      return adapter.scan({ from: Math.max(0, number - blocks + 1), to: number });
    }

    describe("blocks", () => {
      it("the head is the block of its number, and above it there is none", async () => {
        const head = await adapter.head();
        expect(await adapter.block(head.number)).toEqual(head);
        expect((await adapter.block(head.number - 1))?.hash).toBe(head.parentHash);
        expect(await adapter.block(head.number + 1)).toBeNull();
      });

      it("near the head a scan hands on every block, linked to its parent", async () => {
        await chain.mine(5);
        const { blocks, transfers } = await scanLast(5);
        expect(transfers).toEqual([]);
        expect(blocks).toHaveLength(5);
        blocks.slice(1).forEach((block, index) => {
          expect(block.parentHash).toBe(blocks[index]?.hash);
        });
        expect(blocks.at(-1)).toEqual(await adapter.head());
      });

      it("deep below the head only the last block and those with payments", async () => {
        const from = (await adapter.head()).number + 1;
        await chain.pay(chain.terms());
        await chain.mine(adapter.network.finalityDepth + 10);
        const { blocks, transfers } = await adapter.scan({ from, to: from + 5 });
        expect(blocks.map(({ number }) => number)).toEqual([from, from + 5]);
        expect(transfers).toHaveLength(1);
      });

      it("a scan above the head is refused, not shortened", async () => {
        const { number } = await adapter.head();
        await expect(adapter.scan({ from: number, to: number + 1 })).rejects.toThrow(ChainUnavailableError);
      });
    });

    describe("payments", () => {
      it.each(["token", "nativeToken"] as const)("one in the %s is read to the unit", async (kind) => {
        const terms = chain.terms({ token: chain[kind], amountBase: 1_000_003n, feeBps: 250, organizationFeeBps: 33 });
        const transactionHash = await chain.pay(terms);
        const { transfers } = await scanLast(1);
        const head = await adapter.head();
        const feeBase = (terms.amountBase * 250n) / 10_000n;
        const organizationFeeBase = ((terms.amountBase - feeBase) * 33n) / 10_000n;
        expect(transfers).toEqual([
          {
            blockNumber: head.number,
            blockHash: head.hash,
            transactionHash,
            logIndex: 0,
            contract: adapter.network.checkoutContracts[0]?.address,
            uuid: terms.uuid,
            termsHash: adapter.termsHash(terms),
            payer: chain.payer,
            merchant: terms.merchant,
            token: terms.token,
            amountBase: terms.amountBase,
            feeBase,
            organizationFeeBase,
            merchantReceivedBase: terms.amountBase - feeBase - organizationFeeBase,
          },
        ]);
      });

      it("several in one transaction to one merchant are told apart", async () => {
        const all = [7_000_000n, 11_000_000n, 13_000_000n].map((amountBase) =>
          chain.terms({ amountBase, feeBps: 0, organizationFeeBps: 0 }),
        );
        await chain.payTogether(all);
        const { transfers } = await scanLast(1);
        expect(transfers.map(({ uuid, merchantReceivedBase }) => [uuid, merchantReceivedBase])).toEqual(
          all.map(({ uuid, amountBase }) => [uuid, amountBase]),
        );
      });

      it("a merchant who is also the fee recipient got both parts", async () => {
        const terms = chain.terms({ amountBase: 10_000n, feeBps: 100, organizationFeeBps: 0 });
        await chain.pay({ ...terms, feeRecipient: terms.merchant });
        expect((await scanLast(1)).transfers[0]).toMatchObject({ feeBase: 100n, merchantReceivedBase: 10_000n });
      });

      it("are in chain order, and the same however the range is cut", async () => {
        const from = (await adapter.head()).number + 1;
        for (let index = 0; index < 6; index++) await chain.pay(chain.terms());
        const to = (await adapter.head()).number;
        const whole = await adapter.scan({ from, to });
        const parts = [];
        for (let at = from; at <= to; at++) parts.push(await adapter.scan({ from: at, to: at }));
        expect(parts.flatMap(({ transfers }) => transfers)).toEqual(whole.transfers);
        expect(whole.transfers.map(({ blockNumber }) => blockNumber)).toEqual(
          [0, 1, 2, 3, 4, 5].map((at) => from + at),
        );
      });

      it("their terms cannot be changed in any part without another hash", () => {
        const terms = chain.terms();
        const changes: Partial<PaymentTerms>[] = [
          { uuid: chain.terms().uuid },
          { merchant: terms.organization },
          { token: chain.nativeToken },
          { amountBase: terms.amountBase + 1n },
          { feeRecipient: terms.organization },
          { feeBps: terms.feeBps + 1 },
          { organization: terms.merchant },
          { organizationFeeBps: terms.organizationFeeBps + 1 },
          { deadline: terms.deadline + 1 },
        ];
        const hashes = changes.map((change) => adapter.termsHash({ ...terms, ...change }));
        expect(new Set([adapter.termsHash(terms), ...hashes]).size).toBe(changes.length + 1);
      });

      it("are confirmed by each source that has this very one", async () => {
        await chain.pay(chain.terms());
        const [transfer] = (await scanLast(1)).transfers;
        if (!transfer) throw new Error("The payment is missing.");
        expect(await adapter.confirmTransfer(transfer)).toBe(adapter.sourceCount);
        const others = [
          { logIndex: transfer.logIndex + 1 },
          { blockHash: UNKNOWN_HASH },
          { termsHash: UNKNOWN_HASH },
          { transactionHash: UNKNOWN_HASH },
        ];
        for (const other of others) expect(await adapter.confirmTransfer({ ...transfer, ...other })).toBe(0);
      });
    });

    describe("reorganisations", () => {
      it.each([1, 2, 3, 4, 5])(
        "of depth %i take the payments along, and other blocks take their place",
        async (depth) => {
          const from = (await adapter.head()).number + 1;
          for (let index = 0; index < depth; index++) await chain.pay(chain.terms());
          const before = await adapter.scan({ from, to: from + depth - 1 });
          expect(before.transfers).toHaveLength(depth);
          await chain.reorganise(depth);
          const after = await adapter.scan({ from, to: from + depth - 1 });
          expect(after.transfers).toEqual([]);
          for (const old of before.blocks) expect((await adapter.block(old.number))?.hash).not.toBe(old.hash);
        },
      );

      it("that leave the chain shorter are reported as they are", async () => {
        const kept = await adapter.head();
        await chain.mine(3);
        expect((await adapter.head()).number).toBe(kept.number + 3);
        await chain.shorten(3);
        expect(await adapter.block(kept.number + 1)).toBeNull();
        expect(await adapter.head()).toEqual(kept);
      });

      it("a payment that is mined again is found again, in its new block", async () => {
        const terms = chain.terms();
        await chain.pay(terms);
        const first = (await scanLast(1)).transfers;
        await chain.reorganise(1);
        await chain.pay(terms);
        const again = (await scanLast(2)).transfers;
        expect(again.map(({ uuid }) => uuid)).toEqual([terms.uuid]);
        expect(again[0]?.blockHash).not.toBe(first[0]?.blockHash);
      });
    });

    describe("hints", () => {
      it("a transaction nobody knows is unknown, whatever was typed", async () => {
        for (const hash of [UNKNOWN_HASH, "0x", "0x12", `0x${"z".repeat(64)}`] as Hex[]) {
          expect(await adapter.transaction(hash)).toEqual({ state: "unknown" });
        }
      });

      it("one goes from pending to mined, with what it pays", async () => {
        const terms = chain.terms();
        const { hash, release } = await chain.payLater(terms);
        const what = { uuid: terms.uuid, termsHash: adapter.termsHash(terms), from: chain.payer };
        expect(await adapter.transaction(hash)).toEqual({ state: "pending", ...what });
        await release();
        expect(await adapter.transaction(hash)).toEqual({ state: "mined", ...what });
      });

      it("one that the contract refused is reverted", async () => {
        expect(await adapter.transaction(await chain.payInVain())).toMatchObject({
          state: "reverted",
          from: chain.payer,
        });
      });
    });

    it("tells of new heads until told to stop", async () => {
      let heads = 0;
      const stop = adapter.onHead(() => {
        heads += 1;
      });
      await expect.poll(() => heads).toBe(1);
      await chain.mine(1);
      await expect.poll(() => heads).toBe(2);
      stop();
      await chain.mine(1);
      await adapter.head();
      expect(heads).toBe(2);
    });
  });
}
