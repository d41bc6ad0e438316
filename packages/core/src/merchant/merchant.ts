import type { Context } from "../context.ts";
import { type Currency, listCurrencies, listCurrenciesOn } from "../currency/index.ts";
import { getOrganization, getOrganizationMode } from "../organization/index.ts";
import { listPlatformFees, type PlatformFee } from "../platform-fee/index.ts";
import { organizationFeeBpsOf } from "../user/index.ts";
import { listWallets, type Wallet } from "../wallet/index.ts";

/** Where one network's payments go. */
export interface PayTo {
  readonly address: string;
  /** True for the user's own wallet: then the organization's fee applies. */
  readonly own: boolean;
  /** The organization's wallet there, if it has one. */
  readonly organizationAddress: string | null;
}

/** What sessions, quotes and pages need of whoever is paid: one user of one organization in one mode. */
export interface Merchant {
  readonly organizationName: string;
  readonly supportEmail: string | null;
  /** Subscriptions name the customer's page. */
  readonly showsPortalUrl: boolean;
  readonly organizationFeeBps: number;
  /** What can be paid here at all: listed, not switched off, a wallet and our contract on its network. */
  readonly currencies: readonly Currency[];
  /** Those and their native coins. */
  readonly currenciesById: ReadonlyMap<number, Currency>;
  readonly payTo: ReadonlyMap<string, PayTo>;
  readonly platformFees: ReadonlyMap<string, PlatformFee>;
}

export interface MerchantKey {
  readonly organizationId: bigint;
  readonly userId: bigint;
  readonly test: boolean;
}

function payToByNetwork(wallets: readonly Wallet[], userId: bigint): ReadonlyMap<string, PayTo> {
  const payTo = new Map<string, PayTo>();
  for (const network of new Set(wallets.map((wallet) => wallet.network))) {
    const here = wallets.filter((wallet) => wallet.network === network);
    const own = here.find((wallet) => wallet.userId === userId);
    const organization = here.find((wallet) => wallet.userId === null);
    const wallet = own ?? organization;
    if (!wallet) continue;
    payTo.set(network, {
      address: wallet.address,
      own: own !== undefined,
      organizationAddress: organization?.address ?? null,
    });
  }
  return payTo;
}

async function readMerchant(ctx: Context, key: MerchantKey): Promise<Merchant> {
  const organization = await getOrganization(ctx, key.organizationId);
  const { showsPortalUrl } = await getOrganizationMode(ctx, key);
  const organizationFeeBps = await organizationFeeBpsOf(ctx, key);
  const payTo = payToByNetwork(await listWallets(ctx, key.organizationId), key.userId);
  const on = await listCurrenciesOn(ctx, key);
  const listed = await listCurrencies(ctx, { test: key.test });
  const currencies = on.filter(({ network }) => {
    const contracts = ctx.chains.get(network)?.network.checkoutContracts ?? [];
    return payTo.has(network) && contracts.length > 0;
  });
  const fees = await listPlatformFees(ctx);
  return {
    organizationName: organization.name,
    supportEmail: organization.supportEmail,
    showsPortalUrl,
    organizationFeeBps,
    currencies,
    currenciesById: new Map(listed.map((currency) => [currency.id, currency])),
    payTo,
    platformFees: new Map(fees.map((fee) => [fee.network, fee])),
  };
}

/** Remembered for seconds, and forgotten when a wallet, fee, currency, user or organization changes. Throws `not_found`. */
export async function loadMerchant(ctx: Context, key: MerchantKey): Promise<Merchant> {
  const cacheKey = `merchant:${key.organizationId}:${key.userId}:${key.test}`;
  const remembered = ctx.cache.get<Merchant>(cacheKey);
  if (remembered) return remembered;
  const merchant = await readMerchant(ctx, key);
  ctx.cache.set(cacheKey, merchant);
  return merchant;
}
