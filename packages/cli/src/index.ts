export { readArguments } from "./arguments.ts";
export { commands } from "./commands.ts";
export { UsageError } from "./errors.ts";
export { exitCodes } from "./exit-codes.ts";
export type { Outcome } from "./outcome.ts";
export { run, type Terminal } from "./run.ts";
