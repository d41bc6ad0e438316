export type { Difference, ReconcileStep } from "@qbitflow/core";
export {
  type Administration,
  administrate,
  LocalChainStoppedError,
  migrateDatabase,
  openAdministration,
} from "./admin/administrate.ts";
export type { AdminAnswer } from "./admin/socket.ts";
export { type Config, ConfigError, readConfig } from "./config.ts";
export { createLogger } from "./logger.ts";
export { type Running, start } from "./start.ts";
