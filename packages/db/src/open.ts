import type { Db } from "./db.ts";
import { openPGlite } from "./pglite.ts";
import { openPostgres } from "./postgres.ts";

export interface DbOptions {
  /** `postgres://…`; without it PGlite is used. */
  readonly url?: string;
  /** PGlite's directory; in memory when absent. */
  readonly dataDir?: string;
  /** PostgreSQL only. */
  readonly maxConnections?: number;
  /** PGlite only: what to begin from, made by `dumpPGlite`. */
  readonly snapshot?: Blob;
}

/** Opens the database; `migrate` makes its tables. Throws DirectoryInUseError when another process has `dataDir` open. */
export async function openDb(options: DbOptions = {}): Promise<Db> {
  const { url, dataDir, maxConnections, snapshot } = options;
  if (url !== undefined) return openPostgres({ url, ...(maxConnections ? { maxConnections } : {}) });
  return openPGlite({ ...(dataDir !== undefined ? { dataDir } : {}), ...(snapshot ? { snapshot } : {}) });
}
