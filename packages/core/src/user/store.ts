import type { Queryable } from "@qbitflow/db";
import type { Role, User } from "./user.ts";

const columns = `id, organization_id as "organizationId", name, last_name as "lastName", email, role,
  organization_fee_bps as "organizationFeeBps", created_at as "createdAt", updated_at as "updatedAt"`;

export interface NewUser {
  readonly organizationId: bigint;
  readonly name: string;
  readonly lastName: string;
  readonly email: string;
  readonly passwordHash: string | null;
  readonly role: Role;
  readonly organizationFeeBps: number;
  readonly createdAt: Date;
}

export async function insertUser(db: Queryable, user: NewUser): Promise<User> {
  const [made] = await db.query<User>(
    `insert into app_user (organization_id, name, last_name, email, password_hash, role, organization_fee_bps, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8) returning ${columns}`,
    [
      user.organizationId,
      user.name,
      user.lastName,
      user.email,
      user.passwordHash,
      user.role,
      user.organizationFeeBps,
      user.createdAt,
    ],
  );
  return made as User;
}

export async function findUsers(db: Queryable, organizationId: bigint, id: bigint | null): Promise<User[]> {
  return db.query(
    `select ${columns} from app_user
     where organization_id = $1 and ($2::bigint is null or id = $2) and deleted_at is null order by id`,
    [organizationId, id],
  );
}

export async function findFeeBps(
  db: Queryable,
  user: { readonly organizationId: bigint; readonly userId: bigint },
): Promise<number | undefined> {
  const [row] = await db.query<{ feeBps: number }>(
    `select organization_fee_bps as "feeBps" from app_user where organization_id = $1 and id = $2`,
    [user.organizationId, user.userId],
  );
  return row?.feeBps;
}

export interface UserChange {
  readonly name: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly passwordHash: string | null;
  readonly organizationFeeBps: number | null;
  readonly updatedAt: Date;
}

export async function updateUserRow(db: Queryable, user: User, change: UserChange): Promise<User | undefined> {
  const [changed] = await db.query<User>(
    `update app_user set name = coalesce($3, name), last_name = coalesce($4, last_name), email = coalesce($5, email),
       password_hash = coalesce($6, password_hash), organization_fee_bps = coalesce($7, organization_fee_bps), updated_at = $8
     where organization_id = $1 and id = $2 and deleted_at is null returning ${columns}`,
    [
      user.organizationId,
      user.id,
      change.name,
      change.lastName,
      change.email,
      change.passwordHash,
      change.organizationFeeBps,
      change.updatedAt,
    ],
  );
  return changed;
}

export async function markUserDeleted(db: Queryable, user: User, at: Date): Promise<boolean> {
  const rows = await db.query(
    "update app_user set deleted_at = $3 where organization_id = $1 and id = $2 and deleted_at is null returning id",
    [user.organizationId, user.id, at],
  );
  return rows.length > 0;
}
