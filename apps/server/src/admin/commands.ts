import {
  type ApiKey,
  addOwner,
  advanceClock,
  apiKeyResource,
  createOrganization,
  DomainError,
  getOrganization,
  issueKey,
  listCurrencies,
  listCurrenciesOn,
  listKeys,
  listOrganizations,
  listPlatformFees,
  listUsers,
  listWallets,
  type Organization,
  type Principal,
  reconcileStep,
  revokeKey,
  rotateWebhookSecret,
  type ServiceContext,
  setCurrencyOn,
  setDefaultWebhookUrl,
  setPlatformFee,
  setPortalUrlShown,
  setWallet,
  showClock,
  webhookSecrets,
} from "@qbitflow/core";
import { type Input, readInput } from "./input.ts";
import { parseShortDuration, type ShortDuration, shortDurationUnits } from "./short-duration.ts";

/** What an operator can do without a page: `qbitflow` runs these, through the running server's socket or by itself. */
export type AdminCommand = (ctx: ServiceContext, input: Input) => Promise<object>;

export const adminCommands = {
  "org create": async (ctx, input) => {
    const ownerEmail = input.text("ownerEmail");
    const supportEmail = input.optionalText("supportEmail");
    const made = await ctx.db.transaction(async (tx) => {
      const inside = { ...ctx, db: tx };
      const organization = await createOrganization(inside, {
        name: input.text("name"),
        ...(supportEmail !== undefined && { supportEmail }),
      });
      const owner = await addOwner(inside, {
        organizationId: organization.id,
        name: input.optionalText("ownerName") ?? "Owner",
        lastName: input.optionalText("ownerLastName") ?? organization.name,
        email: ownerEmail,
      });
      return { organization, owner };
    });
    return {
      id: Number(made.organization.id),
      name: made.organization.name,
      ownerId: Number(made.owner.id),
      ownerEmail,
    };
  },
  "org list": async (ctx) => ({
    items: (await listOrganizations(ctx)).map(({ id, name, createdAt }) => ({ id: Number(id), name, createdAt })),
  }),
  "keys create": async (ctx, input) => {
    const organization = await organizationOf(ctx, input);
    const expiresAt = expiryOf(ctx, input);
    const { key, apiKey } = await issueKey(ctx, {
      organizationId: organization.id,
      userId: input.optionalId("user") ?? (await ownerIdOf(ctx, organization)),
      name: input.optionalText("name") ?? "Made by qbitflow",
      test: isTest(input),
      ...(expiresAt !== undefined && { expiresAt }),
    });
    return { key, ...keyRow(apiKey) };
  },
  "keys list": async (ctx, input) => ({
    items: (await listKeys(ctx, operatorOf(await organizationOf(ctx, input)))).map(keyRow),
  }),
  "keys revoke": async (ctx, input) => {
    const id = input.id("id");
    await revokeKey(ctx, operatorOf(await organizationOf(ctx, input)), id);
    return { id: Number(id), revoked: true };
  },
  "wallets set": async (ctx, input) => {
    const { id: organizationId } = await organizationOf(ctx, input);
    const userId = input.optionalId("user");
    const wallet = await setWallet(ctx, {
      organizationId,
      network: input.text("chain"),
      address: input.text("address"),
      ...(userId !== undefined && { userId }),
    });
    return walletRow(wallet);
  },
  "wallets list": async (ctx, input) => ({
    items: (await listWallets(ctx, (await organizationOf(ctx, input)).id)).map(walletRow),
  }),
  "currencies list": async (ctx, input) => {
    const { id: organizationId } = await organizationOf(ctx, input);
    const on = new Set<number>();
    for (const test of [true, false]) {
      for (const { id } of await listCurrenciesOn(ctx, { organizationId, test })) on.add(id);
    }
    const items = (await listCurrencies(ctx)).map(({ id, symbol, network, test }) => ({
      id,
      symbol,
      network,
      test,
      on: on.has(id),
    }));
    return { items };
  },
  "currencies on": (ctx, input) => switchCurrency(ctx, input, true),
  "currencies off": (ctx, input) => switchCurrency(ctx, input, false),
  "fees set": async (ctx, input) =>
    setPlatformFee(ctx, {
      network: input.text("chain"),
      feeBps: input.integer("bps"),
      recipient: input.text("recipient"),
    }),
  "fees list": async (ctx) => ({ items: await listPlatformFees(ctx) }),
  "webhooks set": async (ctx, input) => {
    const { id: organizationId } = await organizationOf(ctx, input);
    const url = input.optionalText("url") ?? null;
    await setDefaultWebhookUrl(ctx, { organizationId, test: isTest(input), url });
    return { organizationId: Number(organizationId), test: isTest(input), url };
  },
  "portal on": (ctx, input) => switchPortalUrl(ctx, input, true),
  "portal off": (ctx, input) => switchPortalUrl(ctx, input, false),
  "clock show": (ctx) => showClock(ctx),
  "clock advance": async (ctx, input) => {
    const to = input.optionalText("to");
    const by = input.optionalText("by");
    return advanceClock(ctx, { ...(to !== undefined && { to }), ...(by !== undefined && durationOf(by)) });
  },
  reconcile: (ctx, input) =>
    reconcileStep(ctx, { position: input.optionalText("position") ?? null, rebuild: input.flag("rebuild") }),
  "webhooks secret": async (ctx, input) => {
    const tenant = { organizationId: (await organizationOf(ctx, input)).id, test: isTest(input) };
    const secret = input.flag("rotate")
      ? await rotateWebhookSecret(ctx, tenant)
      : (await webhookSecrets(ctx, tenant)).current;
    return { secret, test: tenant.test };
  },
} as const satisfies Record<string, AdminCommand>;

