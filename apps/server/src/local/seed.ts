import { join } from "node:path";
import {
  addOwner,
  authenticate,
  createOrganization,
  createProduct,
  DomainError,
  issueKey,
  listOrganizations,
  listProducts,
  listUsers,
  listWallets,
  type Organization,
  type Principal,
  type ServiceContext,
  setWallet,
  webhookSecrets,
} from "@qbitflow/core";
import { readIfThere, writePrivateFile } from "../private-file.ts";
import { walletOf } from "./wallets.ts";

export interface Seeded {
  readonly organizationId: bigint;
  readonly testApiKey: string;
  readonly webhookSecret: string;
}

/** An organization with owner, test key, wallets and a product, each made once: a later start goes on with what is there. */
export async function seed(
  ctx: ServiceContext,
  { dataDir, network }: { dataDir: string; network: string },
): Promise<Seeded> {
  const organization =
    (await listOrganizations(ctx))[0] ??
    (await createOrganization(ctx, { name: "Example shop", supportEmail: "help@example.com" }));
  const ownerId = await ensureOwner(ctx, organization);
  const testApiKey = await ensureKey(ctx, { organization, ownerId, path: join(dataDir, "test.key") });
  const principal = await authenticate(ctx, testApiKey);
  await ensureWallets(ctx, { organization, ownerId, network });
  if ((await listProducts(ctx, principal)).length === 0) {
    await createProduct(ctx, principal, { name: "T-shirt", description: "Black, organic cotton, size M", price: 25 });
  }
  const { current } = await webhookSecrets(ctx, { organizationId: organization.id, test: true });
  return { organizationId: organization.id, testApiKey, webhookSecret: current };
}

/** Acts for the organization where no key is at hand. */
function asOwner(organization: Organization): Principal {
  return {
    keyId: 0n,
    organizationId: organization.id,
    organizationName: organization.name,
    userId: 0n,
    role: "owner",
    test: true,
  };
}

async function ensureOwner(ctx: ServiceContext, organization: Organization): Promise<bigint> {
  const owner = (await listUsers(ctx, asOwner(organization))).find(({ role }) => role === "owner");
  if (owner !== undefined) return owner.id;
  const email = `owner-${organization.id}@example.com`;
  return (await addOwner(ctx, { organizationId: organization.id, name: "Olivia", lastName: "Owner", email })).id;
}

/** The plain key is nowhere but in its file, so that is where a later start finds it. */
async function ensureKey(
  ctx: ServiceContext,
  { organization, ownerId, path }: { organization: Organization; ownerId: bigint; path: string },
): Promise<string> {
  const kept = (await readIfThere(path))?.trim();
  if (kept !== undefined && (await isGood(ctx, { key: kept, organizationId: organization.id }))) return kept;
  const { key } = await issueKey(ctx, {
    organizationId: organization.id,
    userId: ownerId,
    name: "Local test key",
    test: true,
  });
  await writePrivateFile(path, `${key}\n`);
  return key;
}

async function isGood(
  ctx: ServiceContext,
  { key, organizationId }: { key: string; organizationId: bigint },
): Promise<boolean> {
  try {
    return (await authenticate(ctx, key)).organizationId === organizationId;
  } catch (error) {
    if (error instanceof DomainError && error.kind === "unauthenticated") return false;
    throw error;
  }
}

async function ensureWallets(
  ctx: ServiceContext,
  { organization, ownerId, network }: { organization: Organization; ownerId: bigint; network: string },
): Promise<void> {
  const there = (await listWallets(ctx, organization.id)).filter((wallet) => wallet.network === network);
  const organizationId = organization.id;
  if (!there.some(({ userId }) => userId === null)) {
    await setWallet(ctx, { organizationId, network, address: walletOf("organization").address });
  }
  if (!there.some(({ userId }) => userId === ownerId)) {
    await setWallet(ctx, { organizationId, userId: ownerId, network, address: walletOf("merchant").address });
  }
}
