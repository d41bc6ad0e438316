import type { Currency as WireCurrency } from "@qbitflow/api";
import type { Context } from "../context.ts";
import { merchantChanged, notFound } from "../tenant.ts";
import { type Currency, currencyResource } from "./currency.ts";
import { findAll, findCurrencies, findListed, findSwitchedOff, switchCurrency } from "./store.ts";

/** What the server's networks list, of one mode or both. */
export async function listCurrencies(ctx: Context, filter: { readonly test?: boolean } = {}): Promise<Currency[]> {
  const listed = await findListed(ctx.db);
  return listed.filter(({ test }) => filter.test === undefined || test === filter.test);
}

/** Also what no network lists any more: mandates and bills of earlier days name it. */
export const knownCurrencies = (ctx: Context): Promise<Currency[]> => findAll(ctx.db);

/** What the organization did not switch off, in its mode, whether or not it has wallets there. */
export async function listCurrenciesOn(
  ctx: Context,
  tenant: { readonly organizationId: bigint; readonly test: boolean },
): Promise<Currency[]> {
  const [listed, off] = await Promise.all([
    listCurrencies(ctx, { test: tenant.test }),
    findSwitchedOff(ctx.db, tenant.organizationId),
  ]);
  return listed.filter(({ id }) => !off.has(id));
}

/** Throws `not_found` for a currency no network lists. */
export async function setCurrencyOn(
  ctx: Context,
  change: { readonly organizationId: bigint; readonly currencyId: number; readonly on: boolean },
): Promise<void> {
  const listed = await listCurrencies(ctx);
  if (!listed.some(({ id }) => id === change.currencyId)) throw notFound("currency");
  await switchCurrency(ctx.db, change);
  await merchantChanged(ctx, change.organizationId);
}

/** The wire shapes of these currencies, listed or not, in one query; an id nobody knows is left out. */
export async function currencyResources(
  ctx: Context,
  ids: readonly number[],
): Promise<ReadonlyMap<number, WireCurrency>> {
  const found = ids.length === 0 ? [] : await findCurrencies(ctx.db, ids);
  const byId = new Map(found.map((currency) => [currency.id, currency]));
  const wanted = new Set(ids);
  const resources = found
    .filter(({ id }) => wanted.has(id))
    .map((one) => [one.id, currencyResource(one, byId)] as const);
  return new Map(resources);
}
