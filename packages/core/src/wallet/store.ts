import type { Queryable } from "@qbitflow/db";
import type { Wallet } from "./wallet.ts";

const columns = `organization_id as "organizationId", user_id as "userId", network, address`;

/** False when the organization has no such user. */
export async function upsertWallet(db: Queryable, wallet: Wallet, at: Date): Promise<boolean> {
  const rows = await db.query(
    `insert into wallet (organization_id, user_id, network, address, created_at)
     select o.id, $2, $3, $4, $5 from organization o
     where o.id = $1 and ($2::bigint is null or exists (
       select 1 from app_user u where u.id = $2 and u.organization_id = o.id and u.deleted_at is null))
     on conflict (organization_id, coalesce(user_id, 0), network) do update set address = excluded.address
     returning id`,
    [wallet.organizationId, wallet.userId, wallet.network, wallet.address, at],
  );
  return rows.length > 0;
}

export async function findWallets(db: Queryable, organizationId: bigint): Promise<Wallet[]> {
  return db.query(`select ${columns} from wallet where organization_id = $1 order by network, user_id nulls first`, [
    organizationId,
  ]);
}
