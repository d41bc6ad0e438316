import { type Address, ChainUnavailableError, type Hex } from "../../adapter.ts";
import type { BlockAgreement } from "../agree-blocks.ts";
import { askEach, awake, whyNone } from "../ask-endpoints.ts";
import type { Endpoint, RpcCall } from "../endpoint.ts";
import { toQuantity } from "../read-block.ts";
import { isExecutionFailure, RpcError } from "../rpc-error.ts";

const DATA = /^0x([0-9a-f]{2})*$/;
/** What a call of a stranger's contract may use: enough to deploy a smart wallet and ask it. */
const MAX_GAS = 5_000_000;
const FAILED = Symbol("the call failed");

export interface ContractCall {
  readonly to: Address;
  readonly data: Hex;
}

/** What contracts answer, as two endpoints see it at one block where two answer. Throws ChainUnavailableError. */
export interface AgreedReader {
  /** All at the same block, in the order of the calls. A call that fails is no answer. */
  readAll(calls: readonly ContractCall[]): Promise<Hex[]>;
  /** Null where the call fails, or uses too much gas. */
  readOne(call: ContractCall): Promise<Hex | null>;
}

function readData(value: unknown): Hex {
  const text = typeof value === "string" ? value.toLowerCase() : "";
  if (!DATA.test(text)) throw new RpcError("malformed", "An endpoint answered with bad data of a contract.");
  return text as Hex;
}

/** A call that fails is told as an error by JSON-RPC, and is an answer here. */
function tellingFailures(endpoint: Endpoint): Endpoint {
  const batch = async (calls: readonly RpcCall[]) => {
    try {
      return await endpoint.batch(calls);
    } catch (error) {
      if (error instanceof RpcError && isExecutionFailure(error.code, error.message)) return calls.map(() => FAILED);
      throw error;
    }
  };
  return { ...endpoint, batch };
}

/** The answer that two endpoints give, or the one there is. */
function agreed<T>(answers: readonly { value: T }[]): T | undefined {
  const groups = [...Map.groupBy(answers, ({ value }) => JSON.stringify(value)).values()];
  const [most, second] = groups.sort((a, b) => b.length - a.length);
  if (!most || most.length < Math.min(2, answers.length) || most.length === second?.length) return undefined;
  return most[0]?.value;
}

/** Two endpoints are asked; the others when those contradict each other, or one of them fails. */
export function createAgreedReader(endpoints: readonly Endpoint[], agreement: BlockAgreement): AgreedReader {
  async function ask<T>(
    calls: readonly ContractCall[],
    options: { ofStrangers: boolean; read: (results: readonly unknown[]) => T },
  ) {
    const { number } = await agreement.head();
    const bound = options.ofStrangers ? { gas: toQuantity(MAX_GAS) } : {};
    const requests = calls.map((call) => ({
      method: "eth_call",
      params: [{ ...call, ...bound }, toQuantity(number)],
    }));
    const ready = awake(endpoints).map((endpoint) => (options.ofStrangers ? tellingFailures(endpoint) : endpoint));
    let answers = await askEach(ready.slice(0, 2), requests, options.read);
    if (ready.length > 2 && (answers.length < 2 || agreed(answers) === undefined)) {
      answers = [...answers, ...(await askEach(ready.slice(2), requests, options.read))];
    }
    if (answers.length === 0) throw new ChainUnavailableError(whyNone(endpoints));
    const answer = agreed(answers);
    if (answer === undefined) {
      throw new ChainUnavailableError(`The RPC endpoints contradict each other about contracts in block ${number}.`);
    }
    return answer;
  }

  return {
    readAll: (calls) =>
      calls.length === 0
        ? Promise.resolve([])
        : ask(calls, { ofStrangers: false, read: (results) => results.map(readData) }),
    async readOne(call) {
      const read = ([result]: readonly unknown[]) => ({ data: result === FAILED ? null : readData(result) });
      return (await ask([call], { ofStrangers: true, read })).data;
    },
  };
}
