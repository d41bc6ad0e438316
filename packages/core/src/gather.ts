import type { Db, Queryable } from "@qbitflow/db";

/** What one caller asked for, and whom to tell. */
interface Call<Input, Output> {
  readonly input: Input;
  resolve(output: Output): void;
  reject(error: unknown): void;
}

/** Under load the rest gathers meanwhile: the busier the server is, the more callers share one statement. */
const MAX_UNDER_WAY = 4;
const MAX_TOGETHER = 64;

/** Answers in the order of the inputs. */
type Work<Input, Output> = (db: Queryable, inputs: readonly Input[]) => Promise<readonly Output[]>;

const isPool = (db: Queryable): db is Db => "kind" in db && db.kind === "postgres";

/**
 * Callers of one moment share one statement: a round trip costs several times the row it carries. Nobody waits longer
 * than for this turn of the event loop and, when much is under way, for some of it. A statement that fails for what
 * somebody gave is tried for each alone, so that one caller's failure is not another's. In a transaction, and on PGlite, which has no
 * round trip to save, each call stands alone.
 */
export function gather<Input, Output>(work: Work<Input, Output>): (db: Queryable, input: Input) => Promise<Output> {
  const queues = new WeakMap<Queryable, (call: Call<Input, Output>) => void>();
  return async (db, input) => {
    if (!isPool(db)) return (await work(db, [input]))[0] as Output;
    let enqueue = queues.get(db);
    if (enqueue === undefined) {
      enqueue = createQueue((inputs) => work(db, inputs));
      queues.set(db, enqueue);
    }
    const add = enqueue;
    return new Promise((resolve, reject) => add({ input, resolve, reject }));
  };
}

function createQueue<Input, Output>(
  work: (inputs: readonly Input[]) => Promise<readonly Output[]>,
): (call: Call<Input, Output>) => void {
  const waiting: Call<Input, Output>[] = [];
  let underWay = 0;
  let isPlanned = false;
  const begin = () => {
    isPlanned = false;
    while (waiting.length > 0 && underWay < MAX_UNDER_WAY) {
      underWay += 1;
      void answer(work, waiting.splice(0, MAX_TOGETHER)).then(() => {
        underWay -= 1;
        plan();
      });
    }
  };
  const plan = () => {
    if (isPlanned || waiting.length === 0 || underWay >= MAX_UNDER_WAY) return;
    isPlanned = true;
    // After the input of this turn: every request that lies ready has been read by then.
    setImmediate(begin);
  };
  return (call) => {
    waiting.push(call);
    plan();
  };
}

/**
 * Whether a row is to blame (SQLSTATE: data, constraint, size), so that the others may yet succeed. A database that was
 * lost, is full or ran out of time would get the same work many times over; and what was lost may have been committed.
 */
function isOfARow(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(22|23|54)...$/.test(String(error.code));
}

/** Never rejects: every call hears of its own outcome. */
async function answer<Input, Output>(
  work: (inputs: readonly Input[]) => Promise<readonly Output[]>,
  calls: readonly Call<Input, Output>[],
): Promise<void> {
  try {
    const outputs = await work(calls.map(({ input }) => input));
    calls.forEach((call, index) => {
      call.resolve(outputs[index] as Output);
    });
  } catch (error) {
    if (calls.length === 1 || !isOfARow(error)) {
      for (const call of calls) call.reject(error);
      return;
    }
    await Promise.all(calls.map((call) => answer(work, [call])));
  }
}
