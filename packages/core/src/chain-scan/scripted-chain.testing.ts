import {
  type BlockRef,
  type ChainAdapter,
  ChainUnavailableError,
  type Hex,
  type Network,
  type ScanResult,
  type TransactionHint,
  type Transfer,
} from "@qbitflow/chains";

/** A transfer as it waits to be mined: without its block. */
export type Payable = Omit<Transfer, "blockNumber" | "blockHash">;

interface ScriptedBlock extends BlockRef {
  readonly transfers: readonly Transfer[];
}

/** Chance, from 0 to 1, that something goes wrong in one call. */
export interface Troubles {
  unavailable: number;
  /** A reorganisation in the middle of a scan. */
  movesInScan: number;
  listedTwice: number;
  /** A longer range is never answered. */
  mostBlocks?: number;
}

/** A chain that does what a test says: it mines, reorganises, comes back to old branches, lags and fails. */
export class ScriptedChain {
  readonly network: Network;
  readonly adapter: ChainAdapter;
  /** Every block ever mined, by hash. */
  readonly byHash = new Map<string, ScriptedBlock>();
  /** Sent, not mined: what `transaction` shows as pending. */
  readonly mempool = new Map<string, Payable>();
  readonly reverted = new Map<string, Payable>();
  readonly troubles: Troubles = { unavailable: 0, movesInScan: 0, listedTwice: 0 };
  /** The head is shown this many blocks back. */
  lag = 0;
  /** How many sources report a transfer. */
  sources = 2;
  timestamp: number;
  private branch: ScriptedBlock[];
  private count = 0;
  private listeners = new Set<() => void>();
  private readonly random: () => number;

  constructor(network: Network, options: { startAt: Date; random?: () => number; sourceCount?: number }) {
    this.network = network;
    this.random = options.random ?? (() => 1);
    this.timestamp = Math.floor(options.startAt.getTime() / 1000);
    this.branch = [];
    this.append([]);
    this.adapter = this.createAdapter(options.sourceCount ?? 1);
  }

  get tip(): ScriptedBlock {
    return this.branch.at(-1) as ScriptedBlock;
  }

  /** Blocks from the oldest to the newest. */
  get blocks(): readonly ScriptedBlock[] {
    return this.branch;
  }

  /** Mines a block with these, in this order. */
  mine(...payables: readonly Payable[]): ScriptedBlock {
    const block = this.append(payables);
    for (const listener of this.listeners) listener();
    return block;
  }

  mineEmpty(count: number): void {
    for (let i = 0; i < count; i++) this.mine();
  }

  /** Takes the last `depth` blocks away (never the first block) and puts these in their place. Returns what was in them. */
  reorganise(depth: number, ...blocks: readonly (readonly Payable[])[]): Payable[] {
    const removed = this.branch.splice(Math.max(1, this.branch.length - depth));
    for (const payables of blocks) this.append(payables);
    for (const listener of this.listeners) listener();
    return removed.flatMap((block) => block.transfers);
  }

  /** Makes the branch that ends in this block the canonical one again. */
  returnTo(hash: string): void {
    const branch: ScriptedBlock[] = [];
    for (let block = this.byHash.get(hash); block; block = this.byHash.get(block.parentHash)) branch.unshift(block);
    this.branch = branch;
    for (const listener of this.listeners) listener();
  }

  private append(payables: readonly Payable[]): ScriptedBlock {
    this.count += 1;
    this.timestamp += Math.max(1, Math.round(this.network.blockTimeMs / 1000));
    const number = this.branch.length;
    const hash: Hex = `0x${this.count.toString(16).padStart(64, "0")}`;
    const parentHash = (this.branch.at(-1)?.hash ?? `0x${"0".repeat(64)}`) as Hex;
    const transfers = payables.map((payable) => ({ ...payable, blockNumber: number, blockHash: hash }));
    const block = { number, hash, parentHash, timestamp: this.timestamp, transfers };
    for (const { transactionHash } of payables) this.mempool.delete(transactionHash);
    this.branch.push(block);
    this.byHash.set(hash, block);
    return block;
  }

  private answer(): void {
    if (this.random() < this.troubles.unavailable) throw new ChainUnavailableError("No source answers.");
  }

  private shownHead(): ScriptedBlock {
    return this.branch[Math.max(0, this.branch.length - 1 - this.lag)] as ScriptedBlock;
  }

  private scan(from: number, to: number): ScanResult {
    const head = this.shownHead().number;
    if (to > head) throw new ChainUnavailableError("The range is above the head.");
    const before = this.branch.slice(from, to + 1);
    if (this.random() < this.troubles.movesInScan) this.reorganise(1 + Math.floor(this.random() * 3), [], [], []);
    const after = this.branch.slice(from, to + 1);
    // Logs were read before the blocks.
    const transfers = before.flatMap((block) => block.transfers);
    if (this.random() < this.troubles.listedTwice) transfers.push(...transfers);
    const nearHead = this.tip.number - this.network.finalityDepth;
    const blocks = after.filter(
      (block) => block.number === to || block.number > nearHead || block.transfers.length > 0,
    );
    return { blocks: blocks.map(refOf), transfers, mandateEvents: [] };
  }

  private lookUp(hash: Hex): TransactionHint {
    const pending = this.mempool.get(hash);
    if (pending) return hintOf("pending", pending);
    const reverted = this.reverted.get(hash);
    if (reverted) return hintOf("reverted", reverted);
    const mined = this.branch.flatMap((block) => block.transfers).find((transfer) => transfer.transactionHash === hash);
    return mined ? hintOf("mined", mined) : { state: "unknown" };
  }

  private createAdapter(sourceCount: number): ChainAdapter {
    const onHead = (listener: () => void) => {
      this.listeners.add(listener);
      return () => void this.listeners.delete(listener);
    };
    return {
      network: this.network,
      mandates: null,
      gasless: null,
      sender: null,
      sourceCount,
      head: async () => {
        this.answer();
        return refOf(this.shownHead());
      },
      block: async (number) => {
        this.answer();
        const block = number <= this.shownHead().number ? this.branch[number] : undefined;
        return block ? refOf(block) : null;
      },
      scan: async ({ from, to }) => {
        this.answer();
        if (to - from >= (this.troubles.mostBlocks ?? Infinity)) throw new ChainUnavailableError("It took too long.");
        return this.scan(from, to);
      },
      transaction: async (hash) => {
        this.answer();
        return this.lookUp(hash);
      },
      confirmTransfer: async ({ transactionHash, blockHash }) => {
        const block = this.branch.find(({ hash }) => hash === blockHash);
        const has = block?.transfers.some((transfer) => transfer.transactionHash === transactionHash);
        return has ? this.sources : 0;
      },
      termsHash: () => {
        throw new Error("Tests name their own terms hashes.");
      },
      parseAddress: (text) => text,
      onHead,
      close: async () => undefined,
    };
  }
}

const refOf = ({ number, hash, parentHash, timestamp }: BlockRef): BlockRef => ({
  number,
  hash,
  parentHash,
  timestamp,
});

function hintOf(state: "pending" | "mined" | "reverted", { uuid, termsHash, payer }: Payable): TransactionHint {
  return { state, uuid, termsHash, from: payer };
}
