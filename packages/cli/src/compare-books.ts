import { setTimeout as wait } from "node:timers/promises";
import type { AdminAnswer, Difference, ReconcileStep } from "@qbitflow/server";

const TELL_MS = 1_000;
const UNAVAILABLE = 503;
/** A chain's endpoints rest for some seconds after a failure; hours of comparing are not thrown away for that. */
const PATIENCE_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/** What comparing the books with the chains came to. */
export interface Reconciliation {
  readonly equal: boolean;
  readonly compared: { readonly payments: number; readonly bills: number; readonly mandates: number };
  /** What is not equal; after a rebuild, what still is not. */
  readonly differences: readonly Difference[];
  /** With a rebuild: what was found and brought in order. */
  readonly restored?: readonly Difference[];
}

/** One step at the server or the database; an answer that is none of a step is passed on. */
export type AskStep = (input: { readonly position?: string; readonly rebuild: boolean }) => Promise<AdminAnswer>;

interface Pass {
  readonly ask: AskStep;
  readonly rebuild: boolean;
  readonly tell: (line: string) => void;
}

type Compared = { -readonly [Name in keyof Reconciliation["compared"]]: number };

/** Goes through all steps once. Answers a refusal as it came. */
async function comparePass({
  ask,
  rebuild,
  tell,
}: Pass): Promise<AdminAnswer | { readonly compared: Compared; readonly differences: Difference[] }> {
  const compared: Compared = { payments: 0, bills: 0, mandates: 0 };
  const differences: Difference[] = [];
  let toldMs = performance.now();
  for (let position: string | undefined; ; ) {
    const answer = await askPatiently(() => ask({ rebuild, ...(position !== undefined && { position }) }), tell);
    if (answer.status !== 200) return answer;
    const step = answer.body as ReconcileStep;
    for (const name of ["payments", "bills", "mandates"] as const) compared[name] += step[name];
    differences.push(...step.differences);
    const nowMs = performance.now();
    if (nowMs - toldMs > TELL_MS || step.next === null) {
      tell(progressOf(step, { compared, found: differences.length }));
      toldMs = nowMs;
    }
    if (step.next === null) return { compared, differences };
    position = step.next;
  }
}

/** Asks again, after longer and longer waits, while the answer is that something does not answer at the moment. */
async function askPatiently(ask: () => Promise<AdminAnswer>, tell: Pass["tell"]): Promise<AdminAnswer> {
  for (const waitMs of PATIENCE_MS) {
    const answer = await ask();
    if (answer.status !== UNAVAILABLE) return answer;
    tell(`${(answer.body as { error?: string }).error ?? "Something does not answer."} Trying again.`);
    await wait(waitMs);
  }
  return ask();
}

/** `local blocks: 2000 of 10000 (20 %), 17 payments, 3 bills, 1 difference` */
function progressOf(
  { network, part, progress }: ReconcileStep,
  { compared, found }: { readonly compared: Compared; readonly found: number },
): string {
  const { payments, bills, mandates } = compared;
  const share =
    progress && `${progress.done} of ${progress.total} (${Math.floor((progress.done / progress.total) * 100)} %)`;
  const where = [network, share === null ? part : `${part}: ${share}`].filter((one) => one !== null).join(" ");
  const sum = [counted(payments, "payment"), counted(bills, "bill"), counted(mandates, "mandate")].join(", ");
  return `${where}, ${sum} compared, ${counted(found, "difference")}`;
}

/**
 * Compares the books with the chains, step by step. With `rebuild` once more afterwards, so that the answer is what is, not
 * what was done. Answers a refusal as it came.
 */
export async function reconcile(
  ask: AskStep,
  { rebuild, tell }: { readonly rebuild: boolean; readonly tell: (line: string) => void },
): Promise<AdminAnswer | { readonly reconciliation: Reconciliation }> {
  const found = await comparePass({ ask, rebuild, tell });
  if ("status" in found) return found;
  if (!rebuild || found.differences.length === 0) {
    const { compared, differences } = found;
    const restored = rebuild ? { restored: [] } : {};
    return { reconciliation: { equal: differences.length === 0, compared, differences, ...restored } };
  }
  const after = await comparePass({ ask, rebuild: false, tell });
  if ("status" in after) return after;
  const { compared, differences } = after;
  const restored = found.differences.filter((one) => one.restored);
  return { reconciliation: { equal: differences.length === 0, compared, differences, restored } };
}

/** For people: a line for each difference, and one that sums up. */
export function reconciliationText({ equal, compared, differences, restored }: Reconciliation): string {
  const { payments, bills, mandates } = compared;
  const sum = `${counted(payments, "payment")}, ${counted(bills, "bill")} and ${counted(mandates, "mandate")} compared`;
  return [
    ...(restored ?? []).map((one) => `restored: ${lineOf(one)}`),
    ...differences.map(lineOf),
    equal ? `The books and the chain are equal: ${sum}.` : `${counted(differences.length, "difference")}; ${sum}.`,
  ].join("\n");
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

const said = { missing: "is on the chain and not in the books", not_on_chain: "is in the books and not on the chain" };

function lineOf(difference: Difference): string {
  const { about, what, network, uuid, transactionHash, blockNumber, mandateHash, billUuid, fields = [] } = difference;
  const places = {
    network,
    uuid,
    bill: billUuid,
    transaction: transactionHash,
    block: blockNumber,
    mandate: mandateHash,
  };
  const named = Object.entries(places).flatMap(([name, value]) => (value == null ? [] : [`${name} ${value}`]));
  const differs = fields.map(({ field, books, chain }) => `${field} is ${books ?? "nothing"}, on the chain ${chain}`);
  const kind = what === "different" ? differs.join("; ") || "differs" : said[what];
  const message = difference.message === undefined ? "" : ` [${difference.message}]`;
  return `${about.replace("_", " ")} ${kind} (${named.join(", ")})${message}`;
}
