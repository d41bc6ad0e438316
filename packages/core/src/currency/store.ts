import type { Queryable } from "@qbitflow/db";
import type { Currency } from "./currency.ts";

const columns = `id, network, symbol, name, decimals, address, main_currency_id as "mainCurrencyId",
  price_symbol as "priceSymbol", stablecoin, test`;

/** Makes the table what the network files say; what they no longer list stays, for old payments, but is offered to nobody. */
export async function replaceCurrencies(db: Queryable, currencies: readonly Currency[]): Promise<void> {
  await db.query(
    `insert into currency (id, network, symbol, name, decimals, address, main_currency_id, price_symbol, stablecoin, test)
     select id, network, symbol, name, decimals, address, "mainCurrencyId", "priceSymbol", stablecoin, test
     from json_to_recordset($1::json) as c(id integer, network text, symbol text, name text, decimals integer, address text,
       "mainCurrencyId" integer, "priceSymbol" text, stablecoin boolean, test boolean)
     order by "mainCurrencyId" nulls first, id
     on conflict (id) do update set network = excluded.network, symbol = excluded.symbol, name = excluded.name,
       decimals = excluded.decimals, address = excluded.address, main_currency_id = excluded.main_currency_id,
       price_symbol = excluded.price_symbol, stablecoin = excluded.stablecoin, test = excluded.test, listed = true`,
    [JSON.stringify(currencies)],
  );
  await db.query("update currency set listed = false where listed and not id = any($1::int[])", [
    currencies.map(({ id }) => id),
  ]);
}

export async function findListed(db: Queryable): Promise<Currency[]> {
  return db.query(`select ${columns} from currency where listed order by id`);
}

/** Listed or not. */
export async function findAll(db: Queryable): Promise<Currency[]> {
  return db.query(`select ${columns} from currency order by id`);
}

/** Listed or not, with the native coins of those that are tokens. */
export async function findCurrencies(db: Queryable, ids: readonly number[]): Promise<Currency[]> {
  return db.query(
    `select ${columns} from currency
     where id = any($1::int[]) or id in (select main_currency_id from currency where id = any($1::int[]))`,
    [[...ids]],
    { name: "find_currencies" },
  );
}

export async function findSwitchedOff(db: Queryable, organizationId: bigint): Promise<ReadonlySet<number>> {
  const rows = await db.query<{ id: number }>("select currency_id as id from currency_off where organization_id = $1", [
    organizationId,
  ]);
  return new Set(rows.map(({ id }) => id));
}

export async function switchCurrency(
  db: Queryable,
  change: { readonly organizationId: bigint; readonly currencyId: number; readonly on: boolean },
): Promise<void> {
  const sql = change.on
    ? "delete from currency_off where organization_id = $1 and currency_id = $2"
    : "insert into currency_off (organization_id, currency_id) values ($1, $2) on conflict do nothing";
  await db.query(sql, [change.organizationId, change.currencyId]);
}