export type AdminCommandName = keyof typeof adminCommands;

/** Runs a command by name. @throws DomainError validation_failed for an unknown command or a wrong input */
export async function runAdminCommand(ctx: ServiceContext, name: string, input: unknown): Promise<object> {
  if (!Object.hasOwn(adminCommands, name)) {
    throw new DomainError("not_found", "not_found", `There is no command "${name.slice(0, 60)}".`);
  }
  return adminCommands[name as AdminCommandName](ctx, readInput(input));
}

const DAY_MS = 86_400_000;
const MAX_DAYS = 3_650;

/** When a new key ends; undefined: never. @throws DomainError validation_failed */
function expiryOf(ctx: ServiceContext, input: Input): Date | undefined {
  const days = input.optionalInteger("expiresInDays");
  if (days === undefined) return undefined;
  if (days >= 1 && days <= MAX_DAYS) return new Date(ctx.clock.now().getTime() + days * DAY_MS);
  const message = `must be from 1 to ${MAX_DAYS}`;
  throw new DomainError("invalid", "validation_failed", `--expires-in-days ${message}.`, {
    fields: [{ field: "expiresInDays", message }],
  });
}

/** `35d` as the API takes it. @throws DomainError validation_failed */
function durationOf(text: string): ShortDuration {
  const duration = parseShortDuration(text);
  if (duration !== null) return duration;
  const message = `must be a number from 1 and one of ${shortDurationUnits}, such as 35d`;
  throw new DomainError("invalid", "validation_failed", `--by ${message}.`, { fields: [{ field: "by", message }] });
}

/** The named organization; the only one when none is named. */
async function organizationOf(ctx: ServiceContext, input: Input): Promise<Organization> {
  const id = input.optionalId("organization");
  if (id !== undefined) return getOrganization(ctx, id);
  const all = await listOrganizations(ctx);
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  const message =
    all.length === 0 ? "is missing: make one with `org create`" : "is missing: there are several, see `org list`";
  throw new DomainError("invalid", "validation_failed", `--organization ${message}.`, {
    fields: [{ field: "organization", message }],
  });
}

async function ownerIdOf(ctx: ServiceContext, organization: Organization): Promise<bigint> {
  const owner = (await listUsers(ctx, operatorOf(organization))).find(({ role }) => role === "owner");
  if (owner === undefined)
    throw new DomainError("not_found", "not_found", "The organization has no owner: name a user with --user.");
  return owner.id;
}

/** The operator acts with an owner's rights in any organization, in both modes as a live key does. */
function operatorOf({ id, name }: Organization): Principal {
  return { keyId: 0n, organizationId: id, organizationName: name, userId: 0n, role: "owner", test: false };
}

/** With the true role: an owner's key says `admin` only where older clients read it. */
const keyRow = (apiKey: ApiKey): object => ({ ...apiKeyResource(apiKey), role: apiKey.role });

function isTest(input: Input): boolean {
  const [test, live] = [input.flag("test"), input.flag("live")];
  if (test !== live) return test;
  const message = "is missing: say --test or --live";
  throw new DomainError("invalid", "validation_failed", `The mode ${message}.`, {
    fields: [{ field: "test", message }],
  });
}

async function switchPortalUrl(ctx: ServiceContext, input: Input, on: boolean): Promise<object> {
  const { id: organizationId } = await organizationOf(ctx, input);
  await setPortalUrlShown(ctx, { organizationId, test: isTest(input), on });
  return { organizationId: Number(organizationId), test: isTest(input), on };
}

async function switchCurrency(ctx: ServiceContext, input: Input, on: boolean): Promise<object> {
  const { id: organizationId } = await organizationOf(ctx, input);
  const currencyId = input.integer("currency");
  await setCurrencyOn(ctx, { organizationId, currencyId, on });
  return { currency: currencyId, on };
}

function walletRow({ network, address, userId }: Awaited<ReturnType<typeof setWallet>>): object {
  return { chain: network, address, ...(userId !== null && { user: Number(userId) }) };
}
