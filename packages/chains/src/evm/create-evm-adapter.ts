import { type BlockRef, type ChainAdapter, ChainUnavailableError, type Hex, type Network } from "../adapter.ts";
import { type BlockAgreement, createBlockAgreement } from "./agree-blocks.ts";
import { askEach, awake, whyNone } from "./ask-endpoints.ts";
import { createEndpoint, type Endpoint } from "./endpoint.ts";
import { createGaslessChain } from "./gasless/create-gasless-chain.ts";
import { createMandateChain } from "./mandates/create-mandate-chain.ts";
import { createAgreedReader } from "./mandates/read-agreed.ts";
import { readReceipt } from "./merchant-received.ts";
import { type OurContracts, ourContracts } from "./our-log.ts";
import { isPaymentLog } from "./payment-log.ts";
import type { Block } from "./read-block.ts";
import { readHint } from "./read-hint.ts";
import { createLogReader } from "./read-logs.ts";
import { scanRange } from "./scan-range.ts";
import { createEvmSender } from "./send.ts";
import { parseAddress, termsHash } from "./terms.ts";
import { createHeadWatch } from "./watch-head.ts";

export interface EvmAdapterOptions {
  readonly network: Network;
  /** In order of preference. The same URL twice is one source. */
  readonly rpcUrls: readonly string[];
  /** Fewer endpoints than this answering is no answer. Default 1: the last one that answers is believed. */
  readonly minSources?: number;
  readonly fetch?: typeof fetch;
  readonly timeoutMs?: number;
  /** How long an endpoint may stand still behind a moving one before it is left out. */
  readonly stuckMs?: number;
  /** How often the head is looked at while somebody listens. */
  readonly pollMs?: number;
  /** Monotonic milliseconds, for rests and stand-still. */
  readonly monotonicMs?: () => number;
  /** The private key that sends transactions. Never in an error or a log. */
  readonly senderKey?: Hex;
}

/** A node of this machine is asked often: a question costs it a millisecond. */
const LOCAL_POLL_MS = 250;
const LOCAL_LIVELY_POLL_MS = 40;
const MAX_REST_ALONE_MS = 1_000;
const MAX_REST_MS = 15_000;

function toBlockRef({ number, hash, parentHash, timestamp }: Block): BlockRef {
  return { number, hash, parentHash, timestamp };
}

function openEndpoints(options: EvmAdapterOptions, monotonicMs: () => number): Endpoint[] {
  const urls = [...new Set(options.rpcUrls)];
  if (urls.length === 0) throw new RangeError(`${options.network.name} needs at least one RPC URL.`);
  return urls.map((url) =>
    createEndpoint({
      url,
      chainId: options.network.chainId,
      fetch: options.fetch ?? fetch,
      timeoutMs: options.timeoutMs ?? 10_000,
      maxRestMs: urls.length === 1 ? MAX_REST_ALONE_MS : MAX_REST_MS,
      monotonicMs,
    }),
  );
}

interface Parts {
  readonly endpoints: readonly Endpoint[];
  readonly agreement: BlockAgreement;
  readonly contracts: OurContracts;
}

function confirmTransfer({ endpoints, contracts }: Parts): ChainAdapter["confirmTransfer"] {
  return async (transfer) => {
    const calls = [{ method: "eth_getTransactionReceipt", params: [transfer.transactionHash] }];
    const answers = await askEach(awake(endpoints), calls, ([result]) => {
      const receipt = readReceipt(result);
      if (!receipt?.succeeded || receipt.blockHash !== transfer.blockHash) return false;
      const log = receipt.logs.find(({ logIndex }) => logIndex === transfer.logIndex);
      return log !== undefined && isPaymentLog(log, contracts.checkout) && log.data.startsWith(transfer.termsHash);
    });
    if (answers.length === 0) throw new ChainUnavailableError(whyNone(endpoints));
    return answers.filter(({ value }) => value).length;
  };
}

/**
 * An EVM chain over JSON-RPC. How several endpoints are brought to one answer: see `createBlockAgreement` for blocks
 * and `scanRange` for payments. Throws RangeError without an RPC URL, and for a key that is none.
 */
export function createEvmAdapter(options: EvmAdapterOptions): ChainAdapter {
  const { network } = options;
  const monotonicMs = options.monotonicMs ?? (() => performance.now());
  const endpoints = openEndpoints(options, monotonicMs);
  const contracts = ourContracts(network);
  const agreement = createBlockAgreement({
    endpoints,
    minSources: options.minSources ?? 1,
    stuckMs: options.stuckMs ?? Math.max(30_000, network.blockTimeMs * 10),
    monotonicMs,
  });
  const readers = endpoints.map((endpoint) => createLogReader(endpoint, contracts));
  const usualPollMs = network.local ? LOCAL_POLL_MS : Math.min(Math.max(network.blockTimeMs / 2, 250), 4_000);
  const pollMs = options.pollMs ?? usualPollMs;
  const lively = network.local ? { livelyPollMs: Math.min(LOCAL_LIVELY_POLL_MS, pollMs) } : {};
  const watch = createHeadWatch(async () => (await agreement.head()).hash, { pollMs, ...lively });
  const reader = createAgreedReader(endpoints, agreement);
  const scanContext = { readers, agreement, contracts, finalityDepth: network.finalityDepth };

  return {
    network,
    mandates: createMandateChain(network, reader),
    gasless: createGaslessChain(network, reader),
    sender: options.senderKey === undefined ? null : createEvmSender({ network, endpoints, key: options.senderKey }),
    sourceCount: endpoints.length,
    head: async () => toBlockRef(await agreement.head()),
    async block(number) {
      const block = await agreement.block(number);
      return block && toBlockRef(block);
    },
    scan: (range) => scanRange(scanContext, range),
    transaction: (hash) => readHint(endpoints, contracts.checkout, hash),
    confirmTransfer: confirmTransfer({ endpoints, agreement, contracts }),
    termsHash,
    parseAddress,
    onHead: watch.onHead,
    async close() {
      watch.close();
    },
  };
}
