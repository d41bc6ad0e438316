import { withoutUrlSecrets } from "../logger.ts";

/** One thing that was looked at, in words without secrets. */
export interface Check {
  readonly name: string;
  /** A problem keeps something from working; a warning does not, or not yet. */
  readonly state: "ok" | "warning" | "problem";
  readonly detail: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** Longer than any one question may take by itself. */
const CHECK_MS = 12_000;

export const ok = (name: string, detail: string): Check => ({ name, state: "ok", detail });

export const warning = (name: string, detail: string, advice: string): Check => ({
  name,
  state: "warning",
  detail,
  advice,
});

export const problem = (name: string, detail: string, advice: string): Check => ({
  name,
  state: "problem",
  detail,
  advice,
});

/** Runs one look; one that fails or takes too long is a problem of its name. Never throws. */
export async function look(name: string, work: () => Promise<readonly Check[]>): Promise<readonly Check[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_MS / 1000} s`)), CHECK_MS);
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    const message = withoutUrlSecrets(error instanceof Error ? error.message : String(error));
    return [problem(name, `could not be looked at: ${message}`, "Mend what the sentence names, and look again.")];
  } finally {
    clearTimeout(timer);
  }
}
