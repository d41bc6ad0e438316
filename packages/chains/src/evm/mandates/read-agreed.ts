import { type Address, ChainUnavailableError, type Hex } from "../../adapter.ts";
import type { BlockAgreement } from "../agree-blocks.ts";
import { askEach, awake, whyNone } from "../ask-endpoints.ts";
import type { Endpoint, RpcCall } from "../endpoint.ts";
import { toQuantity } from "../read-block.ts";
import { RpcError } from "../rpc-error.ts";

const DATA = /^0x([0-9a-f]{2})*$/;
const REVERTED = 3;

export interface ContractCall {
  readonly to: Address;
  readonly data: Hex;
}

/** What contracts answer, as two endpoints see it at one block where two answer. Throws ChainUnavailableError. */
export interface AgreedReader {
  /** All at the same block, in the order of the calls. A call that reverts is no answer. */
  readAll(calls: readonly ContractCall[]): Promise<Hex[]>;
  /** Null where the call reverts. */
  readOne(call: ContractCall): Promise<Hex | null>;
}

function readData(value: unknown): Hex {
  const text = typeof value === "string" ? value.toLowerCase() : "";
  if (!DATA.test(text)) throw new RpcError("malformed", "An endpoint answered with bad data of a contract.");
  return text as Hex;
}

function isRevert(error: RpcError): boolean {
  return error.failure === "refused" && (error.code === REVERTED || /revert/i.test(error.message));
}

/** A reverting call is told as an error by JSON-RPC, and is an answer here. */
function tellingReverts(endpoint: Endpoint): Endpoint {
  const batch = async (calls: readonly RpcCall[]) => {
    try {
      return await endpoint.batch(calls);
    } catch (error) {
      if (error instanceof RpcError && isRevert(error)) return calls.map(() => null);
      throw error;
    }
  };
  return { ...endpoint, name: endpoint.name, lastFailure: endpoint.lastFailure, batch };
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
    options: { canRevert: boolean; read: (r: readonly unknown[]) => T },
  ) {
    const { number } = await agreement.head();
    const requests = calls.map(({ to, data }) => ({ method: "eth_call", params: [{ to, data }, toQuantity(number)] }));
    const ready = awake(endpoints).map((endpoint) => (options.canRevert ? tellingReverts(endpoint) : endpoint));
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
        : ask(calls, { canRevert: false, read: (results) => results.map(readData) }),
    async readOne(call) {
      const read = ([result]: readonly unknown[]) => ({ data: result === null ? null : readData(result) });
      return (await ask([call], { canRevert: true, read })).data;
    },
  };
}
