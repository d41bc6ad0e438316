import type { Queryable } from "@qbitflow/db";
import type { Tenant } from "../tenant.ts";

export interface RequestKey extends Tenant {
  readonly key: string;
}

export interface StoredRequest {
  readonly requestHash: Uint8Array;
  readonly httpStatus: number | null;
  readonly answer: string | null;
}

/** True when the work is ours to do. Waits for a transaction that has the same key under way. */
export async function beginRequest(
  tx: Queryable,
  request: RequestKey & { readonly requestHash: Uint8Array; readonly at: Date; readonly keptSince: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into idempotency (organization_id, test, key, request_hash, created_at) values ($1, $2, $3, $4, $5)
     on conflict (organization_id, test, key) do update
       set request_hash = excluded.request_hash, http_status = null, answer = null, created_at = excluded.created_at
       where idempotency.created_at <= $6
     returning key`,
    [request.organizationId, request.test, request.key, request.requestHash, request.at, request.keptSince],
    { name: "begin_request" },
  );
  return rows.length > 0;
}

export async function findRequest(tx: Queryable, request: RequestKey): Promise<StoredRequest | undefined> {
  const [stored] = await tx.query<StoredRequest>(
    `select request_hash as "requestHash", http_status as "httpStatus", answer from idempotency
     where organization_id = $1 and test = $2 and key = $3`,
    [request.organizationId, request.test, request.key],
  );
  return stored;
}

export async function finishRequest(
  tx: Queryable,
  request: RequestKey,
  result: { readonly httpStatus: number; readonly answer: string },
): Promise<void> {
  await tx.query(
    "update idempotency set http_status = $4, answer = $5 where organization_id = $1 and test = $2 and key = $3",
    [request.organizationId, request.test, request.key, result.httpStatus, result.answer],
    { name: "finish_request" },
  );
}

export async function removeRequestsBefore(db: Queryable, before: Date): Promise<number> {
  return (await db.query("delete from idempotency where created_at <= $1 returning key", [before])).length;
}
