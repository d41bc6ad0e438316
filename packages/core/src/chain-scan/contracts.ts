import type { Network } from "@qbitflow/chains";
import type { Queryable } from "@qbitflow/db";
import type { Context } from "../context.ts";

/** Our contracts on a network, with the block each begins at: its address in lower case. */
export function contractsOf(network: Network): { readonly address: string; readonly fromBlock: number }[] {
  return [...network.checkoutContracts, ...network.subscriptionContracts].map(({ address, fromBlock }) => ({
    address: address.toLowerCase(),
    fromBlock,
  }));
}

/** Whether anything of ours can be on this chain, or in this contract: somebody was asked to pay or to sign there. */
export async function isInUse(db: Queryable, network: string, contract: string | null = null): Promise<boolean> {
  const [used] = await db.query(
    `select 1 from quote where network = $1 and ($2::text is null or lower(contract) = $2)
     union all
     select 1 from mandate where network = $1 and ($2::text is null or lower(contract) = $2)
     limit 1`,
    [network, contract],
  );
  return used !== undefined;
}

/** Says that these are read from here on. */
export async function insertContracts(
  db: Queryable,
  network: string,
  contracts: readonly {
    readonly address: string;
    readonly unreadFrom: number | null;
    readonly unreadTo: number | null;
  }[],
): Promise<void> {
  await db.query(
    `insert into chain_contract (network, address, unread_from, unread_to)
     select $1, address, "unreadFrom", "unreadTo"
     from json_to_recordset($2::json) as c(address text, "unreadFrom" bigint, "unreadTo" bigint)
     on conflict do nothing`,
    [network, JSON.stringify(contracts)],
  );
}

/**
 * Compares the contracts that this process reads with those that were read so far. One that is new to a chain with a
 * cursor has blocks to catch up on where it is older than the cursor and something of ours can be in it; one that is
 * not read any more is forgotten, so that it is new when it comes back. For whoever holds the lease, before reading.
 */
export async function coverContracts(ctx: Context, network: Network): Promise<void> {
  const { slug } = network;
  const contracts = contractsOf(network);
  const addresses = contracts.map(({ address }) => address);
  await ctx.db.transaction(async (tx) => {
    const [cursor] = await tx.query<{ scanned_number: bigint }>(
      "select scanned_number from chain_cursor where network = $1 for update",
      [slug],
    );
    if (!cursor) return;
    await tx.query("delete from chain_contract where network = $1 and not address = any($2)", [slug, addresses]);
    const rows = await tx.query<{ address: string }>("select address from chain_contract where network = $1", [slug]);
    const known = new Set(rows.map(({ address }) => address));
    const unreadTo = Number(cursor.scanned_number);
    for (const { address, fromBlock } of contracts) {
      if (known.has(address)) continue;
      const isBehind = fromBlock <= unreadTo && (await isInUse(tx, slug, address));
      const unread = isBehind ? { unreadFrom: fromBlock, unreadTo } : { unreadFrom: null, unreadTo: null };
      await insertContracts(tx, slug, [{ address, ...unread }]);
      if (isBehind) ctx.log.warn({ network: slug, contract: address, ...unread }, "a contract is caught up on");
    }
  });
}

export interface UnreadContract {
  readonly address: string;
  readonly from: number;
  readonly to: number;
}

/** A contract with blocks to catch up on; null when there is none. */
export async function findUnreadContract(db: Queryable, network: string): Promise<UnreadContract | null> {
  const [row] = await db.query<{ address: string; unread_from: bigint; unread_to: bigint }>(
    `select address, unread_from, unread_to from chain_contract
     where network = $1 and unread_from is not null order by unread_from, address limit 1`,
    [network],
    { name: "contract_unread" },
  );
  return row ? { address: row.address, from: Number(row.unread_from), to: Number(row.unread_to) } : null;
}

/** Remembers that it was read up to and including `readTo`. */
export async function moveUnreadContract(
  db: Queryable,
  network: string,
  { address, to, readTo }: { readonly address: string; readonly to: number; readonly readTo: number },
): Promise<void> {
  const rest = readTo >= to ? { from: null, to: null } : { from: readTo + 1, to };
  await db.query("update chain_contract set unread_from = $3, unread_to = $4 where network = $1 and address = $2", [
    network,
    address,
    rest.from,
    rest.to,
  ]);
}
