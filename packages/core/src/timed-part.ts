import type { Context } from "./context.ts";

/** A part in which things happen by themselves as time goes on: the test clock moves from one such instant to the next. */
export interface TimedPart {
  readonly name: string;
  /** It waits for answers of others (a merchant's endpoint), which may never come: time goes on without them. */
  readonly isUpToOthers?: true;
  /** The earliest instant later than `after` at which something is due; null when nothing is. */
  nextDueAt(ctx: Context, after: Date): Promise<Date | null>;
  /** Whether all that is due now is done, with all that follows from it. */
  isQuiet(ctx: Context): Promise<boolean>;
  /** Makes due now what was put off because a chain did not answer. Answers how much. */
  catchUp?(ctx: Context): Promise<number>;
}
