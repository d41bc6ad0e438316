import type { Queryable } from "@qbitflow/db";
import type { Principal } from "../context.ts";
import type { ApiKey } from "./api-key.ts";

const columns = `k.id, k.organization_id as "organizationId", k.user_id as "userId", u.role, k.name, k.test,
  k.created_at as "createdAt", k.expires_at as "expiresAt"`;

export interface NewKey {
  readonly organizationId: bigint;
  readonly userId: bigint;
  readonly name: string;
  readonly test: boolean;
  readonly secretHash: Uint8Array;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}

/** Nothing when the organization has no such user. */
export async function insertKey(db: Queryable, key: NewKey): Promise<ApiKey | undefined> {
  const [made] = await db.query<ApiKey>(
    `with k as (
       insert into api_key (organization_id, user_id, name, test, secret_hash, created_at, expires_at)
       select organization_id, id, $3, $4, $5, $6, $7 from app_user
       where organization_id = $1 and id = $2 and deleted_at is null
       returning *
     ) select ${columns} from k join app_user u on u.id = k.user_id`,
    [key.organizationId, key.userId, key.name, key.test, key.secretHash, key.createdAt, key.expiresAt],
  );
  return made;
}

export interface StoredKey extends Principal {
  readonly secretHash: Uint8Array;
  readonly expiresAt: Date | null;
}

/** A key that was not revoked and whose user is still there; what authentication needs, in one statement. */
export async function findStoredKey(db: Queryable, id: bigint): Promise<StoredKey | undefined> {
  const [stored] = await db.query<StoredKey>(
    `select k.id as "keyId", k.organization_id as "organizationId", o.name as "organizationName", k.user_id as "userId",
       u.role, k.test, k.secret_hash as "secretHash", k.expires_at as "expiresAt"
     from api_key k join organization o on o.id = k.organization_id join app_user u on u.id = k.user_id
     where k.id = $1 and k.revoked_at is null and u.deleted_at is null`,
    [id],
    { name: "find_stored_key" },
  );
  return stored;
}

export interface KeyScope {
  readonly organizationId: bigint;
  /** Null: of every user. */
  readonly userId: bigint | null;
  readonly testOnly: boolean;
}

export async function findKeys(db: Queryable, of: KeyScope & { readonly id?: bigint }): Promise<ApiKey[]> {
  return db.query(
    `select ${columns} from api_key k join app_user u on u.id = k.user_id
     where k.organization_id = $1 and ($2::bigint is null or k.user_id = $2) and (k.test or not $3::boolean)
       and ($4::bigint is null or k.id = $4) and k.revoked_at is null and u.deleted_at is null
     order by k.id`,
    [of.organizationId, of.userId, of.testOnly, of.id ?? null],
  );
}

/** False when another request was first. */
export async function markRevoked(
  db: Queryable,
  key: { readonly organizationId: bigint; readonly id: bigint; readonly at: Date },
): Promise<boolean> {
  const rows = await db.query(
    `update api_key set revoked_at = $3 where organization_id = $1 and id = $2 and revoked_at is null returning id`,
    [key.organizationId, key.id, key.at],
  );
  return rows.length > 0;
}
