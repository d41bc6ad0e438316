import { type BlockRef, ChainUnavailableError } from "../adapter.ts";
import { askEach, awake, whyNone } from "./ask-endpoints.ts";
import type { Endpoint } from "./endpoint.ts";
import { type Block, blockCall, readBlock } from "./read-block.ts";

/** How far below the candidate head the endpoints may have to go to find a block they agree on: a fork in flight. */
const MAX_STEPS_BACK = 8;

export interface AgreementOptions {
  readonly endpoints: readonly Endpoint[];
  /** Fewer endpoints than this answering is no answer. 1: one endpoint is believed while the others are down. */
  readonly minSources: number;
  /** An endpoint whose head stands still this long while another's goes on is left out. */
  readonly stuckMs: number;
  readonly monotonicMs: () => number;
}

/** What the endpoints together say of blocks. */
export interface BlockAgreement {
  head(): Promise<Block>;
  block(number: number): Promise<Block | null>;
  /** The head of the last successful `head()`. */
  lastHead(): BlockRef | null;
}

interface Answer {
  readonly endpoint: Endpoint;
  readonly latest: Block;
}

/** The hash that at least `votesNeeded` blocks share; null when there is none or two hashes do. */
function winner(blocks: readonly Block[], votesNeeded: number): Block | null {
  const votes = new Map<string, Block[]>();
  for (const block of blocks) votes.set(block.hash, [...(votes.get(block.hash) ?? []), block]);
  const enough = [...votes.values()].filter((group) => group.length >= votesNeeded);
  const [most, second] = enough.sort((a, b) => b.length - a.length);
  if (!most || (second && second.length === most.length)) return null;
  return most[0] ?? null;
}

async function askBlock(endpoints: readonly Endpoint[], number: number): Promise<Block[]> {
  const answers = await askEach(endpoints, [blockCall(number)], ([result]) => readBlock(result, number));
  return answers.flatMap(({ value }) => value ?? []);
}

/** How an endpoint's head moves. */
class Progress {
  #number = -1;
  #changedAtMs = 0;
  #behindSinceMs: number | null = null;

  note(number: number, highest: number, nowMs: number): void {
    if (number !== this.#number) {
      this.#changedAtMs = nowMs;
      this.#behindSinceMs = null;
    }
    this.#number = number;
    if (number >= highest) this.#behindSinceMs = null;
    else this.#behindSinceMs ??= nowMs;
  }

  moved(withinMs: number, nowMs: number): boolean {
    return nowMs - this.#changedAtMs < withinMs;
  }

  stuck(forMs: number, nowMs: number): boolean {
    return this.#behindSinceMs !== null && nowMs - this.#behindSinceMs >= forMs;
  }
}

/**
 * Agreement between endpoints. With one endpoint it is what that one says. With several, a block counts when two of
 * those that answer show the same hash (or the one that still answers, see `minSources`): a head that only one
 * reports is not believed, so neither a liar far ahead nor a private fork gets in, and one that lags or stands still
 * does not hold the others back.
 */
export function createBlockAgreement(options: AgreementOptions): BlockAgreement {
  const { endpoints, monotonicMs } = options;
  const progress = new Map(endpoints.map((endpoint) => [endpoint, new Progress()]));
  let last: { block: Block; agreed: boolean } | null = null;
  let pending: Promise<Block> | null = null;

  async function askLatest(): Promise<Answer[]> {
    const ready = awake(endpoints);
    const heads = await askEach(ready, [blockCall("latest")], ([result]) => readBlock(result, null));
    const answers = heads.flatMap(({ endpoint, value }) => (value ? [{ endpoint, latest: value }] : []));
    if (answers.length === 0) throw new ChainUnavailableError(whyNone(endpoints));
    return withoutStuck(answers);
  }

  /** Leaves out endpoints that stand still behind one whose head goes on. */
  function withoutStuck(answers: readonly Answer[]): Answer[] {
    const nowMs = monotonicMs();
    const highest = Math.max(...answers.map(({ latest }) => latest.number));
    for (const { endpoint, latest } of answers) progress.get(endpoint)?.note(latest.number, highest, nowMs);
    return answers.filter(({ endpoint, latest }) => {
      if (!progress.get(endpoint)?.stuck(options.stuckMs, nowMs)) return true;
      const overtaken = answers.some(
        (other) => other.latest.number > latest.number && progress.get(other.endpoint)?.moved(options.stuckMs, nowMs),
      );
      return !overtaken;
    });
  }

  function requireSources(answers: readonly unknown[]): number {
    if (answers.length < options.minSources) {
      throw new ChainUnavailableError(
        `${answers.length} RPC endpoints answer and ${options.minSources} are needed. ${whyNone(endpoints)}`,
      );
    }
    return Math.min(2, answers.length);
  }

  async function candidate(answers: readonly Answer[], votesNeeded: number): Promise<Block> {
    const heights = answers.map(({ latest }) => latest.number).sort((a, b) => b - a);
    const top = heights[votesNeeded - 1] ?? 0;
    for (let number = top; number >= Math.max(0, top - MAX_STEPS_BACK); number--) {
      const known = answers.filter(({ latest }) => latest.number === number).map(({ latest }) => latest);
      const ahead = answers.filter(({ latest }) => latest.number > number).map(({ endpoint }) => endpoint);
      const block = winner([...known, ...(await askBlock(ahead, number))], votesNeeded);
      if (block) return block;
    }
    throw new ChainUnavailableError(`The RPC endpoints contradict each other about block ${top}.`);
  }

  async function findHead(): Promise<Block> {
    const answers = await askLatest();
    const votesNeeded = requireSources(answers);
    const found = await candidate(answers, votesNeeded);
    const agreed = votesNeeded > 1 || endpoints.length === 1;
    if (last?.agreed && found.number < last.block.number) {
      // Lower than before: the chain got shorter, or those that answer lag. One that still shows the old head tells.
      const { block } = last;
      const still = await askBlock(
        answers.map(({ endpoint }) => endpoint),
        block.number,
      );
      if (still.some(({ hash }) => hash === block.hash)) return block;
    }
    last = { block: found, agreed };
    return found;
  }

  function head(): Promise<Block> {
    pending ??= findHead().finally(() => {
      pending = null;
    });
    return pending;
  }

  async function block(number: number): Promise<Block | null> {
    if (last === null || number > last.block.number) {
      const newest = await head();
      if (number > newest.number) return null;
      if (number === newest.number) return newest;
    }
    const ready = awake(endpoints);
    const answers = await askEach(ready, [blockCall("latest"), blockCall(number)], ([latest, found]) => ({
      latest: readBlock(latest, null),
      found: readBlock(found, number),
    }));
    if (answers.length === 0) throw new ChainUnavailableError(whyNone(endpoints));
    // One that is not there yet has no say.
    const voters = answers.flatMap(({ value: { latest, found } }) =>
      found && latest && latest.number >= number ? [found] : [],
    );
    if (voters.length === 0) return null;
    const agreedBlock = winner(voters, requireSources(voters));
    if (!agreedBlock) throw new ChainUnavailableError(`The RPC endpoints contradict each other about block ${number}.`);
    return agreedBlock;
  }

  return { head, block, lastHead: () => last?.block ?? null };
}
