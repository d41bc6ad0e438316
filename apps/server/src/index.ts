export type { Difference, ReconcileStep } from "@qbitflow/core";
export {
  type Administration,
  administrate,
  LocalChainStoppedError,
  migrateDatabase,
  openAdministration,
} from "./admin/administrate.ts";
export type { AdminAnswer } from "./admin/ask-server.ts";
export { parseShortDuration, shortDurationUnits } from "./admin/short-duration.ts";
export { networkOverrides } from "./compose.ts";
export { type Config, ConfigError, readConfig } from "./config.ts";
export type { Check } from "./doctor/check.ts";
export { diagnose } from "./doctor/diagnose.ts";
export type { DevFile } from "./local/dev-file.ts";
export { greeting } from "./local/greeting.ts";
export { createLogger } from "./logger.ts";
export { explainedStartFailure, type ServeOptions, serve } from "./serve.ts";
export { type Running, start } from "./start.ts";
