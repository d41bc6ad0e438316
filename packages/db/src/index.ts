export type { Db, Queryable, Row } from "./db.ts";
export { DirectoryInUseError, lockDirectory } from "./directory-lock.ts";
export { DatabaseUnreachableError, isDatabaseUnavailable, isUniqueViolation } from "./errors.ts";
export { MigrationError, migrate, pendingMigrations } from "./migrate.ts";
export { type DbOptions, openDb } from "./open.ts";
export { dumpPGlite } from "./pglite.ts";
