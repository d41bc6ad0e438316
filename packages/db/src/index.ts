export type { Db, Queryable, Row } from "./db.ts";
