export { commands, exitCodes } from "./commands.ts";
export { type Outcome, run } from "./run.ts";
